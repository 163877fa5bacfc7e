package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.support.ServerFault;
import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What changes nothing is retried until it succeeds or is rejected, four attempts in all: reads,
 * and writes that did not leave or were turned away unread.
 */
class ReadRetryTest {

  /** The limits of the three pauses between four attempts. */
  private static final Duration MAX = Duration.ofMillis(200 + 400 + 800);

  private final MockCloud cloud = new MockCloud();
  private final ManualTime time = new ManualTime();
  private final TypeDBCloudClient client = client().build();

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  static Stream<Arguments> readsInTrouble() {
    return ApiCall.reads().stream()
        .flatMap(read -> Stream.of(ServerFault.values()).map(fault -> Arguments.of(read, fault)));
  }

  @ParameterizedTest
  @MethodSource("readsInTrouble")
  void read_fourthAttempt_succeeds(ApiCall read, ServerFault fault) {
    cloud
        .enqueue(fault.of(read.response()))
        .enqueue(fault.of(read.response()))
        .enqueue(fault.of(read.response()))
        .enqueue(200, read.response());

    assertThat(read.on(client)).isNotNull();

    assertThat(requestLines()).hasSize(4).containsOnly(read.requestLine());
    assertThat(time.elapsed()).isBetween(Duration.ofNanos(1), MAX);
  }

  @ParameterizedTest
  @MethodSource("readsInTrouble")
  void read_fourFailures_givesUp(ApiCall read, ServerFault fault) {
    cloud.respondToCalls(call -> fault.of(read.response()));

    TypeDBCloudException failure =
        catchThrowableOfType(TypeDBCloudException.class, () -> read.on(client));

    assertThat(failure).hasMessageStartingWith(read.operation() + " of ");
    assertThat(requestLines()).hasSize(4).containsOnly(read.requestLine());
    assertThat(time.elapsed()).isBetween(Duration.ofNanos(1), MAX);
  }

  static Stream<Arguments> callsTurnedAway() {
    return Stream.of(ApiCall.values())
        .flatMap(call -> Stream.of(425, 429).map(status -> Arguments.of(call, status)));
  }

  @ParameterizedTest
  @MethodSource("callsTurnedAway")
  void read_throttled_isRetried(ApiCall call, int status) {
    String busy = Payloads.error("BUSY", "too many requests");
    cloud.enqueue(status, busy).enqueue(status, busy).enqueue(200, call.response());

    assertThat(call.on(client)).isNotNull();

    assertThat(requestLines()).hasSize(3).containsOnly(call.requestLine());
  }

  @ParameterizedTest
  @MethodSource("callsTurnedAway")
  void call_throttledFourTimes_isSafeToRetry(ApiCall call, int status) {
    cloud.respondToCalls(any -> MockCloud.json(status, Payloads.error("BUSY", "wait")));

    assertThatThrownBy(() -> call.on(client))
        .isInstanceOfSatisfying(
            ApiException.class, error -> assertThat(error.status()).isEqualTo(status))
        .hasMessageEndingWith("It was not processed; call again later.");

    assertThat(requestLines()).hasSize(4).containsOnly(call.requestLine());
  }

  static Stream<Arguments> callsRejected() {
    return Stream.of(ApiCall.values())
        .flatMap(
            call ->
                Stream.of(301, 400, 403, 405, 409, 418, 451)
                    .map(status -> Arguments.of(call, status)));
  }

  @ParameterizedTest
  @MethodSource("callsRejected")
  void read_rejected_isFinal(ApiCall call, int status) {
    cloud.respondToCalls(any -> MockCloud.json(status, Payloads.error("NO", "no")));

    assertThatThrownBy(() -> call.on(client))
        .isInstanceOfSatisfying(
            ApiException.class, error -> assertThat(error.status()).isEqualTo(status));

    // A conflict of a cluster that is created is checked with one read.
    boolean isChecked = status == 409 && call.operation().matches("deploy|clone");
    assertThat(requestLines()).startsWith(call.requestLine()).hasSize(isChecked ? 2 : 1);
    assertThat(time.elapsed()).isBetween(Duration.ZERO, Duration.ofMillis(isChecked ? 200 : 0));
  }

  @Test
  void find_404_isFinal() {
    cloud.respondToCalls(
        call ->
            call.getTarget().endsWith("/a")
                ? MockCloud.json(404, Payloads.error("NOT_FOUND", "none"))
                : MockCloud.json(200, "[]"));

    assertThat(client.clusters(Fixtures.PROJECT).find("a")).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
        .isInstanceOf(NotFoundException.class);

    // The project is listed once, to check that it exists.
    assertThat(cloud.calls()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void exchange_transientError_isRetried(ApiCall call) {
    cloud
        .enqueueExchange(ServerFault.SERVICE_UNAVAILABLE.of(""))
        .enqueueExchange(ServerFault.LOST.of(""))
        .enqueueExchange(ServerFault.PAGE_OF_A_PROXY.of(""))
        .enqueue(200, call.response());

    assertThat(call.on(client)).isNotNull();

    assertThat(cloud.exchanges()).hasSize(4);
    assertThat(requestLines()).containsExactly(call.requestLine());
  }

  @Test
  void exchange_rejected_isFinal() {
    cloud.respondToExchanges(any -> MockCloud.json(400, Payloads.error("BAD", "no such token")));

    assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
        .isInstanceOf(UnauthorizedException.class);

    assertThat(cloud.exchanges()).hasSize(1);
    assertThat(cloud.calls()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void call_connectFails_isRetried(ApiCall call) {
    cloud.enqueue(200, call.response());
    AtomicInteger connects = new AtomicInteger();
    try (TypeDBCloudClient late =
        client().customizeHttpClient(http -> http.socketFactory(refusing(connects, 3))).build()) {
      assertThat(call.on(late)).isNotNull();
    }

    assertThat(connects).hasValue(4);
    assertThat(requestLines()).containsExactly(call.requestLine());
  }

  @ParameterizedTest
  @MethodSource("calls")
  void call_connectFailsFourTimes_isNotSent(ApiCall call) {
    AtomicInteger connects = new AtomicInteger();
    try (TypeDBCloudClient late =
        client().customizeHttpClient(http -> http.socketFactory(refusing(connects, 99))).build()) {
      assertThatThrownBy(() -> call.on(late))
          .isInstanceOf(TransportException.class)
          .hasRootCauseInstanceOf(ConnectException.class)
          .hasMessageContaining(call.operation() + " of ");
    }

    assertThat(connects).hasValue(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void maxAttempts_ofClient_isKept(int attempts) {
    cloud.respondToCalls(any -> ServerFault.BAD_GATEWAY.of(""));
    try (TypeDBCloudClient patient = client().maxAttempts(attempts).build()) {
      assertThatThrownBy(() -> patient.clusters(Fixtures.PROJECT).list())
          .isInstanceOf(ApiException.class);
    }

    assertThat(cloud.calls()).hasSize(attempts);
  }

  @Test
  void pauses_areRandom() {
    cloud.respondToCalls(
        call ->
            cloud.calls().size() % 2 == 1
                ? ServerFault.BAD_GATEWAY.of("")
                : MockCloud.json(200, "[]"));
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Duration begun = time.elapsed();
      client.clusters(Fixtures.PROJECT).list();
      pauses.add(time.elapsed().minus(begun));
    }

    assertThat(pauses)
        .doesNotHaveDuplicates()
        .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ZERO, Duration.ofMillis(200)));
  }

  static Stream<ApiCall> calls() {
    return Stream.of(ApiCall.values());
  }

  /** As a user makes one, with four attempts. */
  private TypeDBCloudClient.Builder client() {
    return TypeDBCloudClient.builder()
        .baseUrl(cloud.url())
        .credentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET)
        .timeSource(time);
  }

  private List<String> requestLines() {
    return cloud.calls().stream().map(ReadRetryTest::requestLine).toList();
  }

  private static String requestLine(RecordedRequest request) {
    return request.getMethod() + " " + request.getUrl().encodedPath();
  }

  /** Connections that fail a number of times. */
  private static SocketFactory refusing(AtomicInteger connects, int times) {
    return new SocketFactory() {
      @Override
      public Socket createSocket() throws IOException {
        if (connects.incrementAndGet() <= times) {
          throw new ConnectException("connection failed");
        }
        return new Socket();
      }

      @Override
      public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
      }
    };
  }

  @Test
  void budget_callsThatSucceed_returnRetries() {
    AtomicInteger requests = new AtomicInteger();
    cloud.respondToCalls(
        request ->
            requests.getAndIncrement() % 2 == 0
                ? ServerFault.SERVICE_UNAVAILABLE.of("")
                : MockCloud.json(200, "[]"));
    ClustersApi clusters = client.clusters(Fixtures.SPACE);

    // Three times what the budget holds, in less time than it needs to fill by half.
    for (int i = 0; i < 300; i++) {
      assertThat(clusters.list()).as("call %s", i).isEmpty();
    }

    assertThat(requests).hasValue(600);
    assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(60));
  }
}
