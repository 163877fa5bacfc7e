package io.github.typedbcloud.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interrupt ends a call promptly, with an exception of ours and the flag set. */
@Timeout(60)
final class InterruptTest {

  private final MockCloud cloud = new MockCloud();
  private final ConnectionPool pool = new ConnectionPool();
  private final TypeDBCloudClient client =
      cloud
          .client()
          .requestTimeout(Duration.ofHours(1))
          .customizeHttpClient(http -> http.connectionPool(pool))
          .build();
  private final ClustersApi clusters = client.clusters(Fixtures.PROJECT);

  @AfterEach
  void close() {
    client.close();
    pool.evictAll();
    cloud.close();
  }

  @Test
  void interrupt_inFlightRead_endsIt() throws Exception {
    assertThat(interruptedWhileStalled(api -> api.get("a"))).isInstanceOf(TransportException.class);
  }

  @Test
  void interrupt_inFlightWrite_endsIt() throws Exception {
    assertThat(interruptedWhileStalled(api -> api.destroy("a")))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("the calling thread was interrupted");
    assertThat(cloud.calls()).hasSize(1);
  }

  @Test
  void interrupt_inFlightPoll_endsIt() throws Exception {
    assertThat(interruptedWhileStalled(api -> api.await("a", ClusterStatus.RUNNING)))
        .isInstanceOfSatisfying(
            WaitException.class,
            e -> assertThat(e.reason()).isEqualTo(WaitException.Reason.INTERRUPTED));
  }

  @Test
  void interrupt_before_sendsNothing() {
    cloud.enqueue(200, "[]");
    clusters.list();
    // Without a connection OkHttp would let an InterruptedException through.
    pool.evictAll();

    Thread.currentThread().interrupt();
    Throwable error = catchThrowable(() -> clusters.deploy(Fixtures.freeCluster("a").build()));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(error)
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("the calling thread was interrupted")
        .hasMessageEndingWith("Nothing was sent.");
    assertThat(cloud.calls()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"PROJECT_LIST", "PROJECT_DEPLOY"})
  void interrupt_duringBackoff_endsIt(ApiCall call) throws Exception {
    cloud.respondToCalls(request -> MockCloud.text(429, ""));
    CountDownLatch sleeping = new CountDownLatch(1);
    TimeSource sleeper = new BlockingTime(sleeping);
    try (TypeDBCloudClient patient =
        cloud
            .client()
            .maxAttempts(4)
            .requestTimeout(Duration.ofHours(1))
            .timeSource(sleeper)
            .build()) {
      FutureTask<Throwable> task =
          new FutureTask<>(
              () -> {
                Throwable thrown = catchThrowable(() -> call.on(patient));
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                return thrown;
              });
      Thread thread = new Thread(task, "interrupted");
      thread.start();
      assertThat(sleeping.await(30, TimeUnit.SECONDS)).isTrue();

      thread.interrupt();

      assertThat(task.get(30, TimeUnit.SECONDS))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("interrupted");
      assertThat(cloud.calls()).hasSize(1);
    }
  }

  /** Who sleeps on it sleeps until he is interrupted. */
  private record BlockingTime(CountDownLatch sleeping) implements TimeSource {

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public Duration elapsed() {
      return Duration.ZERO;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      sleeping.countDown();
      new CountDownLatch(1).await();
    }
  }

  private Throwable interruptedWhileStalled(Consumer<ClustersApi> call) throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    cloud.respondToCalls(
        request -> {
          arrived.countDown();
          return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
        });
    FutureTask<Throwable> task =
        new FutureTask<>(
            () -> {
              Throwable thrown = catchThrowable(() -> call.accept(clusters));
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
              return thrown;
            });
    Thread thread = new Thread(task, "interrupted");
    thread.start();
    assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    return task.get(30, TimeUnit.SECONDS);
  }
}
