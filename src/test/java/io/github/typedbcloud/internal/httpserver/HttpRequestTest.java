package io.github.typedbcloud.internal.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of a request, as handlers get them. */
final class HttpRequestTest {

  /** Responds with a description of the request. */
  private static final HttpServer.Handler DESCRIBE =
      new HttpServer.Handler() {
        @Override
        public HttpResponse handle(HttpRequest request, Connection connection) {
          return HttpResponse.of(200)
              .json(
                  "%s|%s|%s|%s"
                      .formatted(
                          request.path(),
                          request.query(),
                          request.contentType(),
                          request.header("x-test")));
        }

        @Override
        public HttpResponse reject(BadHttpRequestException problem) {
          return HttpResponse.of(problem.status());
        }
      };

  private static String describe(String target, String headers) throws IOException {
    try (HttpServer server =
            new HttpServer("test", "localhost", 0, null, TimeSource.system(), DESCRIBE);
        Socket socket =
            new Socket(
                InetAddress.getLoopbackAddress(), URI.create(server.urls().get(0)).getPort())) {
      String request =
          "GET %s HTTP/1.1\r\nHost: x\r\n%sConnection: close\r\n\r\n".formatted(target, headers);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String response =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(response).startsWith("HTTP/1.1 200 OK\r\n");
      return response.substring(response.indexOf("\r\n\r\n") + 4);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/a /a|",
        "/a? /a|",
        "/a?b=c%20d&e=?/ /a|b=c%20d&e=?/",
        "/a?b#c /a|b",
        "/a#c?d /a|",
        "http://cloud /|",
        "http://cloud?b=c /|b=c",
        "HTTPS://cloud:443/a?b /a|b",
        "* *|"
      })
  void target_isSplitIntoPathAndQuery(String target, String pathAndQuery) throws IOException {
    assertThat(describe(target, "")).isEqualTo(pathAndQuery + "|null|null");
  }

  @Test
  void header_repeated_isFirst() throws IOException {
    assertThat(
            describe(
                "/", "content-type: text/plain\r\nX-Test:  1 \r\nx-test: 2\r\nContent-Type: b\r\n"))
        .isEqualTo("/||text/plain|1");
  }
}
