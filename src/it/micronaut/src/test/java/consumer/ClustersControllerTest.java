package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
class ClustersControllerTest {

  @Inject ClustersApi clusters;

  @Inject
  @Client("/")
  HttpClient http;

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/map"})
  void get_afterDeploy_returnsTheJsonOfTheCluster(String path) throws Exception {
    Cluster deployed =
        clusters
            .find("a")
            .orElseGet(
                () ->
                    clusters.deploy(
                        DeployClusterRequest.builder()
                            .id("a")
                            .provider(Provider.GCP)
                            .region("europe-west2")
                            .machineType("c2d-highcpu-4")
                            .version("3.0.6")
                            .build()));

    byte[] body = http.toBlocking().retrieve(HttpRequest.GET("/clusters/" + path), byte[].class);

    Cluster cluster = Cluster.fromJson(body);
    assertEquals(deployed.createdAt(), cluster.createdAt());
    assertEquals("3.0.6", cluster.version());
  }
}
