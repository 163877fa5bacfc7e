package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.docs.Page;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.support.SilentLog;
import io.github.typedbcloud.time.ManualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of statuses in the guide, checked for each status at a server. */
final class StatusTableTest {

  /** Enough to see whether it is sent again. */
  private static final int ATTEMPTS = 2;

  private static final MockCloud CLOUD = new MockCloud();

  private static final OkHttpClient HTTP = new OkHttpClient();

  /**
   * A row of the guide.
   *
   * @param statuses those that it is about
   * @param read what a read does
   * @param write what a write does
   * @param exchange what a call does whose token exchange has the status
   * @param advice a part of the message of the read or, for a success, of nothing
   */
  record Row(String statuses, String read, String write, String exchange, String advice) {

    IntStream each() {
      return statuses.equals("all others")
          ? IntStream.of(0, 1, 99, 600, 601, 999)
          : Stream.of(statuses.split(", ", 0))
              .map(range -> range.split("–", 0))
              .flatMapToInt(
                  bounds ->
                      IntStream.rangeClosed(
                          Integer.parseInt(bounds[0]),
                          Integer.parseInt(bounds[bounds.length - 1])));
    }
  }

  /**
   * What a call did.
   *
   * @param cell in the words of the guide
   * @param failure null for a success
   */
  private record Behavior(String cell, @Nullable Throwable failure) {}

  @AfterAll
  static void close() {
    HTTP.connectionPool().evictAll();
    CLOUD.close();
  }

  static List<Row> rows() {
    return Page.table("statuses.md", "status").stream()
        .map(cells -> new Row(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4)))
        .toList();
  }

  @Test
  void rows_statusesOfHttp_areThereOnce() {
    assertThat(
            rows().stream()
                .filter(row -> !row.statuses().equals("all others"))
                .flatMapToInt(Row::each)
                .sorted()
                .boxed())
        .containsExactlyElementsOf(IntStream.rangeClosed(100, 599).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void status_onReadWriteAndExchange_isAsDocumented(Row row) throws Exception {
    SoftAssertions softly = new SoftAssertions();
    SilentLog.during(() -> check(row, softly));
    softly.assertAll();
  }

  private static boolean check(Row row, SoftAssertions softly) {
    row.each()
        .forEach(
            status -> {
              Behavior read = of(ApiCall.PROJECT_GET, status, false);
              Behavior write = of(ApiCall.PROJECT_DEPLOY, status, false);
              Behavior exchange = of(ApiCall.PROJECT_GET, status, true);
              softly.assertThat(read.cell()).as("%s read", status).isEqualTo(row.read());
              softly.assertThat(write.cell()).as("%s write", status).isEqualTo(row.write());
              softly
                  .assertThat(exchange.cell())
                  .as("%s exchange", status)
                  .isEqualTo(row.exchange());
              if (read.failure() != null) {
                softly
                    .assertThat(read.failure())
                    .as("%s message", status)
                    .hasMessageContaining(row.advice());
              }
              if (read.failure() instanceof ApiException error) {
                softly.assertThat(error.status()).isEqualTo(status);
              }
              if (write.failure() instanceof OutcomeUnknownException unknown) {
                softly
                    .assertThat(unknown)
                    .hasMessageNotContaining("all again")
                    .hasMessageEndingWith(
                        "It may or may not have been applied; read cluster 'api-cluster' in project"
                            + " new-org/default before you retry.");
              }
              if (write.failure() instanceof OutcomeUnknownException && !isRetried(write)) {
                softly
                    .assertThat(write.failure())
                    .as("%s message of a write", status)
                    .hasMessageContaining(
                        read.failure() instanceof UnreadableResponseException ? "" : row.advice());
              }
            });
    return true;
  }

  @ParameterizedTest
  @CsvSource({"501, 1, 1", "511, 1, 1", "526, 1, 1", "418, 3, 100"})
  void verification_readsFail_endsUnlessItIsAboutTheRead(int status, int least, int most)
      throws Exception {
    CLOUD.respondToExchanges(request -> MockCloud.text(200, "a-token"));
    CLOUD.respondToCalls(
        request -> MockCloud.text(request.getMethod().equals("GET") ? status : 504, ""));
    int before = CLOUD.calls().size();
    try (TypeDBCloudClient client =
        CLOUD
            .client()
            .verificationWindow(Duration.ofSeconds(10))
            .timeSource(new ManualTime())
            .httpClient(HTTP)
            .build()) {
      Throwable failure =
          SilentLog.during(() -> catchThrowable(() -> ApiCall.PROJECT_DEPLOY.on(client)));

      assertThat(failure)
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("reading the cluster failed too: ")
          .hasMessageContaining("failed with HTTP " + status);
    }
    assertThat(CLOUD.calls().subList(before, CLOUD.calls().size()))
        .filteredOn(request -> request.getMethod().equals("GET"))
        .hasSizeBetween(least, most);
  }

  @Test
  void status_407OfProxyForPlainHttp_isApiException() {
    CLOUD.respondToExchanges(request -> MockCloud.text(407, ""));
    int before = CLOUD.exchanges().size();
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), URI.create(CLOUD.url()).getPort());
    try (TypeDBCloudClient client =
        CLOUD
            .client()
            .maxAttempts(ATTEMPTS)
            .timeSource(new ManualTime())
            .customizeHttpClient(http -> http.proxy(new Proxy(Proxy.Type.HTTP, address)))
            .build()) {
      assertThatThrownBy(() -> ApiCall.PROJECT_GET.on(client))
          .isExactlyInstanceOf(ApiException.class)
          .hasMessageContaining("failed with HTTP 407")
          .hasMessageContaining("Set the credentials of the proxy");
    }
    assertThat(CLOUD.exchanges()).hasSize(before + 1);
  }

  private static boolean isRetried(Behavior behavior) {
    return behavior.cell().endsWith(", retried");
  }

  /** Each call has a client of its own, so that no failure is remembered, on one connection. */
  private static Behavior of(ApiCall call, int status, boolean onExchange) {
    int callsBefore = CLOUD.calls().size();
    int exchangesBefore = CLOUD.exchanges().size();
    Function<RecordedRequest, MockResponse> response =
        request -> response(status, onExchange ? "a-token" : call.response());
    CLOUD.respondToCalls(
        request ->
            request.getMethod().equals(call.method())
                ? response.apply(request)
                : MockCloud.json(404, Payloads.error("NOT_FOUND", "no such cluster")));
    CLOUD.respondToExchanges(onExchange ? response : request -> MockCloud.text(200, "a-token"));
    if (onExchange) {
      CLOUD.respondToCalls(request -> MockCloud.json(200, call.response()));
    }
    Throwable failure;
    try (TypeDBCloudClient client =
        CLOUD
            .client()
            .maxAttempts(ATTEMPTS)
            .timeSource(new ManualTime())
            .httpClient(HTTP)
            .build()) {
      failure = catchThrowable(() -> call.on(client));
    }
    List<RecordedRequest> requests = new ArrayList<>();
    if (onExchange) {
      requests.addAll(CLOUD.exchanges().subList(exchangesBefore, CLOUD.exchanges().size()));
    } else {
      CLOUD.calls().subList(callsBefore, CLOUD.calls().size()).stream()
          .filter(request -> request.getMethod().equals(call.method()))
          .forEach(requests::add);
    }
    assertThat(requests).hasSizeBetween(1, ATTEMPTS);
    boolean isRetried = requests.size() == ATTEMPTS;
    String what =
        failure == null
            ? "result"
            : failure instanceof OutcomeUnknownException
                ? "verified"
                : "`" + failure.getClass().getSimpleName() + "`";
    return new Behavior(what + (isRetried ? ", retried" : ""), failure);
  }

  private static MockResponse response(int status, String success) {
    MockResponse.Builder response =
        new MockResponse.Builder().status("HTTP/1.1 %03d X".formatted(status));
    if (status < 200 && status >= 100) {
      // After an interim response comes another, or the end of the connection.
      return response
          .setHeader("Connection", "close")
          .onResponseEnd(new SocketEffect.CloseSocket())
          .build();
    }
    if (status == 204 || status == 205 || status == 304) {
      return response.build();
    }
    return response
        .setHeader("Content-Type", "application/json")
        .body(
            status >= 200 && status <= 299
                ? success
                : Payloads.error("CODE_" + status, "the service's words"))
        .build();
  }
}
