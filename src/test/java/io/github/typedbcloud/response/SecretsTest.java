package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.LogListener;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client secret and the access token show up nowhere, not even when the service says them. */
class SecretsTest {

  private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE3MzgyNTY0OTB9.c2lnbmF0dXJl";

  /** Each part of the token alone would be too much. */
  private static final List<String> SECRETS =
      List.of(MockCloud.CLIENT_SECRET, "eyJhbGciOiJIUzI1NiJ9", "eyJpYXQiOjE3MzgyNTY0OTB9");

  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client = cloud.client().build();
  private final LogListener log = new LogListener();

  @BeforeEach
  void issueToken() {
    cloud.enqueueExchange(new MockResponse.Builder().body(TOKEN).build());
  }

  @AfterEach
  void close() {
    log.close();
    client.close();
    cloud.close();
  }

  static List<String> bodiesWithSecrets() {
    List<String> bodies = new ArrayList<>();
    for (String secret :
        List.of(
            TOKEN, MockCloud.CLIENT_SECRET, MockCloud.CLIENT_ID + ":" + MockCloud.CLIENT_SECRET)) {
      bodies.add(secret);
      bodies.add(Payloads.error(secret, "you sent '" + secret + "' twice: " + secret));
      bodies.add("<html>Authorization: Bearer " + secret + "</html>");
      bodies.add("{\"id\":[\"" + secret + "\"]}");
      bodies.add("{\"id\":\"a\",\"servers\":[{\"status\":{\"" + secret + "\":1}}]}");
      bodies.add("{\"" + secret + "\":\"no id\"}");
      // The excerpt of a long body ends in the middle of it.
      bodies.add("x".repeat(190) + secret + "x".repeat(190));
    }
    return bodies;
  }

  @ParameterizedTest
  @MethodSource("bodiesWithSecrets")
  void errorBody_withSecrets_isMasked(String body) {
    cloud.enqueue(500, body);

    Throwable error = catchThrowable(() -> client.clusters(Fixtures.PROJECT).get("api-cluster"));

    assertHoldsNoSecret(error);
    assertThat(error).hasMessageContaining("failed with HTTP 500");
  }

  @ParameterizedTest
  @MethodSource("bodiesWithSecrets")
  void successBody_withSecrets_isMasked(String body) {
    cloud.enqueue(
        new MockResponse.Builder().setHeader("Content-Type", "x/" + TOKEN).body(body).build());

    Throwable unreadable =
        catchThrowable(() -> client.clusters(Fixtures.PROJECT).get("api-cluster"));

    assertHoldsNoSecret(unreadable);
    assertThat(unreadable).hasMessageContaining("its body cannot be read (x/***, ");
  }

  @Test
  void body_withoutSecrets_isQuoted() {
    cloud.enqueue(200, "{\"id\":[\"no secret\"]}");

    Throwable unreadable =
        catchThrowable(() -> client.clusters(Fixtures.PROJECT).get("api-cluster"));

    assertThat(unreadable).hasMessageContaining("id: expected a string, found array");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 500})
  void exchangeBody_withCredentials_isMasked(int status) {
    try (MockCloud echo = new MockCloud();
        TypeDBCloudClient other = echo.client().build()) {
      echo.enqueueExchange(
          MockCloud.json(
              status,
              Payloads.error("X", "Basic " + MockCloud.CLIENT_ID + ":" + MockCloud.CLIENT_SECRET)));

      assertHoldsNoSecret(
          catchThrowable(() -> other.clusters(Fixtures.PROJECT).get("api-cluster")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void lostResponse_message_hidesSecrets(ApiCall call) {
    MockResponse closed =
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
    cloud.enqueue(closed).enqueue(closed);

    assertHoldsNoSecret(catchThrowable(() -> call.on(client)));
  }

  @Test
  void credentials_rejected_areNotRepeated() {
    String secret = "with white space";

    Throwable error =
        catchThrowable(() -> TypeDBCloudClient.builder().credentials("client-id", secret));

    assertThat(error).isInstanceOf(IllegalArgumentException.class);
    assertThat(everythingIn(error)).doesNotContain(secret);
  }

  @Test
  void toString_hidesSecrets() {
    cloud.enqueue(200, Payloads.PROJECT_CLUSTER);

    String printed =
        client
            + " "
            + client.clusters(Fixtures.PROJECT)
            + " "
            + client.clusters(Fixtures.PROJECT).get("api-cluster");

    assertThat(printed).contains(cloud.url(), "new-org/default").doesNotContain(SECRETS);
  }

  @Test
  void log_everyLevel_hidesSecrets() {
    cloud
        .enqueue(401, Payloads.error("X", TOKEN))
        .enqueue(200, Payloads.PROJECT_CLUSTER)
        .enqueue(500, Payloads.error("X", TOKEN));
    cloud.enqueueExchange(new MockResponse.Builder().body(TOKEN).build());

    client.clusters(Fixtures.PROJECT).get("api-cluster");
    Throwable error =
        catchThrowable(() -> client.clusters(Fixtures.PROJECT).suspend("api-cluster"));

    assertHoldsNoSecret(error);
    assertThat(log.text())
        .contains(
            " (get of cluster 'api-cluster' in project new-org/default): request 1 (GET get): 401 after ")
        .contains(
            " (get of cluster 'api-cluster' in project new-org/default): request 2 (GET get): 200 after ")
        .contains(": get of cluster 'api-cluster' in project new-org/default: succeeded after ")
        .contains("token exchange at /api/auth: succeeded after ")
        .containsPattern(
            "Call \\d+: failed after \\d+ ms, requests: \\d+: io\\.github\\.typedbcloud\\.error\\.")
        .doesNotContain(SECRETS);
  }

  private void assertHoldsNoSecret(Throwable thrown) {
    assertThat(thrown).isNotNull();
    assertThat(everythingIn(thrown)).doesNotContain(SECRETS);
    assertThat(log.text()).doesNotContain(SECRETS);
  }

  /** The stack trace holds the messages of all causes and of all that was suppressed. */
  private static String everythingIn(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    if (thrown instanceof ApiException error) {
      text.append(error.code()).append(error.serviceMessage()).append(error.call().toString());
    }
    return text.toString();
  }
}
