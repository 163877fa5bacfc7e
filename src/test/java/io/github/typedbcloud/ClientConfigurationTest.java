package io.github.typedbcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a builder takes and refuses, and what the client makes of it. */
final class ClientConfigurationTest {

  private final MockCloud cloud = new MockCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://cloud.typedb.com",
        "https://cloud.typedb.com/",
        "HTTPS://proxy.example:8443/typedb/",
        "http://127.0.0.1:8080",
        "http://127.5.5.5",
        "http://localhost:1",
        "http://[::1]:8080",
      })
  void takesHttpsAndTheLoopback(String url) {
    assertThat(TypeDBCloudClient.builder().baseUrl(url)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com, in the clear to example.com",
    "http://127.0.0.1.example.com, in the clear",
    "http://localhost.example.com, in the clear",
    "http://10.0.0.1, in the clear",
    "ftp://cloud.typedb.com, must look like",
    "cloud.typedb.com, must look like",
    "https://, not a URL",
    "'', must look like",
    "https://user:hunter2@cloud.typedb.com, must not hold credentials",
    "https://cloud.typedb.com?a=b, query",
    "https://cloud.typedb.com#a, fragment",
    "https://cloud typedb.com, not a URL",
  })
  void refusesOtherBaseUrls(String url, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TypeDBCloudClient.builder().baseUrl(url))
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
  }

  @Test
  void appendsThePathsOfTheApiToThatOfTheBaseUrl() {
    cloud.enqueue(200, "[]");
    try (TypeDBCloudClient client =
        cloud.client().baseUrl(cloud.url() + "/behind/a/proxy//").build()) {
      client.clusters(Fixtures.PROJECT).list();
    }
    assertThat(cloud.exchanges().get(0).getUrl().encodedPath())
        .isEqualTo("/behind/a/proxy/api/auth");
    assertThat(cloud.calls().get(0).getUrl().encodedPath())
        .isEqualTo("/behind/a/proxy/api/org/new-org/projects/default/clusters");
  }

  @ParameterizedTest
  @CsvSource({
    "'', secret, client ID is empty",
    "id, '', client secret is empty",
    "i:d, secret, colon",
    "id, 'hunter2\n', white space",
    "id, ' hunter2', white space",
    "id, hünter2, ASCII",
    "'i d', hunter2, white space",
  })
  void refusesCredentialsThatNoHeaderCanCarryAndRepeatsNeither(
      String id, String secret, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TypeDBCloudClient.builder().credentials(id, secret))
        .withMessageContaining(why)
        .satisfies(
            e -> assertThat(e.toString()).doesNotContain("hunter2").doesNotContain("hünter2"));
  }

  @Test
  void readsTheEnvironment() {
    cloud.enqueue(200, "[]");
    Map<String, String> environment =
        Map.of(
            "TYPEDB_CLOUD_CLIENT_ID", "env-id",
            "TYPEDB_CLOUD_CLIENT_SECRET", "env-secret",
            "TYPEDB_CLOUD_URL", cloud.url());
    try (TypeDBCloudClient client = TypeDBCloudClient.builder().fromEnv(environment).build()) {
      client.clusters(Fixtures.SPACE).list();
    }
    assertThat(cloud.exchanges().get(0).getHeaders().get("Authorization"))
        .isEqualTo("Basic env-id:env-secret");
  }

  @Test
  void namesTheVariablesThatTheEnvironmentLacks() {
    assertThatIllegalStateException()
        .isThrownBy(() -> TypeDBCloudClient.builder().fromEnv(Map.of()))
        .withMessageContaining("TYPEDB_CLOUD_CLIENT_ID and TYPEDB_CLOUD_CLIENT_SECRET");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                TypeDBCloudClient.builder()
                    .fromEnv(
                        Map.of("TYPEDB_CLOUD_CLIENT_ID", "a", "TYPEDB_CLOUD_CLIENT_SECRET", "")))
        .withMessageContaining("does not set TYPEDB_CLOUD_CLIENT_SECRET;");
  }

  @Test
  void needsCredentialsAndPositiveLimits() {
    assertThatIllegalStateException()
        .isThrownBy(() -> TypeDBCloudClient.builder().build())
        .withMessageContaining("credentials(id, secret)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TypeDBCloudClient.builder().requestTimeout(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TypeDBCloudClient.builder().maxResponseBytes(0));
  }

  @Test
  void oneTimeoutCoversTheExchangeAndTheCall() {
    cloud.enqueueExchange(
        new MockResponse.Builder().body("token").headersDelay(1, TimeUnit.HOURS).build());
    try (TypeDBCloudClient client = cloud.client().requestTimeout(Duration.ofMillis(200)).build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      assertThatExceptionOfType(TransportException.class)
          .isThrownBy(clusters::list)
          .withMessageContaining("token exchange");
    }
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void readsAnAnswerOfExactlyTheLimitAndNoLarger() {
    cloud.enqueue(200, "[" + " ".repeat(98) + "]").enqueue(200, "[" + " ".repeat(99) + "]");
    try (TypeDBCloudClient client = cloud.client().maxResponseBytes(100).build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      assertThat(clusters.list()).isEmpty();
      assertThatExceptionOfType(UnreadableResponseException.class)
          .isThrownBy(clusters::list)
          .withMessageContaining("larger than 100 bytes");
    }
  }

  @Test
  void aCustomiserSeesEveryCall() {
    cloud.enqueue(200, "[]");
    AtomicInteger seen = new AtomicInteger();
    try (TypeDBCloudClient client =
        cloud
            .client()
            .customizeHttpClient(
                builder ->
                    builder.addInterceptor(
                        chain -> {
                          seen.incrementAndGet();
                          return chain.proceed(chain.request());
                        }))
            .build()) {
      client.clusters(Fixtures.PROJECT).list();
    }
    assertThat(seen).hasValue(2);
  }

  @Test
  void aClientOfTheUsersIsUsedAndStaysOpenAndRedirectsStayOff() {
    cloud.enqueue(
        new MockResponse.Builder().code(302).setHeader("Location", cloud.url() + "/else").build());
    ConnectionPool pool = new ConnectionPool();
    OkHttpClient users =
        new OkHttpClient.Builder().connectionPool(pool).followRedirects(true).build();
    TypeDBCloudClient client = cloud.client().httpClient(users).build();
    ClustersApi clusters = client.clusters(Fixtures.PROJECT);

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(clusters::list)
        .satisfies(e -> assertThat(e.status()).isEqualTo(302))
        .withMessageContaining("Redirects are not followed");
    client.close();

    assertThat(cloud.calls()).hasSize(1);
    assertThat(pool.idleConnectionCount()).isEqualTo(1);
    assertThat(users.dispatcher().executorService().isShutdown()).isFalse();
    pool.evictAll();
    users.dispatcher().executorService().shutdown();
  }
}
