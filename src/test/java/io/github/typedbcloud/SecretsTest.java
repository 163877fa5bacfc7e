package io.github.typedbcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No exception shows the credential or token that was sent, even when the service repeats it. */
final class SecretsTest {

  private static final String TOKEN = "a-very-secret-token";

  private final MockCloud cloud = new MockCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  static Stream<MockResponse> answersThatRepeatEverything() {
    String all = MockCloud.CLIENT_ID + ":" + MockCloud.CLIENT_SECRET + " " + TOKEN;
    return Stream.of(400, 401, 403, 404, 409, 500, 502, 200, 302)
        .flatMap(
            status ->
                Stream.of(
                    MockCloud.json(status, Payloads.error("ECHO " + all, "You sent " + all)),
                    MockCloud.json(status, "{\"status\": {\"" + all + "\": 1}, \"id\": \"a\"}"),
                    MockCloud.json(status, "<html>" + all + "</html>"),
                    MockCloud.json(status, all)));
  }

  @ParameterizedTest
  @MethodSource("answersThatRepeatEverything")
  void inTheAnswerToACall(MockResponse answer) {
    for (int i = 0; i < 2; i++) {
      cloud.enqueue(answer).enqueueExchange(new MockResponse.Builder().body(TOKEN).build());
    }
    try (TypeDBCloudClient client = cloud.client().build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      assertNoSecret(
          TOKEN, catchThrowable(() -> clusters.deploy(Fixtures.freeCluster("a").build())));
      assertThat(client + " " + clusters).doesNotContain(MockCloud.CLIENT_SECRET);
    }
  }

  @ParameterizedTest
  @MethodSource("answersThatRepeatEverything")
  void inTheAnswerToAnExchange(MockResponse answer) {
    cloud.enqueueExchange(answer);
    try (TypeDBCloudClient client = cloud.client().build()) {
      assertNoSecret(
          MockCloud.CLIENT_SECRET, catchThrowable(() -> client.clusters(Fixtures.PROJECT).list()));
    }
  }

  @Test
  void inABuilder() {
    assertThat(cloud.client().toString()).doesNotContain(MockCloud.CLIENT_SECRET);
  }

  /** Walks all causes and suppressed exceptions. */
  private static void assertNoSecret(String sent, Throwable failure) {
    assertThat(failure).isNotNull();
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).doesNotContain(sent);
  }
}
