package clusters;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.junit.SimulatorExtension;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The application over HTTP, with a simulator instead of TypeDB Cloud. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ClustersApplicationTest {

  @RegisterExtension
  static final SimulatorExtension CLOUD =
      SimulatorExtension.start(TypeDBCloudSimulator.builder().space("acme", "production"));

  private static final String REQUEST =
      "{\"id\":\"a\",\"provider\":\"gcp\",\"region\":\"europe-west2\","
          + "\"machineType\":\"c2d-highcpu-4\",\"version\":\"3.0.6\"}";

  @Value("${local.server.port}")
  private int port;

  @DynamicPropertySource
  static void useSimulator(DynamicPropertyRegistry registry) {
    registry.add("typedb.cloud.url", CLOUD.simulator()::url);
    registry.add("typedb.cloud.client-id", CLOUD.simulator()::clientId);
    registry.add("typedb.cloud.client-secret", CLOUD.simulator()::clientSecret);
    registry.add("typedb.cloud.team", CLOUD.simulator()::team);
    registry.add("typedb.cloud.space", CLOUD.simulator()::space);
  }

  @Test
  void controller_clusters_haveFieldsOfTheApi() throws Exception {
    HttpResponse<String> deployed = send("POST", "/clusters", REQUEST);
    assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(202);
    assertThat(deployed.body())
        .contains("\"id\":\"a\"", "\"status\":\"starting\"", "\"teamID\":\"acme\"");

    assertThat(send("GET", "/clusters/a", null).body()).contains("\"storageSizeGB\":10");
    assertThat(send("GET", "/clusters", null).body()).startsWith("[{").endsWith("}]");
    assertThat(send("POST", "/clusters", REQUEST).statusCode()).isEqualTo(409);
    assertThat(send("POST", "/clusters", REQUEST.replace("gcp", "ibm")).body())
        .contains("is invalid and was not sent");
    assertThat(send("GET", "/clusters/nothing", null).statusCode()).isEqualTo(404);
    assertThat(send("DELETE", "/clusters/a", null).statusCode()).isEqualTo(202);
  }

  @Test
  void health_manyProbes_listOnce() throws Exception {
    send("GET", "/clusters", null); // so that the probe needs no token exchange
    CLOUD.simulator().clearReceived();
    HttpResponse<String> up = send("GET", "/actuator/health", null);
    assertThat(up.statusCode()).as(up.body()).isEqualTo(200);
    assertThat(up.body()).contains("\"typeDBCloud\":{").contains("\"clusters\":");
    send("GET", "/actuator/health", null);
    assertThat(CLOUD.simulator().receivedCount(Operation.LIST)).isLessThanOrEqualTo(1);
  }

  @Test
  void metrics_ofCalls_areRecorded() throws Exception {
    send("GET", "/clusters", null);
    assertThat(send("GET", "/actuator/metrics/typedb.cloud.calls", null).body())
        .contains("\"measurements\"", "typedb-cloud");
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
