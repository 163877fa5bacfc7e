package io.github.typedbcloud.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClientCredentials;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.ParallelTasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hangs once costs its call the deadline, and not the client. */
@Timeout(60)
final class TokenHangTest {

  /** Much less than the limit of an exchange. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(15);

  private static final RequestOptions LONG = RequestOptions.within(Duration.ofMinutes(10));

  private final MockCloud cloud = new MockCloud();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void close() {
    release.countDown();
    cloud.close();
  }

  @Test
  void exchange_hangs_callersKeepTheirDeadlines() {
    cloud.respondToExchanges(exchange -> stalled());
    try (TypeDBCloudClient client = cloud.client().requestTimeout(Duration.ofHours(1)).build()) {
      ClustersApi clusters = client.clusters(Fixtures.SPACE);
      long begun = System.nanoTime();

      List<Throwable> failures =
          ParallelTasks.each(
                  8,
                  number ->
                      () ->
                          clusters
                              .with(RequestOptions.within(Duration.ofMillis(100 + 50L * number)))
                              .list())
              .failures();

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(MAX_WAIT);
      assertThat(failures)
          .allSatisfy(
              failure ->
                  assertThat(failure)
                      .isInstanceOf(TransportException.class)
                      .hasMessageContaining("did not end in time"));
      assertThat(cloud.exchanges()).hasSize(1);
    }
  }

  @Test
  void supplier_hangsOnce_costsOneCall() {
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));
    try (TypeDBCloudClient client = clientWithHangingSupplier()) {
      ClustersApi clusters = client.clusters(Fixtures.SPACE);

      assertThatThrownBy(clusters::list).isInstanceOf(TransportException.class);

      assertThat(clusters.with(LONG).list()).isEmpty();
      assertThat(clusters.list()).isEmpty();
      assertThat(asked).hasValue(2);
      assertThat(interrupted).isTrue();
      assertThat(cloud.exchanges()).hasSize(1);
    }
  }

  @Test
  void supplier_hangsOnce_callWithMoreTimeSucceeds() {
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));
    try (TypeDBCloudClient client = clientWithHangingSupplier()) {
      ClustersApi clusters = client.clusters(Fixtures.SPACE).with(LONG);

      assertThat(ParallelTasks.of(8, clusters::list).results()).hasSize(8).containsOnly(List.of());

      assertThat(asked).hasValue(2);
      assertThat(cloud.exchanges()).hasSize(1);
    }
  }

  private TypeDBCloudClient clientWithHangingSupplier() {
    return cloud
        .client()
        .requestTimeout(Duration.ofMillis(500))
        .credentials(
            () -> {
              if (asked.incrementAndGet() == 1) {
                try {
                  release.await();
                } catch (InterruptedException e) {
                  interrupted.set(true);
                  throw new IllegalStateException(e);
                }
              }
              return new ClientCredentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET);
            })
        .build();
  }

  @Test
  void exchange_hangsOnce_callWithMoreTimeSucceeds() {
    cloud.enqueueExchange(stalled());
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));
    try (TypeDBCloudClient client =
        cloud.client().maxAttempts(4).requestTimeout(Duration.ofMillis(500)).build()) {
      assertThat(client.clusters(Fixtures.SPACE).with(LONG).list()).isEmpty();
    }
    assertThat(cloud.exchanges()).hasSize(2);
  }

  @Test
  void listenerOfExchange_hangs_costsNoCall() throws Exception {
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));
    CountDownLatch blocked = new CountDownLatch(1);
    OperationListener listener =
        new OperationListener() {
          @Override
          public void tokenExchanged(TokenExchanged event) {
            blocked.countDown();
            await(release);
          }
        };
    try (TypeDBCloudClient client = cloud.client().listener(listener).build()) {
      ClustersApi clusters = client.clusters(Fixtures.SPACE);

      assertThat(clusters.list()).isEmpty();
      assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(ParallelTasks.of(8, clusters::list).results()).containsOnly(List.of());
    }
    assertThat(cloud.exchanges()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"callStarted", "attemptEnded", "callEnded"})
  void listenerOfCall_hangs_otherThreadsGoOn(String event) throws Exception {
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));
    CountDownLatch blocked = new CountDownLatch(1);
    OperationListener listener = new BlockingOnce(event, blocked);
    try (TypeDBCloudClient client = cloud.client().listener(listener).build()) {
      ClustersApi clusters = client.clusters(Fixtures.SPACE);
      ParallelTasks<List<Cluster>> unlucky = ParallelTasks.one(clusters::list);
      assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();

      assertThat(ParallelTasks.of(8, clusters::list).results()).containsOnly(List.of());

      release.countDown();
      assertThat(unlucky.results()).containsExactly(List.of());
    }
  }

  /** Blocks the first time. */
  private final class BlockingOnce implements OperationListener {
    private final String event;
    private final CountDownLatch blocked;
    private final AtomicBoolean done = new AtomicBoolean();

    BlockingOnce(String event, CountDownLatch blocked) {
      this.event = event;
      this.blocked = blocked;
    }

    @Override
    public void callStarted(CallInfo call) {
      blockAt("callStarted");
    }

    @Override
    public void attemptEnded(AttemptEnded ended) {
      blockAt("attemptEnded");
    }

    @Override
    public void callEnded(CallEnded ended) {
      blockAt("callEnded");
    }

    private void blockAt(String current) {
      if (current.equals(event) && !done.getAndSet(true)) {
        blocked.countDown();
        await(release);
      }
    }
  }

  private static MockResponse stalled() {
    return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
