package clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Nothing listens on the URL: the application starts, and its health is down. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "typedb.cloud.url=http://127.0.0.1:1",
      "typedb.cloud.client-id=an-id",
      "typedb.cloud.client-secret=a-secret-of-the-test"
    })
class ServiceDownTest {

  @Test
  void health_serviceUnavailable_isDown(@Value("${local.server.port}") int port) throws Exception {
    HttpResponse<String> down =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health"))
                    .build(),
                BodyHandlers.ofString());

    assertThat(down.statusCode()).isEqualTo(503);
    assertThat(down.body())
        .contains("\"typeDBCloud\":{", "ConnectException (Failed to connect to /127.0.0.1:1)")
        .doesNotContain("a-secret-of-the-test");
  }
}
