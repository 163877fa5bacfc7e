package io.github.typedbcloud.wire;

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
 * A write reaches the server once, whatever becomes of its answer. The HTTP library would send one
 * again on a connection that has died and on some statuses, so the server counts.
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
  void writeOnPooledConnectionThatDiesIsSentOnce(ApiCall write) {
    cloud.enqueue(200, "[]").enqueue(CLOSE_WITHOUT_ANSWER).enqueue(200, write.answer());
    client.clusters(write.scope()).list();

    OutcomeUnknownException lost =
        catchThrowableOfType(OutcomeUnknownException.class, () -> write.on(client));

    // Both went over one connection, so the second had one to die on.
    assertThat(cloud.calls()).extracting(sent -> sent.getConnectionIndex()).containsExactly(0, 0);
    assertThat(lost)
        .hasMessageStartingWith(write.operation() + " of cluster 'api-cluster' in ")
        .hasMessageContaining("It may or may not have been done")
        .hasMessageContaining("read cluster 'api-cluster' in " + write.scope() + " before");
    assertThat(lost.call().path()).isEqualTo(write.path());
    assertThat(lost.call().method()).isEqualTo(write.method());
  }

  @ParameterizedTest
  @MethodSource("writes")
  void writeThatTimesOutIsSentOnce(ApiCall write) {
    try (TypeDBCloudClient hasty = cloud.client().requestTimeout(Duration.ofMillis(300)).build()) {
      cloud
          .enqueue(200, "[]")
          .enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
      hasty.clusters(write.scope()).list();

      assertThatThrownBy(() -> write.on(hasty))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("timeout");
    }

    assertThat(cloud.calls()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void writeThatShouldBeRetriedAtOnceIsSentOnce(ApiCall write) {
    cloud.enqueue(retryAtOnce(503)).enqueue(200, write.answer());

    assertStatusAfterOneCall(write, 503);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void writeThatTimedOutAtServerIsSentOnce(ApiCall write) {
    cloud.enqueue(retryAtOnce(408)).enqueue(200, write.answer());

    assertStatusAfterOneCall(write, 408);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void writeWhoseAnswerIsCutShortSaysThatItWasProbablyDone(ApiCall write) {
    cloud.enqueue(cutShort(write.answer())).enqueue(200, write.answer());

    assertThatThrownBy(() -> write.on(client))
        .isInstanceOf(UnreadableResponseException.class)
        .hasMessageContaining("was answered 200")
        .hasMessageContaining("It was probably done: read the cluster before you write again");
    assertThat(cloud.calls()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void writeThatFoundNobodyWasNotSent(ApiCall write) {
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
  void writeRefusedWith401IsSentOnceMoreWithNewToken() {
    cloud
        .enqueue(401, Payloads.error("EXPIRED", "expired"))
        .enqueue(200, ApiCall.PROJECT_SUSPEND.answer());

    client.clusters(Fixtures.PROJECT).suspend("api-cluster");

    assertThat(cloud.calls())
        .extracting(sent -> sent.getHeaders().get("Authorization"))
        .containsExactly("Bearer token-1", "Bearer token-2");
  }

  @ParameterizedTest
  @MethodSource("reads")
  void readOnPooledConnectionThatDiesIsSentAgain(ApiCall read) {
    cloud.enqueue(200, "[]").enqueue(CLOSE_WITHOUT_ANSWER).enqueue(200, read.answer());
    client.clusters(read.scope()).list();

    read.on(client);

    assertThat(cloud.calls()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("reads")
  void readThatGetsNoAnswerSaysThatNothingWasChanged(ApiCall read) {
    cloud.enqueue(lastAnswer("[]"));
    client.clusters(read.scope()).list();
    cloud.close();

    assertThatThrownBy(() -> read.on(client))
        .isInstanceOf(TransportException.class)
        .hasMessageStartingWith(read.operation() + " of ")
        .hasMessageContaining("It changed nothing");
  }

  @Test
  void exchangeIsSentOnceOnRetryAtOnce() {
    cloud.enqueueExchange(retryAtOnce(503));

    assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(503))
        .hasMessageStartingWith("token exchange of the client's credentials (POST /api/auth)");
    assertThat(cloud.exchanges()).hasSize(1);
    assertThat(cloud.calls()).isEmpty();
  }

  private void assertStatusAfterOneCall(ApiCall write, int status) {
    assertThatThrownBy(() -> write.on(client))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(status))
        .hasMessageContaining("It may have been done; read the cluster");
    assertThat(cloud.calls()).hasSize(1);
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
