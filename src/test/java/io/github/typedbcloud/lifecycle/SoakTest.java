package io.github.typedbcloud.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.AsyncClustersApi;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.support.SimulatedCloud;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.ConnectionPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A million calls over a bad network, on demand: {@code mvn -B -ntp -Psoak test}. What it takes of
 * the machine must not grow. {@code -Dsoak.calls=…} sets another number.
 */
@Tag("soak")
class SoakTest {

  private static final long CALLS = Long.getLong("soak.calls", 1_000_000);

  private static final int ROUNDS = 20;

  private static final int THREADS = 8;

  private static final int MAX_THREADS = 4 * THREADS;

  /** How far the heap may be from one round to another, which is less than a byte for a call. */
  private static final long HEAP_SLACK = 2 * 1024 * 1024;

  /** What is held after a round. */
  private record Held(long calls, long failed, int threads, int connections, long heap) {

    @Override
    public String toString() {
      return "| %,d | %,d | %d | %d | %,d |".formatted(calls, failed, threads, connections, heap);
    }
  }

  private final ConnectionPool pool = new ConnectionPool();
  private final AtomicLong failed = new AtomicLong();

  @Test
  void soak_millionCalls_nothingGrows() throws Exception {
    List<Held> rounds = new ArrayList<>();
    try (SimulatedCloud cloud = new SimulatedCloud(it -> it.transitionTime(Duration.ofSeconds(5)));
        TypeDBCloudClient client =
            TypeDBCloudClient.builder()
                .baseUrl(cloud.simulator.url())
                .credentials(cloud.simulator.clientId(), cloud.simulator.clientSecret())
                .timeSource(cloud.time)
                .customizeHttpClient(http -> http.connectionPool(pool))
                .build()) {
      List<Fault> faults =
          List.of(
              Fault.loseResponse(),
              Fault.loseRequest(),
              Fault.resetConnection(),
              Fault.garbage(),
              Fault.truncateBody(10),
              Fault.respond(503),
              Fault.respond(429),
              Fault.clusterStatus("unheard-of"),
              Fault.expireToken());
      for (int i = 0; i < faults.size(); i++) {
        cloud.simulator.faults().on().randomly(0.01, i, faults.get(i));
      }
      ClustersApi clusters = client.clusters(SimulatedCloud.SPACE);
      long each = CALLS / ROUNDS / THREADS;
      for (int round = 1; round <= ROUNDS; round++) {
        ParallelTasks.each(THREADS, number -> () -> calls(clusters, "cluster-" + number, each))
            .results();
        cloud.simulator.clearReceived();
        rounds.add(held(round * each * THREADS));
      }
    } finally {
      pool.evictAll();
    }
    report(rounds);

    Held warm = rounds.get(ROUNDS / 4);
    assertThat(rounds).allMatch(held -> held.connections() <= THREADS + 1);
    // For each caller a call, its callback, a poll or an exchange; the idle ones end soon.
    assertThat(rounds).allMatch(held -> held.threads() <= MAX_THREADS);
    assertThat(rounds.get(ROUNDS - 1).heap()).isLessThan(warm.heap() + HEAP_SLACK);
    assertThat(rounds.get(ROUNDS - 1).failed()).isLessThan(CALLS);
  }

  /** The life of one cluster over and over, each step of which may fail. */
  private Boolean calls(ClustersApi clusters, String id, long number) {
    AsyncClustersApi async = clusters.async();
    List<Runnable> steps =
        List.of(
            () -> clusters.deploy(Fixtures.paidCluster(id).build()),
            () -> clusters.get(id),
            clusters::list,
            () -> clusters.find(id),
            () -> async.list().join(),
            () -> clusters.await(id, ClusterStatus.RUNNING),
            () -> clusters.update(id, UpdateClusterRequest.builder().storageSizeGB(500).build()),
            () -> clusters.suspend(id),
            () -> async.await(id, ClusterStatus.SUSPENDED).join(),
            () -> clusters.resume(id),
            () -> clusters.find(id),
            () -> clusters.destroy(id),
            () -> clusters.awaitDestroyed(id));
    for (long i = 0; i < number; i++) {
      try {
        steps.get((int) (i % steps.size())).run();
      } catch (TypeDBCloudException e) {
        failed.incrementAndGet();
      } catch (CompletionException e) {
        assertThat(e).hasCauseInstanceOf(TypeDBCloudException.class);
        failed.incrementAndGet();
      }
    }
    return true;
  }

  private Held held(long calls) {
    System.gc();
    return new Held(
        calls,
        failed.get(),
        (int)
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("typedb-cloud"))
                .count(),
        pool.connectionCount(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  private static void report(List<Held> rounds) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("| calls | of them failed | threads of ours | connections | heap, bytes |");
    lines.add("|---:|---:|---:|---:|---:|");
    rounds.forEach(held -> lines.add(held.toString()));
    lines.forEach(System.out::println);
    Files.write(Path.of("target", "soak.md"), lines);
  }
}
