package io.github.typedbcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials given by hand and by the environment. */
class CredentialsTest {

  @Test
  void build_withoutCredentials_fails() {
    assertThatThrownBy(() -> TypeDBCloudClient.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("credentials(id, secret) or fromEnv()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\n", "\ta", "a\r\nX-Header: y", "ä", "a\u0000", "a\u007f"})
  void credentials_invalidHeaderText_isNotRepeated(String text) {
    TypeDBCloudClient.Builder builder = TypeDBCloudClient.builder();

    assertThatThrownBy(() -> builder.credentials(text, "secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The client ID contains white space")
        .hasMessageNotContaining("'" + text + "'");
    assertThatThrownBy(() -> builder.credentials("id", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The client secret contains white space")
        .hasMessageNotContaining("'" + text + "'");
  }

  @Test
  void credentials_emptyPart_isRejected() {
    TypeDBCloudClient.Builder builder = TypeDBCloudClient.builder();

    assertThatThrownBy(() -> builder.credentials("", "secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The client ID is empty.");
    assertThatThrownBy(() -> builder.credentials("id", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The client secret is empty.");
  }

  @Test
  void colon_inId_isRejected() {
    assertThatThrownBy(() -> TypeDBCloudClient.builder().credentials("id:x", "secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("colon");

    assertThat(headerOf(builder -> builder.credentials("id", "a:b=c/+\"\\")))
        .isEqualTo("Basic id:a:b=c/+\"\\");
  }

  @Test
  void environment_credentialsAndUrl_areUsed() {
    try (MockCloud cloud = new MockCloud()) {
      Map<String, String> environment =
          Map.of(
              "TYPEDB_CLOUD_URL", cloud.url(),
              "TYPEDB_CLOUD_CLIENT_ID", "env-id",
              "TYPEDB_CLOUD_CLIENT_SECRET", "env-secret");

      assertThat(headerOf(cloud, TypeDBCloudClient.builder().fromEnv(environment)))
          .isEqualTo("Basic env-id:env-secret");
    }
  }

  @Test
  void environment_withoutUrl_usesDefault() {
    Map<String, String> environment =
        Map.of(
            "TYPEDB_CLOUD_CLIENT_ID",
            "a",
            "TYPEDB_CLOUD_CLIENT_SECRET",
            "b",
            "TYPEDB_CLOUD_URL",
            "");

    try (TypeDBCloudClient client = TypeDBCloudClient.builder().fromEnv(environment).build()) {
      assertThat(client).hasToString("TypeDBCloudClient[https://cloud.typedb.com]");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', does not set TYPEDB_CLOUD_CLIENT_ID and TYPEDB_CLOUD_CLIENT_SECRET;",
    "a,  '', does not set TYPEDB_CLOUD_CLIENT_SECRET;",
    "'', b,  does not set TYPEDB_CLOUD_CLIENT_ID;"
  })
  void environment_missingVariables_areNamed(String id, String secret, String words) {
    Map<String, String> empty =
        Map.of("TYPEDB_CLOUD_CLIENT_ID", id, "TYPEDB_CLOUD_CLIENT_SECRET", secret);
    Map<String, String> absent = new HashMap<>(empty);
    absent.values().removeIf(String::isEmpty);

    for (Map<String, String> environment : List.of(empty, absent)) {
      assertThatThrownBy(() -> TypeDBCloudClient.builder().fromEnv(environment))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(words);
    }
  }

  private static String headerOf(UnaryOperator<TypeDBCloudClient.Builder> credentials) {
    try (MockCloud cloud = new MockCloud()) {
      return headerOf(cloud, credentials.apply(cloud.client()));
    }
  }

  private static String headerOf(MockCloud cloud, TypeDBCloudClient.Builder builder) {
    cloud.enqueue(200, "[]");
    try (TypeDBCloudClient client = builder.build()) {
      client.clusters(Fixtures.PROJECT).list();
    }
    return cloud.exchanges().get(0).getHeaders().get("Authorization");
  }
}
