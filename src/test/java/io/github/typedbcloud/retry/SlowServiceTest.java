package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.retry.RandomWrite.Held;
import io.github.typedbcloud.simulator.ClusterSnapshot;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Faults;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.ReceivedRequest;
import io.github.typedbcloud.simulator.SecondClient;
import io.github.typedbcloud.support.SilentLog;
import io.github.typedbcloud.support.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Writes to a service whose reads lag by up to 3 s, that applies writes up to 5 s late, and whose
 * responses are lost: what a call returns or throws is true of what the service holds.
 */
class SlowServiceTest {

  /** Each has a simulator, clients and a time of its own. */
  private static final int SEEDS = 8;

  private static final int DEPLOYS_PER_SEED = 125;

  private static final int WRITES_PER_SEED = 125;

  /** Of one seed; about 380 are usual. */
  private static final long MIN_ATTEMPTS = 300;

  /** Of the 2,000 writes of all seeds. Measured: 16 of 45,000, whose reads were lost too. */
  private static final int MAX_UNKNOWN = 8;

  /** Enough to keep two cores busy: a thread of the client and one of the simulator take turns. */
  private static final int WORKERS = 4;

  private static final Duration MAX_LAG = Duration.ofSeconds(3);

  private static final Duration MAX_LATENESS = Duration.ofSeconds(5);

  /** Of the clusters' statuses, for even seeds and odd ones: longer than a call, and shorter. */
  private static final List<Duration> TRANSITIONS =
      List.of(Duration.ofMinutes(3), Duration.ofSeconds(4));

  private static final Set<Operation> WRITES =
      Set.of(
          Operation.DEPLOY,
          Operation.CLONE,
          Operation.UPDATE,
          Operation.SUSPEND,
          Operation.RESUME,
          Operation.DESTROY);

  private static final Set<Operation> READS = Set.of(Operation.GET, Operation.LIST);

  @Test
  void writes_slowService_resultsAreTrue() throws Exception {
    List<Callable<Run>> runs = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      int ofRun = seed;
      runs.add(() -> run(ofRun));
    }
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    int unknown = 0;
    try {
      for (Future<Run> ended : SilentLog.during(() -> workers.invokeAll(runs))) {
        Run run = ended.get();
        System.out.println(run);
        // So that the faults are as many as they are meant to be.
        assertThat(run.attempts).as("attempts, seed %s", run.seed).isGreaterThan(MIN_ATTEMPTS);
        unknown += run.unknown();
      }
    } finally {
      workers.shutdownNow();
    }
    assertThat(unknown).as("unknown outcomes").isLessThanOrEqualTo(MAX_UNKNOWN);
  }

  private static Run run(int seed) {
    Duration transition = TRANSITIONS.get(seed % TRANSITIONS.size());
    try (SimulatedCloud cloud = new SimulatedCloud(it -> it.transitionTime(transition));
        TypeDBCloudClient client = cloud.builder().build()) {
      Run run = new Run(seed, transition, cloud, client);
      for (int i = 0; i < DEPLOYS_PER_SEED; i++) {
        run.deploy();
      }
      for (int i = 0; i < WRITES_PER_SEED; i++) {
        run.write();
      }
      return run;
    }
  }

  /** The writes of one seed, one after the other. */
  private static final class Run {

    private final int seed;
    private final Random random;
    private final Duration transition;
    private final SimulatedCloud cloud;
    private final TypeDBCloudClient client;
    private int succeeded;
    private int failed;
    private long attempts;
    private final Map<RandomWrite.Kind, Integer> unknown = new EnumMap<>(RandomWrite.Kind.class);

    Run(int seed, Duration transition, SimulatedCloud cloud, TypeDBCloudClient client) {
      this.seed = seed;
      this.random = new Random(seed);
      this.transition = transition;
      this.cloud = cloud;
      this.client = client;
    }

    /** Deploys a cluster, and destroys it if that succeeded. */
    void deploy() {
      Scope scope = scope();
      Map<String, Held> before = held(scope);
      RandomWrite deploy = RandomWrite.deploy(random, before);
      check(scope, deploy, before);
      if (held(scope).containsKey(deploy.id())) {
        secondClient(scope).destroy(deploy.id());
        awaitTransitions();
      }
    }

    void write() {
      Scope scope = scope();
      Map<String, Held> before = held(scope);
      check(scope, RandomWrite.any(random, before, scope == SimulatedCloud.SPACE), before);
    }

    private Scope scope() {
      return random.nextBoolean() ? SimulatedCloud.SPACE : SimulatedCloud.PROJECT;
    }

    /** Executes a write, and compares what the caller got with what the service holds. */
    private void check(Scope scope, RandomWrite write, Map<String, Held> before) {
      Map<String, Integer> createdBefore = secondClient(scope).snapshot().created();
      Instant begun = cloud.time.now().truncatedTo(ChronoUnit.MILLIS);
      ClustersApi clusters = client.clusters(scope);
      Cluster result = null;
      TypeDBCloudException failure = null;
      cloud.simulator.clearReceived();
      makeSlow();
      try {
        result = write.on(clusters);
      } catch (TypeDBCloudException e) {
        failure = e;
      }
      Instant lastCreation = cloud.time.now().plus(MAX_LATENESS);
      Object outcome = result == null ? failure : result;
      List<ReceivedRequest> received = cloud.simulator.received();
      Supplier<String> description =
          () -> "seed %s, %s in %s%n%s%n%s".formatted(seed, write, scope, outcome, received);
      attempts +=
          received.stream()
              .filter(request -> request.operation().filter(WRITES::contains).isPresent())
              .count();
      cloud.simulator.faults().clear();
      awaitTransitions();

      Map<String, Held> after = held(scope);
      ClusterSnapshot snapshot = secondClient(scope).snapshot();
      boolean isApplied = !after.equals(before);
      Map<String, Integer> created = new HashMap<>(createdBefore);
      if (isApplied) {
        Map<String, Held> expected = write.appliedTo(before);
        if (write.creates() && after.containsKey(write.resultId())) {
          Held made = after.get(write.resultId());
          assertThat(made.createdAt()).as(description).isBetween(begun, lastCreation);
          created.merge(write.resultId(), 1, Integer::sum);
          expected.computeIfPresent(
              write.resultId(),
              (id, held) -> new Held(held.status(), held.storageSizeGB(), made.createdAt()));
        }
        assertThat(after).as(description).isEqualTo(expected);
      }
      assertThat(snapshot.created()).as(description).isEqualTo(created);
      if (result != null) {
        succeeded++;
        assertThat(isApplied).as(description).isTrue();
        assertThat(write.isResult(result, before.get(write.id()))).as(description).isTrue();
        if (write.creates()) {
          assertThat(result.createdAt())
              .as(description)
              .isEqualTo(after.get(write.resultId()).createdAt());
        }
      } else if (failure instanceof OutcomeUnknownException) {
        unknown.merge(write.kind(), 1, Integer::sum);
      } else {
        failed++;
        // All others are retried, or unknown: the read before a rename can fail, four times.
        assertThat(write.kind()).as(description).isEqualTo(RandomWrite.Kind.RENAME);
        assertThat(isApplied).as(description).isFalse();
      }
    }

    /** Sets the faults, random for this write. */
    private void makeSlow() {
      Faults faults = cloud.simulator.faults();
      randomly(faults, 0.3, Fault.loseResponse(), WRITES);
      randomly(faults, 0.1, Fault.respond(504).afterProcessing(), WRITES);
      randomly(faults, 0.1, Fault.loseRequest(), WRITES);
      randomly(faults, 0.3, Fault.applyLate(MAX_LATENESS), WRITES);
      randomly(faults, 0.3, Fault.applyLate(MAX_LATENESS.dividedBy(4)), WRITES);
      randomly(faults, 0.3, Fault.loseResponse(), READS);
      randomly(faults, 0.3, Fault.staleReads(MAX_LAG), READS);
      randomly(faults, 0.3, Fault.staleReads(MAX_LAG.dividedBy(4)), READS);
    }

    private void randomly(Faults faults, double part, Fault fault, Set<Operation> operations) {
      faults.on(operations.toArray(new Operation[0])).randomly(part, random.nextLong(), fault);
    }

    /** Until every late write is applied, every transition ended, and every read shows it. */
    private void awaitTransitions() {
      cloud.time.advance(MAX_LATENESS.plus(transition).plus(MAX_LAG));
    }

    /** Read while there are no faults. */
    private Map<String, Held> held(Scope scope) {
      Map<String, Held> held = new TreeMap<>();
      cloud.clusters(scope).list().forEach(cluster -> held.put(cluster.id(), Held.of(cluster)));
      return held;
    }

    private SecondClient secondClient(Scope scope) {
      return scope == SimulatedCloud.SPACE
          ? cloud.simulator.secondClientOfSpace("my-team", "default")
          : cloud.simulator.secondClientOfProject("my-org", "default");
    }

    int unknown() {
      return unknown.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
      return ("Slow service, seed %s: %s succeeded, %s failed, %s of unknown outcome %s; "
              + "%s attempts, %s faults")
          .formatted(
              seed,
              succeeded,
              failed,
              unknown(),
              unknown,
              attempts,
              cloud.simulator.faults().occurrences());
    }
  }
}
