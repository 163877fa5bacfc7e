package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.nio.charset.StandardCharsets;
import mockwebserver3.MockResponse;
import okio.Buffer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy can send any response: each has its exception and its next step. */
class UndocumentedResponseTest {

  private static final String HTML =
      "<!DOCTYPE html>\n<html><body>\n<h1>Sign in</h1>" + "x".repeat(5000) + "</body></html>";

  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client = cloud.client().build();

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  @ParameterizedTest
  @EnumSource
  void body_html_isUnreadable(ApiCall call) {
    cloud.enqueue(html(200));

    String words = "text/html, " + HTML.length() + " bytes, '<!DOCTYPE html> <html>";
    assertUnreadable(call, words).message().hasSizeLessThan(1000);
  }

  @ParameterizedTest
  @EnumSource
  void body_empty_isUnreadable(ApiCall call) {
    cloud.enqueue(200, "");

    assertUnreadable(call, "0 bytes", "the JSON is empty");
  }

  @ParameterizedTest
  @EnumSource
  void status_204_isUnreadable(ApiCall call) {
    cloud.enqueue(new MockResponse.Builder().code(204).build());

    assertUnreadable(call, "succeeded with HTTP 204", "no content type, 0 bytes");
  }

  @ParameterizedTest
  @EnumSource
  void body_truncatedJson_isUnreadable(ApiCall call) {
    cloud.enqueue(200, call.response().substring(0, call.response().length() - 1));

    assertUnreadable(call, "invalid JSON at line 1, column ");
  }

  @ParameterizedTest
  @EnumSource
  void body_trailingText_isUnreadable(ApiCall call) {
    cloud.enqueue(200, call.response() + "{}");

    assertUnreadable(call, "invalid JSON at line 1, column ");
  }

  @ParameterizedTest
  @EnumSource
  void body_otherJson_isUnreadable(ApiCall call) {
    boolean list = call.operation().equals("list");
    cloud.enqueue(200, list ? Payloads.PROJECT_CLUSTER : "[" + call.response() + "]");

    assertUnreadable(call, list ? "expected an array" : "expected an object");
  }

  @ParameterizedTest
  @EnumSource
  void contentType_wrong_doesNotMatter(ApiCall call) {
    cloud.enqueue(
        new MockResponse.Builder()
            .setHeader("Content-Type", "text/html; charset=latin-1")
            .body(call.response())
            .build());

    assertThat(call.on(client)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 203})
  void status_2xxWithBody_isSuccess(int status) {
    cloud.enqueue(status, Payloads.PROJECT_CLUSTER);

    assertThat(client.clusters(Fixtures.PROJECT).get("api-cluster").id()).isEqualTo("api-cluster");
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 307, 308})
  void redirect_isNotFollowed(int status) {
    for (ApiCall call : new ApiCall[] {ApiCall.PROJECT_LIST, ApiCall.PROJECT_DESTROY}) {
      try (MockCloud elsewhere = new MockCloud()) {
        cloud.enqueue(
            new MockResponse.Builder()
                .code(status)
                .setHeader("Location", elsewhere.url() + "/api/auth")
                .build());

        assertThatThrownBy(() -> call.on(client))
            .isExactlyInstanceOf(ApiException.class)
            .hasMessageContaining("failed with HTTP " + status + " and an empty body")
            .hasMessageContaining("Redirects are not followed");
        assertThat(elsewhere.exchanges()).isEmpty();
        assertThat(elsewhere.calls()).isEmpty();
      }
    }
    assertThat(cloud.calls()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 303, 307})
  void redirect_ofExchange_isNotFollowed(int status) {
    try (MockCloud elsewhere = new MockCloud()) {
      cloud.enqueueExchange(
          new MockResponse.Builder()
              .code(status)
              .setHeader("Location", elsewhere.url() + "/api/auth")
              .build());

      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
          .isExactlyInstanceOf(ApiException.class)
          .hasMessageContaining("Redirects are not followed");
      assertThat(elsewhere.exchanges()).isEmpty();
      assertThat(cloud.calls()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "405 | No operation documents this status; check the base URL and any proxy on the way",
        "418 | No operation documents this status; check the base URL and any proxy on the way",
        "429 | It was not processed; call again later",
        "502 | Call again later",
        "503 | Call again later",
        "504 | Call again later",
        "599 | Call again later"
      })
  void errorBody_html_isQuotedInShort(int status, String nextStep) {
    cloud.enqueue(html(status));

    assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.code()).isEmpty();
              assertThat(e.serviceMessage()).isEmpty();
            })
        .hasMessageContaining("and the body '<!DOCTYPE html> <html><body> <h1>Sign in</h1>xxx")
        .message()
        .hasSizeLessThan(1000)
        .endsWith("…'. " + nextStep + ".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                   | ''   | ''         | ' and an empty body. '",
        "'{}'                                 | ''   | ''         | ' and the body ''{}''. '",
        "'null'                               | ''   | ''         | ' and the body ''null''. '",
        "'[]'                                 | ''   | ''         | ' and the body ''[]''. '",
        "'{\"code\":null,\"message\":null}'   | ''   | ''         | ' and the body ''{\"code'",
        "'{\"code\":\"A\"}'                   | A    | ''         | ' 500 A. '",
        "'{\"message\":\"so\\nit is\"}'       | ''   | 'so it is' | ' 500: so it is. '",
        "'{\"code\":42,\"message\":[\"x\"]}'  | 42   | '[x]'      | ' 500 42: [x]. '",
        "'{\"code\":\"A\",\"message\":\"b\"'  | ''   | ''         | ' and the body ''{\"code'",
      })
  void errorBody_anyForm_isQuoted(String body, String code, String message, String words) {
    cloud.enqueue(500, body);

    assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.serviceMessage()).isEqualTo(message);
            })
        .hasMessageContaining(words);
  }

  @Test
  void errorBody_huge_isCut() {
    cloud.enqueue(500, Payloads.error("c".repeat(1_000), "x".repeat(1_000_000)));

    assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).hasSize(100).endsWith("c…");
              assertThat(e.serviceMessage()).hasSize(1_000).endsWith("x…");
            })
        .message()
        .hasSizeLessThan(2000);
  }

  @Test
  void body_utf16_isRead() {
    cloud.enqueue(
        new MockResponse.Builder()
            .body(new Buffer().write(Payloads.PROJECT_CLUSTER.getBytes(StandardCharsets.UTF_16BE)))
            .build());

    Cluster cluster = client.clusters(Fixtures.PROJECT).get("api-cluster");

    assertThat(cluster.id()).isEqualTo("api-cluster");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", "\"\"", "<html>sign in</html>", "{\"token\":\"x\"}", "two words", "ä"})
  void exchange_noToken_quotesNothing(String body) {
    cloud.enqueueExchange(MockCloud.json(200, body));

    assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
        .isInstanceOf(UnreadableResponseException.class)
        .hasMessageStartingWith("token exchange of the client's credentials")
        .message()
        .doesNotContain("sign in", "\"token\"", "two words");
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void response_notHttp_isTransportOrUnknown() {
    MockResponse garbage = new MockResponse.Builder().status("SSH-2.0-OpenSSH").build();
    cloud.enqueue(garbage).enqueue(garbage);

    assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
        .isInstanceOf(TransportException.class);
    assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).suspend("a"))
        .isInstanceOf(OutcomeUnknownException.class);
  }

  /** The write is then verified, which this server does not support. */
  private AbstractThrowableAssert<?, ? extends Throwable> assertUnreadable(
      ApiCall call, String... words) {
    AbstractThrowableAssert<?, ? extends Throwable> failed =
        assertThatThrownBy(() -> call.on(client))
            .hasMessageStartingWith(call.operation() + " of ")
            .hasMessageContainingAll(words);
    if (call.isRead()) {
      failed
          .isInstanceOf(UnreadableResponseException.class)
          .message()
          .endsWith("Check that the base URL is that of the service and not of a proxy or portal.");
      return failed;
    }
    failed
        .isInstanceOf(OutcomeUnknownException.class)
        .message()
        .endsWith(
            "It may or may not have been applied; read cluster '%s' in %s before you retry."
                .formatted(call.resultId(), call.scope()));
    return failed.cause().isInstanceOf(UnreadableResponseException.class);
  }

  private static MockResponse html(int status) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", "text/html")
        .body(HTML)
        .build();
  }
}
