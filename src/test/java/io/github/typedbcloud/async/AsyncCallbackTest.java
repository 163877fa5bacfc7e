package io.github.typedbcloud.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.AsyncClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.LocalResponses;
import io.github.typedbcloud.support.SimulatedCloud;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks that block, and join other calls and waits of the same client. */
@Timeout(120)
final class AsyncCallbackTest {

  /** {@code -Dasync.calls=1000000} for a long run, which then checks the memory too. */
  private static final int CALLS = Integer.getInteger("async.calls", 4_000);

  /** From this number on the heap is measured. */
  private static final int CALLS_OF_LONG_RUN = 100_000;

  private static final int MAX_IN_FLIGHT = 1_000;

  private static final long HEAP_SLACK = 4 * 1024 * 1024;

  private final LocalResponses responses = new LocalResponses();

  @ParameterizedTest
  @ValueSource(ints = {32, 1000})
  void callback_joinsAnotherCall_completes(int number) throws Exception {
    try (TypeDBCloudClient client = responses.client().build()) {
      joinEach(client, number);
    }
    assertThat(responses.calls()).isEqualTo(2L * number);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32})
  void callback_fullUserExecutor_completes(int threads) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (TypeDBCloudClient client = responses.client().asyncExecutor(executor).build()) {
      joinEach(client, 100);
    } finally {
      executor.shutdownNow();
    }
  }

  private static void joinEach(TypeDBCloudClient client, int number) throws Exception {
    AsyncClustersApi clusters = client.clusters(Fixtures.SPACE).async();
    List<CompletableFuture<List<Cluster>>> futures = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      futures.add(clusters.list().thenApply(list -> clusters.list().join()));
    }
    for (CompletableFuture<List<Cluster>> future : futures) {
      assertThat(future.get(60, TimeUnit.SECONDS)).isEmpty();
    }
  }

  @Test
  void callback_ofFailure_mayBlockToo() throws Exception {
    List<CompletableFuture<List<Cluster>>> futures = new ArrayList<>();
    try (TypeDBCloudClient client = responses.client().build()) {
      AsyncClustersApi clusters = client.clusters(Fixtures.SPACE).async();
      for (int i = 0; i < 300; i++) {
        futures.add(clusters.get("..").handle((cluster, failure) -> clusters.list().join()));
      }
      for (CompletableFuture<List<Cluster>> future : futures) {
        assertThat(future.get(60, TimeUnit.SECONDS)).isEmpty();
      }
    }
  }

  @Test
  void callbacks_thatNeverStop_starveNobody() throws Exception {
    AtomicBoolean stopped = new AtomicBoolean();
    List<CompletableFuture<?>> loops = new ArrayList<>();
    try (TypeDBCloudClient client = responses.client().build()) {
      AsyncClustersApi clusters = client.clusters(Fixtures.SPACE).async();
      for (int i = 0; i < 300; i++) {
        loops.add(loop(clusters, stopped));
      }

      for (int i = 0; i < 100; i++) {
        assertThat(clusters.list().get(20, TimeUnit.SECONDS)).isEmpty();
      }

      stopped.set(true);
      for (CompletableFuture<?> loop : loops) {
        loop.get(20, TimeUnit.SECONDS);
      }
    }
  }

  private static CompletableFuture<?> loop(AsyncClustersApi clusters, AtomicBoolean stopped) {
    return clusters
        .list()
        .thenCompose(
            list ->
                stopped.get()
                    ? CompletableFuture.completedFuture(list)
                    : loop(clusters, stopped).thenApply(unused -> list));
  }

  @Test
  void wait_callbackJoinsAnother_completes() throws Exception {
    Executor onCaller = Runnable::run;
    try (SimulatedCloud cloud = new SimulatedCloud();
        TypeDBCloudClient client = cloud.builder().asyncExecutor(onCaller).build()) {
      AsyncClustersApi clusters = client.clusters(SimulatedCloud.SPACE).async();
      clusters.deploy(Fixtures.paidCluster("a").build()).join();
      clusters.deploy(Fixtures.paidCluster("b").build()).join();

      CompletableFuture<Cluster> both =
          clusters
              .await("a", ClusterStatus.RUNNING)
              .thenApply(a -> clusters.await("b", ClusterStatus.RUNNING).join());

      assertThat(both.get(20, TimeUnit.SECONDS).id()).isEqualTo("b");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wait_blockedListener_stopsNoOther(boolean isOfClient) throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    OperationListener once =
        new OperationListener() {
          private final AtomicBoolean isBlocked = new AtomicBoolean();

          @Override
          public void callStarted(CallInfo call) {
            if (isOfClient && call.operation().equals("get") && !isBlocked.getAndSet(true)) {
              block(blocked, release);
            }
          }
        };
    try (SimulatedCloud cloud = new SimulatedCloud();
        TypeDBCloudClient client = cloud.builder().listener(once).build()) {
      AsyncClustersApi clusters = client.clusters(SimulatedCloud.SPACE).async();
      clusters.deploy(Fixtures.paidCluster("a").build()).join();
      WaitOptions blocking =
          WaitOptions.builder()
              .listener(
                  progress -> {
                    if (!isOfClient) {
                      block(blocked, release);
                    }
                  })
              .build();

      CompletableFuture<Cluster> first = clusters.await("a", ClusterStatus.RUNNING, blocking);
      assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Cluster> second = clusters.await("a", ClusterStatus.RUNNING);

      assertThat(second.get(20, TimeUnit.SECONDS).id()).isEqualTo("a");
      release.countDown();
      assertThat(first.get(20, TimeUnit.SECONDS).id()).isEqualTo("a");
    }
  }

  @Test
  void close_blockedCallback_returns() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TypeDBCloudClient client = responses.client().asyncExecutor(task -> {}).build();
    CompletableFuture<?> future =
        client
            .clusters(Fixtures.SPACE)
            .async()
            .list()
            .whenComplete((list, failure) -> block(new CountDownLatch(1), release));

    client.close();

    assertThat(future).isNotDone();
    release.countDown();
    assertThat(future).failsWithin(Duration.ofSeconds(20));
  }

  @Test
  @Timeout(3600)
  void manyCalls_blockingCallbacks_memoryIsFlat() throws Exception {
    Semaphore room = new Semaphore(MAX_IN_FLIGHT);
    AtomicLong succeeded = new AtomicLong();
    int maxThreads = 0;
    List<Long> heaps = new ArrayList<>();
    int rounds = 10;
    try (TypeDBCloudClient client = responses.client().build()) {
      AsyncClustersApi clusters = client.clusters(Fixtures.SPACE).async();
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < CALLS / 2 / rounds; i++) {
          assertThat(room.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
          CompletableFuture<?> unused =
              clusters
                  .list()
                  .thenApply(list -> clusters.list().join())
                  .whenComplete(
                      (list, failure) -> {
                        if (failure == null) {
                          succeeded.incrementAndGet();
                        }
                        room.release();
                      });
        }
        assertThat(room.tryAcquire(MAX_IN_FLIGHT, 60, TimeUnit.SECONDS)).isTrue();
        room.release(MAX_IN_FLIGHT);
        maxThreads = Math.max(maxThreads, ManagementFactory.getThreadMXBean().getThreadCount());
        if (CALLS >= CALLS_OF_LONG_RUN) {
          System.gc();
          heaps.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
      }
    }
    System.out.printf(
        "%,d calls in-flight and from callbacks; threads of the JVM: %d at most; heap by round: %s%n",
        responses.calls(), maxThreads, heaps);

    assertThat(succeeded).hasValue(CALLS / 2);
    assertThat(responses.calls()).isEqualTo(CALLS);
    assertThat(maxThreads).isLessThan(400);
    if (!heaps.isEmpty()) {
      assertThat(heaps.get(rounds - 1)).isLessThan(heaps.get(rounds / 4) + HEAP_SLACK);
    }
  }

  private static void block(CountDownLatch blocked, CountDownLatch release) {
    blocked.countDown();
    try {
      assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
