package io.github.typedbcloud.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.BackupConfiguration;
import io.github.typedbcloud.model.BackupFrequency;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.OpenApiDocument;
import io.github.typedbcloud.support.Payloads;
import java.util.Set;
import java.util.TreeSet;
import mockwebserver3.RecordedRequest;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of the client match the OpenAPI documents of the API. */
class ClientRequestsOpenApiTest {

  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client = cloud.client().build();

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  /** Fails when an operation is documented that the client does not send. */
  @ParameterizedTest
  @ValueSource(strings = {"projects", "spaces"})
  void operations_ofClient_areExactlyTheDocumentedOnes(String name) {
    OpenApiDocument document = OpenApiDocument.of(name);
    Set<String> sent = new TreeSet<>();
    for (ApiCall call : ApiCall.values()) {
      if (name.equals(documentOf(call.scope()))) {
        cloud.enqueue(200, call.response());
        call.on(client);
        sent.add(validated(document, cloud.calls().get(cloud.calls().size() - 1)));
      }
    }
    sent.add(validated(document, cloud.exchanges().get(0)));

    assertThat(sent).isEqualTo(document.operationIds());
  }

  @ParameterizedTest
  @CsvSource({
    "projects, gcp, europe-west2, c2d-highcpu-2, true",
    "projects, aws, eu-west-2, c7g.xlarge, false",
    "spaces, gcp, us-east1, c2d-highcpu-16, false",
    "spaces, aws, us-west-2, c8g.large, true"
  })
  void deploy_ofEachProvider_matchesDocument(
      String name, String provider, String region, String machineType, boolean free) {
    cloud.enqueue(200, Payloads.clusterWithId("a"));

    client
        .clusters(name.equals("projects") ? Fixtures.PROJECT : Fixtures.SPACE)
        .deploy(
            Fixtures.freeCluster("a")
                .provider(Provider.of(provider))
                .region(region)
                .machineType(machineType)
                .free(free)
                .build());

    assertThat(validated(OpenApiDocument.of(name), cloud.calls().get(0)))
        .isEqualTo("deployCluster");
  }

  @ParameterizedTest
  @CsvSource({"disabled,", "hourly, 7", "daily, 30", ", 7"})
  void backups_ofEachFrequency_matchDocument(
      @Nullable String frequency, @Nullable Integer retentionDays) {
    BackupConfiguration backup =
        new BackupConfiguration(
            frequency == null ? null : BackupFrequency.of(frequency), retentionDays);
    cloud.enqueue(200, Payloads.SPACE_CLUSTER);
    cloud.enqueue(200, Payloads.SPACE_CLUSTER);

    ClustersApi clusters = client.clusters(Fixtures.SPACE);
    clusters.deploy(Fixtures.paidCluster("api-cluster").backup(backup).build());
    clusters.update("api-cluster", UpdateClusterRequest.builder().backup(backup).build());

    OpenApiDocument spaces = OpenApiDocument.of("spaces");
    assertThat(cloud.calls())
        .extracting(call -> validated(spaces, call))
        .containsExactly("deployCluster", "updateCluster");
  }

  @Test
  void update_ofAllFields_matchesDocument() {
    // A rename reads the cluster first.
    cloud.enqueue(200, Payloads.SPACE_CLUSTER);
    cloud.enqueue(200, Payloads.SPACE_CLUSTER.replace("api-cluster", "renamed"));

    client
        .clusters(Fixtures.SPACE)
        .update(
            "api-cluster",
            UpdateClusterRequest.builder()
                .id("renamed")
                .storageSizeGB(1000)
                .machineType("c2d-highcpu-4")
                .backup(BackupConfiguration.of(BackupFrequency.DAILY))
                .version("latest")
                .build());

    OpenApiDocument spaces = OpenApiDocument.of("spaces");
    assertThat(cloud.calls())
        .extracting(call -> validated(spaces, call))
        .containsExactly("getCluster", "updateCluster");
  }

  private static String documentOf(Scope scope) {
    return scope instanceof Scope.Project ? "projects" : "spaces";
  }

  private static String validated(OpenApiDocument document, RecordedRequest sent) {
    String query = sent.getUrl().encodedQuery();
    String contentType = sent.getHeaders().get("Content-Type");
    ByteString body = sent.getBody();
    return document.validateRequest(
        sent.getMethod(),
        sent.getUrl().encodedPath(),
        query == null ? "" : query,
        contentType == null ? "" : contentType,
        body == null ? "" : body.utf8());
  }
}
