package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ClustersResourceTest {

  @Inject ClustersApi clusters;

  @TestHTTPResource("/clusters/a")
  URI resource;

  @Test
  void get_afterDeploy_returnsTheJsonOfTheCluster() throws Exception {
    clusters.deploy(
        DeployClusterRequest.builder()
            .id("a")
            .provider(Provider.GCP)
            .region("europe-west2")
            .machineType("c2d-highcpu-4")
            .version("3.0.6")
            .build());

    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(resource).build(), HttpResponse.BodyHandlers.ofByteArray());

    assertEquals(200, response.statusCode(), () -> new String(response.body()));
    Cluster cluster = Cluster.fromJson(response.body());
    assertEquals(clusters.get("a").createdAt(), cluster.createdAt());
    assertEquals("3.0.6", cluster.version());
  }
}
