package io.github.typedbcloud.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.support.SilentNetwork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The time limit of one attempt, and what happens to the connections after it. */
class AttemptTimeoutTest {

  private static final Duration ATTEMPT = Duration.ofMillis(300);

  /** Far from the limit of an attempt, so that a busy machine makes no difference. */
  private static final Duration CALL = Duration.ofSeconds(20);

  private static final Duration SOON = Duration.ofSeconds(5);

  private final List<AttemptEnded> attempts = new CopyOnWriteArrayList<>();
  private final CountDownLatch testEnds = new CountDownLatch(1);
  private MockCloud cloud = new MockCloud();
  private SilentNetwork network = new SilentNetwork(cloud.url());

  @AfterEach
  void close() {
    testEnds.countDown();
    network.close();
    cloud.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP_1_1", "H2_PRIOR_KNOWLEDGE"})
  void read_connectionSilent_secondAttemptSucceeds(Protocol protocol) {
    use(protocol);
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));
    try (TypeDBCloudClient client = client(protocol).build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      clusters.list();
      network.loseState();
      attempts.clear();
      long startedAt = System.nanoTime();

      clusters.list();

      assertThat(since(startedAt)).isBetween(ATTEMPT, SOON);
      assertThat(attempts).extracting(AttemptEnded::status).containsExactly(0, 200);
      assertThat(attempts.get(0).failure()).hasMessage("no response within 0.3 s");
      assertThat(network.connections()).isEqualTo(2);
      clusters.list();
      assertThat(network.connections()).as("the new connection is kept").isEqualTo(2);
    }
    awaitAllClosed();
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP_1_1", "H2_PRIOR_KNOWLEDGE"})
  void deploy_connectionSilent_appliedOnce(Protocol protocol) {
    use(protocol);
    cloud.respondToCalls(
        call ->
            switch (call.getMethod() + " " + call.getUrl().encodedPath().replaceAll(".*/", "")) {
              case "POST deploy" -> MockCloud.json(200, Payloads.clusterWithId("a"));
              case "GET clusters" -> MockCloud.json(200, "[]");
              default ->
                  MockCloud.json(404, Payloads.error("CLUSTER_NOT_FOUND", "No such cluster"));
            });
    try (TypeDBCloudClient client =
        client(protocol).verificationWindow(Duration.ZERO).maxAttempts(4).build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      clusters.find("no-such");
      network.loseState();
      attempts.clear();
      long startedAt = System.nanoTime();

      Cluster deployed = clusters.deploy(Fixtures.freeCluster("a").build());

      assertThat(deployed.id()).isEqualTo("a");
      assertThat(since(startedAt)).isBetween(ATTEMPT, SOON);
      assertThat(attempts).extracting(AttemptEnded::operation).first().isEqualTo("deploy");
      assertThat(attempts).extracting(AttemptEnded::status).startsWith(0, 404).endsWith(200);
    }
    assertThat(cloud.calls())
        .extracting(call -> call.getMethod())
        .as("the silent attempt never arrived")
        .containsOnlyOnce("POST");
  }

  @Test
  void idleConnections_allSilent_oneAttemptIsLost() {
    CountDownLatch allArrived = new CountDownLatch(6);
    cloud.respondToCalls(
        call -> {
          allArrived.countDown();
          await(allArrived);
          return MockCloud.json(200, "[]");
        });
    try (TypeDBCloudClient client = client(Protocol.HTTP_1_1).build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      ParallelTasks.of(6, clusters::list).results();
      assertThat(network.connections()).isBetween(6, 7);
      int before = network.connections();
      network.loseState();
      attempts.clear();

      clusters.list();

      assertThat(attempts).extracting(AttemptEnded::status).containsExactly(0, 200);
      assertThat(network.connections()).isEqualTo(before + 1);
    }
    awaitAllClosed();
  }

  @Test
  void givenClient_connectionSilent_itsOwnPoolIsLeft() {
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));
    OkHttpClient given = new OkHttpClient();
    try (TypeDBCloudClient client = client(Protocol.HTTP_1_1).httpClient(given).build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      clusters.list();
      assertThat(given.connectionPool().connectionCount()).isEqualTo(1);
      network.loseState();
      attempts.clear();

      clusters.list();

      assertThat(attempts).extracting(AttemptEnded::status).containsExactly(0, 200);
      assertThat(given.connectionPool().connectionCount()).isZero();
    }
    awaitAllClosed();
  }

  @Test
  void otherRequestOnConnection_afterTimeoutOfOne_completes() throws InterruptedException {
    use(Protocol.H2_PRIOR_KNOWLEDGE);
    CountDownLatch slowArrived = new CountDownLatch(1);
    CountDownLatch oneTimedOut = new CountDownLatch(1);
    cloud.respondToCalls(
        call -> {
          switch (call.getUrl().pathSegments().get(6)) {
            case "hangs" -> await(testEnds);
            case "slow" -> {
              slowArrived.countDown();
              await(oneTimedOut);
            }
            default -> throw new AssertionError(call);
          }
          return MockCloud.json(200, Payloads.clusterWithId("slow"));
        });
    try (TypeDBCloudClient client = client(Protocol.H2_PRIOR_KNOWLEDGE).build()) {
      ClustersApi patient =
          client
              .clusters(Fixtures.PROJECT)
              .with(RequestOptions.builder().attemptTimeout(CALL).build());
      ParallelTasks<Cluster> slow = ParallelTasks.one(() -> patient.get("slow"));
      assertThat(slowArrived.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      ClustersApi once =
          client.clusters(Fixtures.PROJECT).with(RequestOptions.builder().maxAttempts(1).build());

      assertThatThrownBy(() -> once.get("hangs"))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("no response within 0.3 s");
      oneTimedOut.countDown();

      assertThat(slow.results()).extracting(Cluster::id).containsExactly("slow");
    }
    assertThat(network.connections()).isEqualTo(1);
    assertThat(cloud.calls()).hasSize(2);
  }

  @Test
  void exchange_hangs_secondExchangeSucceeds() {
    cloud.enqueueExchange(hanging());
    cloud.enqueue(200, "[]");
    try (TypeDBCloudClient client = client(Protocol.HTTP_1_1).build()) {
      long startedAt = System.nanoTime();

      assertThat(client.clusters(Fixtures.PROJECT).list()).isEmpty();

      assertThat(since(startedAt)).isBetween(ATTEMPT, SOON);
    }
    assertThat(cloud.exchanges()).hasSize(2);
    assertThat(cloud.calls()).hasSize(1);
  }

  @Test
  void body_stalls_secondAttemptSucceeds() {
    cloud.enqueue(
        new MockResponse.Builder()
            .body(Payloads.clusterWithId("a"))
            .onResponseBody(SocketEffect.Stall.INSTANCE)
            .build());
    cloud.enqueue(200, Payloads.clusterWithId("a"));
    try (TypeDBCloudClient client = client(Protocol.HTTP_1_1).build()) {
      assertThat(client.clusters(Fixtures.PROJECT).get("a").id()).isEqualTo("a");
    }
    assertThat(attempts).extracting(AttemptEnded::status).containsExactly(200, 200);
  }

  @Test
  void body_stallsAtEachAttempt_unreadableWithReason() {
    cloud.respondToCalls(
        call ->
            new MockResponse.Builder()
                .body(Payloads.clusterWithId("a"))
                .onResponseBody(SocketEffect.Stall.INSTANCE)
                .build());
    try (TypeDBCloudClient client = client(Protocol.HTTP_1_1).maxAttempts(2).build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
          .isInstanceOf(UnreadableResponseException.class)
          .hasMessageContaining("no response within 0.3 s");
    }
    assertThat(cloud.calls()).hasSize(2);
  }

  @Test
  void write_verifyingReadHangs_isReadAgain() {
    cloud.enqueue(hanging());
    cloud.enqueue(hanging());
    cloud.respondToCalls(call -> MockCloud.json(200, Payloads.cluster("suspending")));
    try (TypeDBCloudClient client = client(Protocol.HTTP_1_1).maxAttempts(1).build()) {
      assertThat(client.clusters(Fixtures.PROJECT).suspend("api-cluster").status())
          .isEqualTo(ClusterStatus.SUSPENDING);
    }
    assertThat(cloud.calls())
        .extracting(call -> call.getMethod())
        .startsWith("POST", "GET", "GET")
        .containsOnlyOnce("POST");
  }

  @Test
  void write_everythingHangs_unknownAtDeadline() {
    cloud.respondToCalls(call -> hanging());
    try (TypeDBCloudClient client =
        client(Protocol.HTTP_1_1).requestTimeout(Duration.ofSeconds(1)).build()) {
      long startedAt = System.nanoTime();

      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).suspend("a"))
          .isInstanceOf(OutcomeUnknownException.class);

      assertThat(since(startedAt)).isLessThan(SOON);
    }
    assertThat(cloud.calls()).extracting(call -> call.getMethod()).containsOnlyOnce("POST");
  }

  @Test
  void attemptTimeout_default_isThirdOfDeadline() {
    cloud.enqueue(hanging());
    cloud.enqueue(200, "[]");
    try (TypeDBCloudClient client = defaults().requestTimeout(Duration.ofMillis(3300)).build()) {
      assertThat(client.clusters(Fixtures.PROJECT).list()).isEmpty();
    }
    assertThat(attempts).extracting(AttemptEnded::status).containsExactly(0, 200);
    assertThat(attempts.get(0).failure()).hasMessage("no response within 1.1 s");
  }

  @Test
  void attemptTimeout_defaultOfShortDeadline_isOneSecond() {
    cloud.enqueue(hanging());
    cloud.enqueue(200, "[]");
    try (TypeDBCloudClient client = defaults().requestTimeout(Duration.ofSeconds(20)).build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      assertThat(clusters.with(RequestOptions.within(Duration.ofMillis(2900))).list()).isEmpty();
    }
    assertThat(attempts.get(0).failure()).hasMessage("no response within 1.0 s");
  }

  @Test
  void attemptTimeout_defaultOfOneAttempt_isDeadline() {
    cloud.enqueue(hanging());
    try (TypeDBCloudClient client =
        defaults().requestTimeout(Duration.ofMillis(1200)).maxAttempts(1).build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
          .isInstanceOf(TransportException.class);
    }
    assertThat(attempts).hasSize(1);
    assertThat(attempts.get(0).duration()).isGreaterThan(Duration.ofMillis(1050));
  }

  @Test
  void attemptTimeout_longerThanDeadline_deadlineEndsIt() {
    cloud.enqueue(hanging());
    try (TypeDBCloudClient client = client(Protocol.HTTP_1_1).attemptTimeout(CALL).build()) {
      long startedAt = System.nanoTime();
      ClustersApi clusters = client.clusters(Fixtures.PROJECT).with(RequestOptions.within(ATTEMPT));

      assertThatThrownBy(clusters::list).isInstanceOf(TransportException.class);

      assertThat(since(startedAt)).isBetween(ATTEMPT.minusMillis(50), SOON);
    }
    assertThat(cloud.calls()).hasSize(1);
  }

  /** A connection is not given up because one call had too little time for a slow response. */
  @Test
  void deadline_tooShortForResponse_connectionIsKeptTheFirstTime() {
    use(Protocol.H2_PRIOR_KNOWLEDGE);
    cloud.respondToCalls(
        call -> {
          if ("true".equals(call.getHeaders().get("X-Hangs"))) {
            await(testEnds);
          }
          return MockCloud.json(200, "[]");
        });
    try (TypeDBCloudClient client =
        client(Protocol.H2_PRIOR_KNOWLEDGE).attemptTimeout(CALL).build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      ClustersApi hasty =
          clusters.with(
              RequestOptions.builder()
                  .deadline(Duration.ofMillis(100))
                  .header("X-Hangs", "true")
                  .build());
      clusters.list();
      assertThatThrownBy(hasty::list).isInstanceOf(TransportException.class);
      clusters.list();
      assertThat(network.connections()).as("after one timeout").isEqualTo(1);
      assertThatThrownBy(hasty::list).isInstanceOf(TransportException.class);
      assertThatThrownBy(hasty::list).isInstanceOf(TransportException.class);
      clusters.list();
      assertThat(network.connections()).as("after two in a row").isEqualTo(2);
    }
  }

  private void use(Protocol protocol) {
    network.close();
    cloud.close();
    cloud = new MockCloud(protocol);
    network = new SilentNetwork(cloud.url());
  }

  private TypeDBCloudClient.Builder defaults() {
    return TypeDBCloudClient.builder()
        .baseUrl(network.url())
        .credentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET)
        .listener(
            new OperationListener() {
              @Override
              public void attemptEnded(AttemptEnded event) {
                attempts.add(event);
              }
            });
  }

  private TypeDBCloudClient.Builder client(Protocol protocol) {
    return defaults()
        .requestTimeout(CALL)
        .attemptTimeout(ATTEMPT)
        .customizeHttpClient(http -> http.protocols(List.of(protocol)));
  }

  private static MockResponse hanging() {
    return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(CALL.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The client closes all its connections, also those that it left behind. */
  private void awaitAllClosed() {
    long startedAt = System.nanoTime();
    while (network.openConnections() > 0) {
      assertThat(since(startedAt)).as("until all are closed").isLessThan(SOON);
      Thread.onSpinWait();
    }
  }

  private static Duration since(long startedAt) {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }
}
