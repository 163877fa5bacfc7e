package io.github.typedbcloud.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.validation.Validation;
import java.util.Map;
import java.util.TreeMap;
import mockwebserver3.RecordedRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What arrives at the server, to the byte, for every operation of both API versions. */
class OperationRequestTest {

  private static final String USER_AGENT =
      "typedb-cloud-client-java/\\d+\\.\\d+\\.\\d+.* \\(Java \\d+\\)";

  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client = cloud.client().build();

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  @ParameterizedTest
  @EnumSource
  void operation_isSentAsDocumented(ApiCall call) {
    cloud.enqueue(200, call.response());

    call.on(client);

    assertThat(cloud.calls()).hasSize(1);
    RecordedRequest sent = cloud.calls().get(0);
    assertThat(sent.getRequestLine()).isEqualTo(call.requestLine() + " HTTP/1.1");
    assertThat(body(sent)).isEqualTo(call.requestBody());
    Map<String, String> expected = new TreeMap<>();
    expected.put("Authorization", "Bearer token-1");
    expected.put("Accept", "application/json");
    if (!call.isRead()) {
      expected.put("Content-Length", String.valueOf(call.requestBody().length()));
    }
    if (!call.requestBody().isEmpty()) {
      expected.put("Content-Type", "application/json");
    }
    assertThat(headersOfOurs(sent)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void credentials_areSentRaw(ApiCall call) {
    cloud.enqueue(200, call.response());

    call.on(client);

    assertThat(cloud.exchanges()).hasSize(1);
    RecordedRequest sent = cloud.exchanges().get(0);
    assertThat(sent.getRequestLine()).isEqualTo("POST " + call.authPath() + " HTTP/1.1");
    assertThat(body(sent)).isEmpty();
    assertThat(headersOfOurs(sent))
        .isEqualTo(
            Map.of(
                "Authorization",
                "Basic the-client-id:the-client-secret",
                "Accept",
                "text/plain, application/json",
                "Content-Length",
                "0"));
  }

  @ParameterizedTest
  @CsvSource({
    "project, gcp, europe-west2, c2d-highcpu-4, standard-rwo",
    "project, aws, eu-west-2,    c7g.xlarge,    gp2",
    "space,   gcp, europe-west2, c2d-highcpu-4, standard-rwo",
    "space,   aws, eu-west-2,    c7g.xlarge,    gp2-csi"
  })
  void storageType_unset_isDefault(
      String apiVersion, String provider, String region, String machineType, String storageType) {
    cloud.enqueue(200, ApiCall.PROJECT_DEPLOY.response());

    clusters(apiVersion)
        .deploy(
            Fixtures.paidCluster("api-cluster")
                .provider(Provider.of(provider))
                .region(region)
                .machineType(machineType)
                .build());

    assertThat(body(cloud.calls().get(0)))
        .contains("\"storageType\":\"" + storageType + "\"")
        .contains("\"provider\":\"" + provider + "\"");
  }

  @Test
  void storageType_set_isSent() {
    cloud.enqueue(200, ApiCall.PROJECT_DEPLOY.response());
    DeployClusterRequest request =
        Fixtures.freeCluster("api-cluster").storageType("standard-rwo").build();

    clusters("project").deploy(request);

    assertThat(body(cloud.calls().get(0))).isEqualTo(ApiCall.PROJECT_DEPLOY.requestBody());
  }

  @Test
  void update_onlySetFields_areSent() {
    cloud.enqueue(200, Payloads.clusterWithId("a"));

    clusters("space").update("a", UpdateClusterRequest.builder().storageSizeGB(11).build());

    assertThat(body(cloud.calls().get(0))).isEqualTo("{\"storageSizeGB\":11}");
  }

  @Test
  void text_nonAscii_isUtf8() {
    cloud.enqueue(200, Payloads.clusterWithId("ä\"日"));
    try (TypeDBCloudClient lenient = cloud.client().validation(Validation.OFF).build()) {
      lenient.clusters(Fixtures.PROJECT).deploy(Fixtures.freeCluster("ä\"日").build());
    }

    assertThat(body(cloud.calls().get(0))).startsWith("{\"id\":\"ä\\\"日\",");
    assertThat(cloud.calls().get(0).getHeaders().get("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void spaceOperations_inProject_areRejected() {
    ClustersApi projects = clusters("project");

    assertNamesSpaces(() -> projects.update("a", UpdateClusterRequest.builder().build()));
    assertNamesSpaces(() -> projects.clone("a", "b"));
    assertNamesSpaces(projects::versions);

    assertThat(cloud.calls()).isEmpty();
    assertThat(cloud.exchanges()).isEmpty();
  }

  @Test
  void token_eachVersion_hasItsOwn() {
    cloud.enqueue(200, "[]").enqueue(200, "[]").enqueue(200, "[]");

    clusters("project").list();
    clusters("space").list();
    clusters("project").list();

    assertThat(cloud.exchanges())
        .extracting(RecordedRequest::getTarget)
        .containsExactly("/api/auth", "/api/v1/auth");
    assertThat(cloud.calls())
        .extracting(sent -> sent.getHeaders().get("Authorization"))
        .containsExactly("Bearer token-1", "Bearer token-2", "Bearer token-1");
  }

  private ClustersApi clusters(String apiVersion) {
    Scope scope = apiVersion.equals("project") ? Fixtures.PROJECT : Fixtures.SPACE;
    return client.clusters(scope);
  }

  private static void assertNamesSpaces(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Scope.space(team, space)")
        .hasMessageContaining("project new-org/default");
  }

  private static String body(RecordedRequest request) {
    return request.getBody() == null ? "" : request.getBody().utf8();
  }

  /** All headers but those of the connection and the user agent, which are checked here. */
  private static Map<String, String> headersOfOurs(RecordedRequest request) {
    Map<String, String> headers = new TreeMap<>();
    request
        .getHeaders()
        .forEach(
            header ->
                assertThat(headers.put(header.getFirst(), header.getSecond()))
                    .as("the second %s", header.getFirst())
                    .isNull());
    assertThat(headers.remove("User-Agent")).matches(USER_AGENT);
    assertThat(headers.remove("Host")).startsWith("127.0.0.1:");
    assertThat(headers.remove("Connection")).isEqualTo("Keep-Alive");
    assertThat(headers.remove("Accept-Encoding")).contains("gzip");
    return headers;
  }
}
