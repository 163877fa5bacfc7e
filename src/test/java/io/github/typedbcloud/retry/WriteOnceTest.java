package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A write reaches the server once, whatever happens to its response, where nothing shows that it
 * was not done. The HTTP library would send one again on a connection that has died and on some
 * statuses, so the server counts.
 */
class WriteOnceTest {

  private static final MockResponse CLOSE_WITHOUT_ANSWER =
      new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();

  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client = cloud.client().build();

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  static List<ApiCall> writes() {
    return ApiCall.writes();
  }

  static List<ApiCall> reads() {
    return ApiCall.reads();
  }

  @ParameterizedTest
  @MethodSource("writes")
  void write_deadPooledConnection_isSentOnce(ApiCall write) {
    cloud.enqueue(200, "[]").enqueue(CLOSE_WITHOUT_ANSWER);
    client.clusters(write.scope()).list();

    assertUnknown(write, client, "was sent and its response was lost: ");

    // Both went over one connection, so the second had one to die on.
    assertThat(cloud.calls().subList(0, 2))
        .extracting(sent -> sent.getConnectionIndex())
        .containsExactly(0, 0);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void write_timeout_isSentOnce(ApiCall write) {
    // Each read has this long, so that a slow machine cannot fail what comes before the stall.
    try (TypeDBCloudClient hasty =
        cloud
            .client()
            .customizeHttpClient(http -> http.readTimeout(Duration.ofMillis(250)))
            .build()) {
      cloud
          .enqueue(200, "[]")
          .enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
      hasty.clusters(write.scope()).list();

      assertUnknown(write, hasty, "SocketTimeoutException");
    }
  }

  @ParameterizedTest
  @MethodSource("writes")
  void write_retryAfterZero_isSentOnce(ApiCall write) {
    cloud.enqueue(retryAtOnce(503));

    assertThat(assertUnknown(write, client, "failed with HTTP 503"))
        .hasCauseInstanceOf(ApiException.class);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void write_408_isSentOnce(ApiCall write) {
    cloud.enqueue(retryAtOnce(408));

    assertUnknown(write, client, "failed with HTTP 408");
  }

  @ParameterizedTest
  @MethodSource("writes")
  void write_truncatedResponse_isSentOnce(ApiCall write) {
    cloud.enqueue(cutShort(write.response()));

    assertThat(assertUnknown(write, client, "succeeded with HTTP 200 but its body cannot be read"))
        .hasCauseInstanceOf(UnreadableResponseException.class);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void write_connectFails_isNotSent(ApiCall write) {
    cloud.enqueue(lastAnswer("[]"));
    client.clusters(write.scope()).list();
    cloud.close();

    assertThatThrownBy(() -> write.on(client))
        .isInstanceOf(TransportException.class)
        .hasMessageStartingWith(write.operation() + " of cluster 'api-cluster' in ")
        .hasMessageContaining("Nothing was sent")
        .hasRootCauseInstanceOf(ConnectException.class);
    assertThat(cloud.calls()).hasSize(1);
  }

  @Test
  void write_401_isResentWithNewToken() {
    cloud
        .enqueue(401, Payloads.error("EXPIRED", "expired"))
        .enqueue(200, ApiCall.PROJECT_SUSPEND.response());

    client.clusters(Fixtures.PROJECT).suspend("api-cluster");

    assertThat(cloud.calls())
        .extracting(sent -> sent.getHeaders().get("Authorization"))
        .containsExactly("Bearer token-1", "Bearer token-2");
  }

  @ParameterizedTest
  @MethodSource("reads")
  void read_noResponse_changedNothing(ApiCall read) {
    cloud.enqueue(lastAnswer("[]"));
    client.clusters(read.scope()).list();
    cloud.close();

    assertThatThrownBy(() -> read.on(client))
        .isInstanceOf(TransportException.class)
        .hasMessageStartingWith(read.operation() + " of ")
        .hasMessageContaining("It changed nothing");
  }

  @Test
  void exchange_retryAfterZero_isSentOnce() {
    cloud.enqueueExchange(retryAtOnce(503));

    assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(503))
        .hasMessageStartingWith("token exchange of the client's credentials");
    assertThat(cloud.exchanges()).hasSize(1);
    assertThat(cloud.calls()).isEmpty();
  }

  /** The verifying read is rejected here, so that nothing shows that a retry is safe. */
  private OutcomeUnknownException assertUnknown(
      ApiCall write, TypeDBCloudClient writer, String words) {
    OutcomeUnknownException unknown =
        catchThrowableOfType(OutcomeUnknownException.class, () -> write.on(writer));

    assertThat(unknown)
        .hasMessageStartingWith(write.operation() + " of cluster 'api-cluster' in ")
        .hasMessageContaining(words)
        .hasMessageContaining(", and reading the cluster failed too: ")
        .hasMessageContaining("failed with HTTP 418")
        .hasMessageEndingWith(
            "It may or may not have been applied; read cluster '%s' in %s before you retry.",
            write.resultId(), write.scope());
    assertThat(unknown.call().path()).isEqualTo(write.path());
    assertThat(unknown.call().method()).isEqualTo(write.method());
    assertThat(cloud.calls())
        .filteredOn(sent -> !sent.getMethod().equals("GET"))
        .extracting(sent -> sent.getMethod() + " " + sent.getUrl().encodedPath())
        .containsExactly(write.requestLine());
    return unknown;
  }

  private static MockResponse retryAtOnce(int status) {
    return new MockResponse.Builder().code(status).setHeader("Retry-After", "0").build();
  }

  private static MockResponse cutShort(String json) {
    return new MockResponse.Builder()
        .body(json)
        .setHeader("Content-Length", json.length() + 1)
        .onResponseEnd(new SocketEffect.CloseSocket())
        .build();
  }

  /** The connection is gone afterwards, so the next call needs a new one. */
  private static MockResponse lastAnswer(String json) {
    return new MockResponse.Builder().body(json).setHeader("Connection", "close").build();
  }
}
