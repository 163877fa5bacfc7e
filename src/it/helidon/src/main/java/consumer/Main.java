package consumer;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.helidon.webserver.WebServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Fails unless a server can return a cluster, or the client says which version is needed. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    String expected = arguments[0];
    String result = "works";
    try {
      deploy();
    } catch (IllegalStateException e) {
      result = e.getMessage();
    }
    System.out.println(result);
    if (!result.replace(' ', ':').contains(expected)) {
      throw new IllegalStateException("Expected: " + expected + ", but it was: " + result);
    }
  }

  private static void deploy() throws Exception {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start();
        TypeDBCloudClient cloud =
            TypeDBCloudClient.builder()
                .baseUrl(simulator.url())
                .credentials(simulator.clientId(), simulator.clientSecret())
                .build()) {
      ClustersApi clusters = cloud.clusters(Scope.space("my-team", "default"));
      WebServer server =
          WebServer.builder()
              .port(0)
              .routing(
                  routing ->
                      routing.get(
                          "/clusters/{id}",
                          (request, response) ->
                              response.send(
                                  clusters.get(request.path().pathParameters().get("id")))))
              .build()
              .start();
      try {
        Cluster deployed =
            clusters.deploy(
                DeployClusterRequest.builder()
                    .id("a")
                    .provider(Provider.GCP)
                    .region("europe-west2")
                    .machineType("c2d-highcpu-4")
                    .version("3.0.6")
                    .build());
        Cluster cluster =
            Cluster.fromJson(get("http://localhost:" + server.port() + "/clusters/a"));
        if (!cluster.createdAt().equals(deployed.createdAt())) {
          throw new AssertionError("The cluster is not the one that was deployed: " + cluster);
        }
      } finally {
        server.stop();
      }
    }
  }

  private static byte[] get(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
  }
}
