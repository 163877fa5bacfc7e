package io.github.typedbcloud.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.AsyncClustersApi;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.time.ManualTime;
import io.github.typedbcloud.time.TimeSource;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Waits in many scopes: a bounded number of threads polls them all. */
final class ManyScopesTest {

  /** On demand: {@code -Dwaits.scopes=100 -Dwaits.each=100}, which also prints figures. */
  private static final int SCOPES = Integer.getInteger("waits.scopes", 20);

  private static final int EACH = Integer.getInteger("waits.each", 20);

  private static final boolean IS_MEASURED = Integer.getInteger("waits.scopes") != null;

  private static final Duration TRANSITION = Duration.ofSeconds(60);

  @Test
  void waits_manyScopes_shareFewThreads() throws Exception {
    TimeSource time = IS_MEASURED ? TimeSource.system() : new ManualTime();
    Set<Thread> pollers = ConcurrentHashMap.newKeySet();
    AtomicInteger mostAlive = new AtomicInteger();
    try (TypeDBCloudSimulator simulator = simulator(time);
        TypeDBCloudClient client =
            TypeDBCloudClient.builder()
                .baseUrl(simulator.url())
                .credentials(simulator.clientId(), simulator.clientSecret())
                .timeSource(time)
                .customizeHttpClient(
                    http ->
                        http.addInterceptor(
                            chain -> {
                              if (chain.request().method().equals("GET")) {
                                pollers.add(Thread.currentThread());
                                mostAlive.accumulateAndGet(alive(pollers), Math::max);
                              }
                              return chain.proceed(chain.request());
                            }))
                .build()) {
      for (int scope = 0; scope < SCOPES; scope++) {
        for (int i = 0; i < EACH; i++) {
          client.clusters(scope(scope)).deploy(Fixtures.paidCluster("c" + i).build());
        }
      }
      simulator.clearReceived();
      long cpu = cpuNanos();
      long start = System.currentTimeMillis();
      List<CompletableFuture<Cluster>> waits = new ArrayList<>();
      for (int scope = 0; scope < SCOPES; scope++) {
        for (int i = 0; i < EACH; i++) {
          // A header of its own for each wait, as a tracing library adds.
          AsyncClustersApi clusters =
              client
                  .clusters(scope(scope))
                  .with(RequestOptions.builder().header("X-Request-Id", scope + "-" + i).build())
                  .async();
          waits.add(clusters.await("c" + i, ClusterStatus.RUNNING));
        }
      }
      for (CompletableFuture<Cluster> wait : waits) {
        assertThat(wait.get(120, TimeUnit.SECONDS).status()).isEqualTo(ClusterStatus.RUNNING);
      }

      long requests = simulator.receivedCount();
      if (IS_MEASURED) {
        System.out.printf(
            "%d waits in %d scopes: %d ms, %d requests, at most %d polling threads, %d ms of CPU%n",
            waits.size(),
            SCOPES,
            System.currentTimeMillis() - start,
            requests,
            mostAlive.get(),
            TimeUnit.NANOSECONDS.toMillis(cpuNanos() - cpu));
      }
      // Intervals of 2, 3, 4.5, 6.75, 10.1 and 15 s, shortened by up to a fifth.
      assertThat(requests).isLessThanOrEqualTo(SCOPES * 12L);
      assertThat(mostAlive.get()).isBetween(1, 8);
      assertThat(pollers).allMatch(thread -> thread.getName().startsWith("typedb-cloud-poll-"));
    }
  }

  /** A caller whose calls have a short deadline does not shorten the polls of the others. */
  @Test
  void deadline_ofOneCaller_isNotThatOfOthers() throws Exception {
    ManualTime time = new ManualTime();
    try (TypeDBCloudSimulator simulator = simulator(time);
        TypeDBCloudClient client =
            TypeDBCloudClient.builder()
                .baseUrl(simulator.url())
                .credentials(simulator.clientId(), simulator.clientSecret())
                .timeSource(time)
                .build()) {
      ClustersApi clusters = client.clusters(scope(0));
      clusters.deploy(Fixtures.paidCluster("a").build());
      clusters.deploy(Fixtures.paidCluster("b").build());
      simulator.faults().on(Operation.LIST).always(Fault.delayResponse(Duration.ofMillis(500)));

      CompletableFuture<Cluster> hasty =
          clusters
              .with(RequestOptions.within(Duration.ofMillis(300)))
              .async()
              .await("a", ClusterStatus.RUNNING);
      CompletableFuture<Cluster> other = clusters.async().await("b", ClusterStatus.RUNNING);

      assertThat(other.get(60, TimeUnit.SECONDS).status()).isEqualTo(ClusterStatus.RUNNING);
      assertThat(hasty.get(60, TimeUnit.SECONDS).status()).isEqualTo(ClusterStatus.RUNNING);
    }
  }

  private static TypeDBCloudSimulator simulator(TimeSource time) {
    TypeDBCloudSimulator.Builder builder =
        TypeDBCloudSimulator.builder().time(time).transitionTime(TRANSITION);
    for (int scope = 0; scope < SCOPES; scope++) {
      builder.space("my-team", "space-" + scope);
    }
    return builder.start();
  }

  private static Scope scope(int number) {
    return Scope.space("my-team", "space-" + number);
  }

  private static int alive(Set<Thread> threads) {
    return (int) threads.stream().filter(Thread::isAlive).count();
  }

  /** Of the whole process, with the simulator in it. */
  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
