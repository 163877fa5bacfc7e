package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.retry.PreparedSimulators.Prepared;
import io.github.typedbcloud.simulator.AccessLevel;
import io.github.typedbcloud.simulator.ClusterSnapshot;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Faults;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One fault, at one place, met by one call: what is promised of it, and what can be seen of it. */
record FaultCell(FaultCase fault, Place place, ApiCall call) {

  /** Where the fault happens, and how often. */
  enum Place {
    /** To the first request for the operation. */
    NEXT,
    /** To the second request for the operation; the first is lost unprocessed. */
    SECOND,
    /** To every request for the operation. */
    ALWAYS,
    /** To every request but token exchanges, so that nothing can be read either. */
    EVERYWHERE,
    /** To the first token exchange. */
    EXCHANGE_NEXT,
    /** To every token exchange. */
    EXCHANGE_ALWAYS
  }

  /** For calls in the cells that end by it, in time of the machine. */
  static final Duration SHORT_DEADLINE = Duration.ofSeconds(4);

  /** Over which time of the machine a call may be, on a machine with better things to do. */
  private static final Duration SLACK = Duration.ofSeconds(3);

  /** API tokens of readers, one for each read. */
  private static final AtomicInteger READERS = new AtomicInteger();

  /** For all others, in manual time. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** In time of the machine. How long after a client's leaving its connection may be counted. */
  private static final Duration LEAVING = Duration.ofSeconds(10);

  /**
   * The outcome of a call.
   *
   * @param failure what it threw; null for success
   * @param requests how many of its own requests came
   * @param readings how many other requests came, but token exchanges
   * @param done whether the simulator shows it done
   * @param doubled whether the simulator made anything twice
   */
  record Seen(
      @Nullable TypeDBCloudException failure,
      long requests,
      long readings,
      long exchanges,
      boolean done,
      boolean doubled,
      boolean inTime,
      int connectionsInUse,
      int connectionsLeft) {

    /** Human-readable form, in a cell of the table. */
    String inShort() {
      return "%s, %s+%s+%s%s"
          .formatted(
              failure == null ? "ok" : failure.getClass().getSimpleName().replace("Exception", ""),
              exchanges,
              requests,
              readings,
              done ? ", done" : "");
    }
  }

  /** Executes the call against a simulator that no other call uses meanwhile. */
  Seen run(PreparedSimulators simulators) {
    Prepared prepared = simulators.take(call);
    boolean isUnchanged = false;
    try {
      set(prepared.simulator.faults());
      Seen seen = call(prepared);
      isUnchanged = !seen.done() && seen.connectionsLeft() == 0 && fault.kind.leavesNothingBehind();
      return seen;
    } finally {
      if (isUnchanged) {
        simulators.giveBack(prepared);
      } else {
        prepared.close();
      }
    }
  }

  /** Sets the fault, unless it can never happen: then the call succeeds as without it. */
  void set(Faults faults) {
    Operation operation = operation();
    if (fault.always != null) {
      faults.on().always(fault.always);
    }
    if (place == Place.SECOND) {
      faults.on(operation).next(Fault.loseRequest());
    }
    if (!canHappen()) {
      assertThatThrownBy(() -> setAtPlace(faults, operation))
          .as("%s", this)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("can never take effect");
      return;
    }
    setAtPlace(faults, operation);
  }

  private boolean canHappen() {
    return switch (place) {
      case NEXT, SECOND, ALWAYS -> fault.appliesTo(operation());
      case EVERYWHERE -> true;
      case EXCHANGE_NEXT, EXCHANGE_ALWAYS -> fault.appliesTo(Operation.EXCHANGE_TOKEN);
    };
  }

  private void setAtPlace(Faults faults, Operation operation) {
    switch (place) {
      case NEXT -> faults.on(operation).next(fault.fault);
      case SECOND -> faults.on(operation).nth(2, fault.fault);
      case ALWAYS -> faults.on(operation).always(fault.fault);
      case EVERYWHERE -> faults.on().always(fault.fault);
      case EXCHANGE_NEXT -> faults.on(Operation.EXCHANGE_TOKEN).next(fault.fault);
      case EXCHANGE_ALWAYS -> faults.on(Operation.EXCHANGE_TOKEN).always(fault.fault);
      default -> throw new IllegalStateException(place.name());
    }
  }

  private Seen call(Prepared prepared) {
    TypeDBCloudSimulator simulator = prepared.simulator;
    ManualTime time = prepared.time;
    Duration deadline = fault.kind.hangs() ? SHORT_DEADLINE : DEADLINE;
    TypeDBCloudException failure = null;
    Duration manual = time.elapsed();
    long begun = System.nanoTime();
    boolean inTime;
    int inUse;
    try (TypeDBCloudClient client = prepared.client().requestTimeout(deadline).build()) {
      try {
        checkResult(call.on(client));
      } catch (TypeDBCloudException e) {
        failure = e;
      }
      inTime =
          time.elapsed().minus(manual).compareTo(deadline) <= 0
              && System.nanoTime() - begun < deadline.plus(SLACK).toNanos();
      inUse = connections(simulator, 1);
    }
    int left = connections(simulator, 0);
    long requests = simulator.receivedCount(operation());
    long exchanges = simulator.receivedCount(Operation.EXCHANGE_TOKEN);
    return new Seen(
        failure,
        requests,
        simulator.receivedCount() - requests - exchanges,
        exchanges,
        isDone(prepared),
        snapshot(simulator).created().values().stream().anyMatch(times -> times > 1),
        inTime,
        inUse,
        left);
  }

  /** A connection whose client has left is counted until its thread has seen that. */
  @SuppressWarnings("ThreadPriorityCheck") // only hands the core to that thread
  private static int connections(TypeDBCloudSimulator simulator, int most) {
    long begun = System.nanoTime();
    while (simulator.openConnections() > most && System.nanoTime() - begun < LEAVING.toNanos()) {
      Thread.yield();
    }
    return simulator.openConnections();
  }

  private void checkResult(Object result) {
    if (result instanceof Cluster cluster && !cluster.id().equals(call.resultId())) {
      throw new AssertionError("the result is " + cluster);
    }
  }

  private Operation operation() {
    return call.operation().equals("versions")
        ? Operation.LIST_VERSIONS
        : Operation.valueOf(call.operation().toUpperCase(Locale.ROOT));
  }

  private ClusterSnapshot snapshot(TypeDBCloudSimulator simulator) {
    return call.scope() == Fixtures.PROJECT
        ? simulator.clustersOfProject("new-org", "default")
        : simulator.clustersOfSpace("new-team", "default");
  }

  /** Whether the clusters are as the call makes them; they must be as before it otherwise. */
  private boolean isDone(Prepared prepared) {
    ClusterSnapshot snapshot = snapshot(prepared.simulator);
    String status = snapshot.statuses().getOrDefault("api-cluster", "gone");
    return switch (call.operation()) {
      case "deploy" -> oneOf(status, "starting", "gone");
      case "suspend" -> oneOf(status, "suspending", "running");
      case "resume" -> oneOf(status, "resuming", "suspended");
      case "destroy" -> oneOf(status, "destroying", "running");
      case "clone" ->
          oneOf(snapshot.statuses().getOrDefault("new-id", "gone"), "starting", "gone")
              && status.equals("running");
      case "update" -> isUpdated(prepared);
      default -> !status.equals("running");
    };
  }

  /** A snapshot does not show it. */
  private boolean isUpdated(Prepared prepared) {
    prepared.simulator.faults().clear();
    String clientId = "reader-" + READERS.incrementAndGet();
    prepared.simulator.addApiToken(clientId, "secret", AccessLevel.READ);
    try (TypeDBCloudClient reader = prepared.client().credentials(clientId, "secret").build()) {
      return reader.clusters(call.scope()).get("api-cluster").storageSizeGB() == 20;
    }
  }

  private static boolean oneOf(String status, String done, String notDone) {
    if (!status.equals(done) && !status.equals(notDone)) {
      throw new AssertionError("the cluster is " + status);
    }
    return status.equals(done);
  }
}
