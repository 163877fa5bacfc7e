package io.github.typedbcloud.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.ServerFault;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller says about some calls alone. */
class RequestOptionsTest {

  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client =
      cloud.client().maxAttempts(4).timeSource(new ManualTime()).build();
  private final ClustersApi clusters = client.clusters(Fixtures.PROJECT);

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  @Test
  void headers_everyRequestButExchange() {
    cloud.enqueue(ServerFault.BAD_GATEWAY.of("")).enqueue(200, "[]").enqueue(200, "[]");
    ClustersApi traced =
        clusters.with(RequestOptions.builder().header("X-Request-Id", "4711").build());

    traced.list();
    clusters.list();

    assertThat(cloud.calls())
        .extracting(call -> call.getHeaders().get("X-Request-Id"))
        .containsExactly("4711", "4711", null);
    assertThat(cloud.exchanges())
        .extracting(exchange -> exchange.getHeaders().get("X-Request-Id"))
        .containsExactly((String) null);
  }

  @Test
  void with_laterOptions_override() {
    cloud.respondToCalls(any -> ServerFault.BAD_GATEWAY.of(""));
    ClustersApi both =
        clusters
            .with(RequestOptions.builder().maxAttempts(2).header("A", "1").header("B", "1").build())
            .with(RequestOptions.builder().header("b", "2").build());

    assertThatThrownBy(both::list).isInstanceOf(ApiException.class);

    assertThat(cloud.calls())
        .hasSize(2)
        .allSatisfy(
            call -> {
              assertThat(call.getHeaders().get("A")).isEqualTo("1");
              assertThat(call.getHeaders().values("B")).containsExactly("2");
            });
  }

  @Test
  void with_view_leavesOthersAlone() {
    cloud.respondToCalls(any -> MockCloud.text(429, ""));
    ClustersApi once = clusters.with(RequestOptions.builder().maxAttempts(1).build());

    assertThatThrownBy(once::list).isInstanceOf(ApiException.class);
    assertThat(cloud.calls()).hasSize(1);

    assertThatThrownBy(clusters::list).isInstanceOf(ApiException.class);
    assertThat(cloud.calls()).hasSize(1 + 4);
  }

  @Test
  void deadline_inRange_isAccepted() {
    assertThat(RequestOptions.within(Duration.ofNanos(1)).toString()).contains("PT0.000000001S");
    assertThat(RequestOptions.within(Duration.ofDays(365)).toString()).contains("PT8760H");
    for (Duration wrong :
        new Duration[] {Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(365).plusNanos(1)}) {
      assertThatThrownBy(() -> RequestOptions.within(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong.toString())
          .hasMessageContaining("365 days");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void maxAttempts_inRange_isAccepted(int attempts) {
    assertThat(RequestOptions.builder().maxAttempts(attempts).build().toString())
        .contains("maxAttempts=" + attempts);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 101})
  void maxAttempts_outOfRange_isRejected(int attempts) {
    assertThatThrownBy(() -> RequestOptions.builder().maxAttempts(attempts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use 1 to 100");
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, is set by the client itself; leave it out",
    "authorization, is set by the client itself; leave it out",
    "HOST, is set by the client itself; leave it out",
    "Accept, is set by the client itself; leave it out",
    "Content-Length, is set by the client itself; leave it out",
    "User-Agent, is set by the client itself; leave it out",
    "Accept-Encoding, they are decompressed already",
    "ACCEPT-ENCODING, they are decompressed already",
    "Range, send another response than the documented one",
    "If-Range, send another response than the documented one",
    "If-None-Match, the API has no conditional requests",
    "If-Match, the API has no conditional requests",
    "If-Modified-Since, the API has no conditional requests",
    "If-Unmodified-Since, the API has no conditional requests",
    "Proxy-Authorization, set proxyAuthenticator in customizeHttpClient",
    "Cookie, set one in customizeHttpClient",
    "Connection, belongs to the connection",
    "Keep-Alive, belongs to the connection",
    "Proxy-Connection, belongs to the connection",
    "HTTP2-Settings, belongs to the connection",
    "Upgrade, belongs to the connection",
    "Transfer-Encoding, belongs to the connection",
    "X-HTTP-Method-Override, call the method for it",
    "x-http-method, call the method for it",
    "X-Method-Override, call the method for it",
    "X-Original-URL, set the base URL of the client",
    "X-Rewrite-URL, set the base URL of the client"
  })
  void header_reserved_isRejectedWithReason(String name, String reason) {
    RequestOptions.Builder builder = RequestOptions.builder();

    assertThatThrownBy(() -> builder.header(name, "secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The header " + name + " is reserved: it ")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("secret");
    assertThat(builder.build().toString()).contains("headers=[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Range", "Cache-Control", "traceparent", "Idempotency-Key", "Forwarded", "Via"})
  void header_notReserved_isSent(String name) {
    cloud.enqueue(200, "[]");

    clusters.with(RequestOptions.builder().header(name, "x").build()).list();

    assertThat(cloud.calls().get(0).getHeaders().get(name)).isEqualTo("x");
  }

  @Test
  void headers_allTogether_areBounded() {
    RequestOptions.Builder builder = RequestOptions.builder().header("A", "x".repeat(4095));
    builder.header("B", "x".repeat(4095)).header("b", "y".repeat(4095));
    cloud.enqueue(200, "[]");
    clusters.with(builder.build()).list();
    assertThat(cloud.calls().get(0).getHeaders().get("B")).isEqualTo("y".repeat(4095));

    assertThatThrownBy(() -> builder.header("C", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "With the header C the headers have 8193 characters; servers accept no more than 8192.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a:", ":path", "a\n", "ä"})
  void header_invalidName_isRejected(String name) {
    assertThatThrownBy(() -> RequestOptions.builder().header(name, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RFC 9110");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"secret\r\nHost: b", "secret\n", "secret\u0000", "secretä", "secret\u007f"})
  void header_invalidValue_isNotRepeated(String value) {
    assertThatThrownBy(() -> RequestOptions.builder().header("X-A", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("X-A")
        .hasMessageNotContaining("secret");
  }

  @Test
  void toString_showsHeaderNamesOnly() {
    assertThat(RequestOptions.builder().header("X-Key", "secret").build())
        .hasToString(
            "RequestOptions[deadline=the client's, maxAttempts=the client's, headers=[X-Key]]");
  }
}
