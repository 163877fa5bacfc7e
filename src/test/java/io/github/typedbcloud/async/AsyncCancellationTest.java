package io.github.typedbcloud.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.AsyncClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who completes a future stops its work, wherever that is. */
@Timeout(60)
final class AsyncCancellationTest {

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final ConnectionPool pool = new ConnectionPool();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client =
      cloud
          .client()
          .requestTimeout(Duration.ofHours(1))
          .asyncExecutor(executor)
          .customizeHttpClient(http -> http.connectionPool(pool))
          .build();
  private final AsyncClustersApi clusters = client.clusters(Fixtures.SPACE).async();

  @AfterEach
  void close() {
    client.close();
    executor.shutdownNow();
    pool.evictAll();
    cloud.close();
  }

  static Stream<Consumer<CompletableFuture<List<Cluster>>>> completions() {
    return Stream.of(
        future -> future.cancel(false),
        future -> future.cancel(true),
        future -> future.complete(List.of()),
        future -> future.completeExceptionally(new IllegalStateException("enough")),
        future -> {
          CompletableFuture<?> unused = future.orTimeout(1, TimeUnit.MILLISECONDS);
        });
  }

  @ParameterizedTest
  @MethodSource("completions")
  void cancel_inFlightCall_endsIt(Consumer<CompletableFuture<List<Cluster>>> completion)
      throws Exception {
    stall();
    CompletableFuture<List<Cluster>> future = clusters.list();
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

    completion.accept(future);

    // The one thread is free again, and bears no mark.
    assertThat(
            executor.submit(() -> Thread.currentThread().isInterrupted()).get(20, TimeUnit.SECONDS))
        .isFalse();
    assertThat(future).isDone();
    assertThat(pool.connectionCount() - pool.idleConnectionCount()).isZero();
    cloud.respondToCalls(request -> MockCloud.json(200, "[]"));
    assertThat(clusters.list().get(20, TimeUnit.SECONDS)).isEmpty();
    assertThat(cloud.calls()).hasSize(2);
  }

  @Test
  void cancel_queuedCall_isNotSent() {
    List<Runnable> queue = new ArrayList<>();
    try (TypeDBCloudClient queuing = cloud.client().asyncExecutor(queue::add).build()) {
      CompletableFuture<?> future = queuing.clusters(Fixtures.SPACE).async().destroy("api-cluster");
      assertThat(future.cancel(false)).isTrue();

      queue.forEach(Runnable::run);

      assertThat(queue).hasSize(1);
      assertThat(future).isCancelled();
      assertThat(cloud.calls()).isEmpty();
      assertThat(cloud.exchanges()).isEmpty();
    }
  }

  @Test
  void cancel_wait_endsIt() throws Exception {
    stall();
    CompletableFuture<Cluster> wait = clusters.await("api-cluster", ClusterStatus.RUNNING);
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

    wait.cancel(false);

    endOfPolls();
    assertThat(cloud.calls()).hasSize(1);
  }

  @Test
  void cancel_compositeInCall_endsCall() throws Exception {
    stall();
    CompletableFuture<Cluster> whole = clusters.resumeAndAwait("api-cluster");
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

    whole.cancel(false);

    executor.submit(() -> {}).get(20, TimeUnit.SECONDS);
    assertThat(cloud.calls()).hasSize(1);
    endOfPolls();
  }

  @Test
  void cancel_compositeInWait_endsWait() throws Exception {
    cloud.respondToCalls(
        request -> {
          if (request.getMethod().equals("GET")) {
            arrived.countDown();
            return stalled();
          }
          return MockCloud.json(200, Payloads.SPACE_CLUSTER);
        });
    CompletableFuture<Cluster> whole = clusters.resumeAndAwait("api-cluster");
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

    whole.cancel(false);

    endOfPolls();
    assertThat(cloud.calls()).hasSize(2);
  }

  @Test
  void cancel_betweenStages_startsNoWait() {
    List<Runnable> queue = new ArrayList<>();
    try (TypeDBCloudClient queuing = cloud.client().asyncExecutor(queue::add).build()) {
      CompletableFuture<Cluster> whole =
          queuing.clusters(Fixtures.SPACE).async().resumeAndAwait("api-cluster");
      cloud.respondToCalls(
          request -> {
            whole.cancel(false);
            return MockCloud.json(200, Payloads.SPACE_CLUSTER);
          });

      queue.forEach(Runnable::run);

      assertThat(whole).isCancelled();
      assertThat(cloud.calls()).hasSize(1);
    }
  }

  @Test
  void cancel_dependentTooLate_doesNothing() throws Exception {
    cloud.enqueue(200, "[]").enqueue(200, "[]");
    CompletableFuture<List<Cluster>> ours = clusters.list();
    CompletableFuture<Boolean> dependent = ours.thenApplyAsync(list -> ours.cancel(true), executor);

    assertThat(dependent.get(20, TimeUnit.SECONDS)).isFalse();
    assertThat(ours.isCancelled()).isFalse();
    assertThat(clusters.list().get(20, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void close_queuedAndWaits_end() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    cloud.respondToCalls(
        request -> {
          arrived.countDown();
          try {
            assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return MockCloud.json(200, "[]");
        });
    CompletableFuture<List<Cluster>> inFlight = clusters.list();
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Cluster> queued = clusters.destroy("api-cluster");
    CompletableFuture<Cluster> wait = clusters.await("api-cluster", ClusterStatus.RUNNING);

    client.close();

    for (CompletableFuture<?> ended : List.of(queued, wait)) {
      assertThat(ended).failsWithin(Duration.ofSeconds(20));
      assertThat(ended.handle((value, failure) -> failure).join())
          .isInstanceOf(IllegalStateException.class)
          .isNotInstanceOf(CancellationException.class);
    }
    assertThat(inFlight).isNotDone();
    release.countDown();
    assertThat(inFlight.get(20, TimeUnit.SECONDS)).isEmpty();
    assertThat(executor.isShutdown()).isFalse();
    assertThat(cloud.calls()).noneMatch(call -> call.getMethod().equals("DELETE"));
  }

  private void stall() {
    cloud.respondToCalls(
        request -> {
          arrived.countDown();
          return stalled();
        });
  }

  private static MockResponse stalled() {
    return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
  }

  /** Returns when the threads of waits have ended. */
  private static void endOfPolls() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().matches("typedb-cloud-(wait|poll-\\d+)")) {
        thread.join(Duration.ofSeconds(20).toMillis());
        assertThat(thread.isAlive()).as("polls go on").isFalse();
      }
    }
  }
}
