package io.github.typedbcloud.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.time.ManualTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sweep after a process with ephemeral clusters was killed. */
final class KilledTestRunTest {

  private static final WaitOptions FAST_POLLING =
      WaitOptions.builder().interval(Duration.ofMillis(20), Duration.ofMillis(20)).build();

  /** Set it to 50 for a long run. */
  private static final int ROUNDS = Integer.getInteger("killed.rounds", 3);

  private static final long SEED = Long.getLong("killed.seed", 1);

  @TempDir Path ledger;

  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().transitionTime(Duration.ofMillis(100)).start();
  private TypeDBCloudClient cloud;
  private ClustersApi clusters;
  private EphemeralClusters ephemeral;

  @BeforeEach
  void open() {
    cloud = SweepRun.client(arguments());
    clusters = cloud.clusters(SweepRun.SPACE);
    ephemeral = SweepRun.ephemeral(cloud, arguments());
  }

  @AfterEach
  void close() {
    cloud.close();
    simulator.close();
  }

  @Test
  void sweep_killedProcess_destroysItsClusters() throws IOException, InterruptedException {
    clusters.deployAndAwait(Fixtures.paidCluster("precious").build(), FAST_POLLING);
    Process run = start("idle");
    try (BufferedReader printed = run.inputReader()) {
      String id = printed.readLine();
      assertThat(clusters.find(id)).isPresent();
      assertThat(ephemeral.sweep().destroyed()).as("while the process lives").isEmpty();

      kill(run);

      assertThat(clusters.find(id)).isPresent();
      assertThat(ephemeral.sweep()).isEqualTo(new SweepResult(List.of(id), Map.of(), List.of()));
    } finally {
      run.destroyForcibly();
    }
    assertThat(clusters.list()).extracting(Cluster::id).containsExactly("precious");
    assertThat(ephemeral.sweep().destroyed()).isEmpty();
  }

  /** Kills runs at random moments, while a run that lives on and this process sweep. */
  @Test
  void sweep_killedAtRandom_losesAndLeavesNothing() throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(SEED);
    Process survivor = start();
    List<String> swept = new ArrayList<>();
    try (BufferedReader printed = survivor.inputReader();
        EphemeralCluster own = ephemeral.deploy(Fixtures.paidCluster("ignored").build())) {
      String survivorsFirst = printed.readLine();
      for (int round = 0; round < ROUNDS; round++) {
        killAndSweep(random, swept);

        assertThat(clusters.list())
            .as("round %s of seed %s", round, SEED)
            .extracting(Cluster::id)
            .contains(own.id(), survivorsFirst);
        assertThat(swept).doesNotContain(own.id(), survivorsFirst);
      }
      kill(survivor);
      List<String> lines = printed.lines().toList();
      assertThat(lines).allMatch(line -> line.startsWith("swept "));
      lines.forEach(line -> swept.add(line.substring("swept ".length())));
    } finally {
      survivor.destroyForcibly();
    }
    assertThat(swept).isNotEmpty();
    assertNothingIsLeft();
  }

  private static void kill(Process run) throws InterruptedException {
    // Process.destroyForcibly would close the stream of what it printed.
    assertThat(run.toHandle().destroyForcibly()).isTrue();
    assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  /** Starts a run and kills it, and sweeps from before its start until after its end. */
  private void killAndSweep(SplittableRandom random, List<String> swept)
      throws IOException, InterruptedException {
    Process run = start();
    try (BufferedReader printed = run.inputReader()) {
      CountDownLatch ended = new CountDownLatch(1);
      Thread sweeps =
          new Thread(
              () -> {
                while (ended.getCount() > 0) {
                  swept.addAll(ephemeral.sweep().destroyed());
                }
                swept.addAll(ephemeral.sweep().destroyed());
              });
      sweeps.start();
      // A third of the moments may be before or during the first deployment, the others are later.
      boolean isEarly = random.nextInt(3) == 0;
      if (!isEarly) {
        assertThat(printed.readLine()).isNotNull();
      }
      long alive = random.nextLong(isEarly ? 2_000 : 500);
      assertThat(run.waitFor(alive, TimeUnit.MILLISECONDS)).isFalse();
      kill(run);
      ended.countDown();
      sweeps.join(TimeUnit.SECONDS.toMillis(60));
      assertThat(sweeps.isAlive()).isFalse();
      assertThat(printed.lines()).noneMatch(line -> line.startsWith("lost"));
    }
  }

  /** Sweeps once now, and once when nothing can be in flight any more. */
  private void assertNothingIsLeft() {
    ephemeral.sweep();
    ManualTime later =
        new ManualTime(Instant.now().plus(EphemeralClusters.IN_FLIGHT).plusSeconds(60));
    SweepResult last =
        EphemeralClusters.builder(cloud, SweepRun.SPACE)
            .ledger(ledger)
            .waitOptions(FAST_POLLING)
            .timeSource(later)
            .build()
            .sweep();
    assertThat(last.isComplete()).as(last.toString()).isTrue();
    assertThat(clusters.list()).isEmpty();
    assertThat(ledger).isEmptyDirectory();
  }

  private Process start(String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments()));
    all.addAll(List.of(more));
    return JavaProcess.start(KilledTestRun.class, all.toArray(String[]::new));
  }

  private String[] arguments() {
    return new String[] {
      simulator.url(), simulator.clientId(), simulator.clientSecret(), ledger.toString()
    };
  }
}
