package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator's HTTP, byte by byte, as clients in any language may speak it. */
class HttpProtocolTest {

  private final ManualTime time = new ManualTime(Instant.parse("2031-03-02T04:05:06.789Z"));
  private final TypeDBCloudSimulator simulator = TypeDBCloudSimulator.builder().time(time).start();
  private final String bearer = "Authorization: Bearer " + Caller.token(simulator);
  private final String list = Caller.PROJECT + "/clusters";
  private final String deploy = Caller.PROJECT + "/clusters/deploy";

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void response_exactBytes() throws IOException {
    try (RawConnection raw = new RawConnection(simulator)) {
      assertThat(raw.request("GET", list, bearer).response())
          .isEqualTo(
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\n"
                  + "Date: Sun, 02 Mar 2031 04:05:06 GMT\r\n\r\n[]");
    }
  }

  @Test
  void dateAndCreatedAt_shareOneClock() throws IOException {
    String created = Bodies.paid("a");
    time.advance(Duration.ofDays(400));
    try (RawConnection raw = new RawConnection(simulator)) {
      String token = Caller.token(simulator);
      raw.send(
          "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: %s\r\n\r\n%s"
              .formatted(deploy, token, created.length(), created));
      assertThat(raw.response())
          .contains("\r\nDate: Mon, 05 Apr 2032 04:05:06 GMT\r\n")
          .contains("\"createdAt\":" + Instant.parse("2032-04-05T04:05:06.789Z").toEpochMilli());
    }
  }

  @Test
  void connection_keptAlive_unlessClosed() throws IOException {
    try (RawConnection raw = new RawConnection(simulator)) {
      raw.request("GET", list, bearer).response();
      raw.request("GET", list, bearer).response();
      raw.request("GET", list, bearer, "Connection: foo, Close");
      assertThat(raw.rest()).startsWith("HTTP/1.1 200 OK\r\nConnection: close\r\n").endsWith("[]");
    }
  }

  @Test
  void http10_keptAlive_onlyOnRequest() throws IOException {
    try (RawConnection raw = new RawConnection(simulator)) {
      raw.send("GET " + list + " HTTP/1.0\r\nConnection: keep-alive\r\n" + bearer + "\r\n\r\n");
      assertThat(raw.response()).contains("\r\nConnection: keep-alive\r\n").endsWith("[]");
      raw.send("GET " + list + " HTTP/1.0\r\n" + bearer + "\r\n\r\n");
      assertThat(raw.rest()).contains("\r\nConnection: close\r\n").endsWith("[]");
    }
  }

  @Test
  void pipelined_requests_areInOrder() throws IOException {
    try (RawConnection raw = new RawConnection(simulator)) {
      String body = Bodies.paid("a");
      raw.send(
          "POST %s HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Length: %s\r\n\r\n%s"
                  .formatted(deploy, bearer, body.length(), body)
              + "GET %s/a HTTP/1.1\nhost: x\n%s\n\n".formatted(list, bearer)
              + "\r\nHEAD %s HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n".formatted(list, bearer)
              + "GET http://cloud%s?x=%%20y HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n"
                  .formatted(list, bearer));
      assertThat(raw.response()).contains("200 OK").contains("\"id\":\"a\"");
      assertThat(raw.response()).contains("200 OK").contains("\"id\":\"a\"");
      assertThat(raw.head()).contains("200 OK");
      assertThat(raw.response()).contains("200 OK").contains("[{\"id\":\"a\"");
    }
  }

  @Test
  void chunkedBody_isRead() throws IOException {
    String body = Bodies.paid("a");
    String first = body.substring(0, 20);
    String second = body.substring(20);
    try (RawConnection raw = new RawConnection(simulator)) {
      raw.request("POST", deploy, bearer, "Transfer-Encoding: Chunked")
          .send("14;name=value\r\n" + first + "\r\n")
          .send("%X\r\n%s\r\n0\r\nTrailer: x\r\n\r\n".formatted(second.length(), second));
      assertThat(raw.response()).contains("200 OK").contains("\"id\":\"a\"");
      assertThat(raw.request("GET", list, bearer).response()).contains("200 OK");
    }
  }

  @Test
  void expectContinue_isConfirmed() throws IOException {
    String body = Bodies.paid("a");
    try (RawConnection raw = new RawConnection(simulator)) {
      String length = "Content-Length: " + body.length();
      raw.request("POST", deploy, bearer, length, "Expect: 100-continue");
      assertThat(raw.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(raw.send(body).response()).contains("200 OK").contains("\"id\":\"a\"");
    }
    try (RawConnection raw = new RawConnection(simulator)) {
      raw.request("POST", deploy, bearer, "Content-Length: 1048577", "Expect: 100-continue");
      assertThat(raw.endOutput().rest()).startsWith("HTTP/1.1 413 Content Too Large\r\n");
    }
  }

  @Test
  void chunkedBody_tooManyChunks_isRejected() throws IOException {
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    try (RawConnection raw = new RawConnection(simulator)) {
      raw.request("POST", deploy, bearer, "Transfer-Encoding: chunked");
      raw.send(chunk.repeat(17) + "0\r\n\r\n").endOutput();
      assertThat(raw.rest()).startsWith("HTTP/1.1 413 Content Too Large\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense                                                               | 400
          GET /api                                                               | 400
          GET api/auth HTTP/1.1~Host: x                                          | 400
          GET /%4 HTTP/1.1~Host: x                                               | 400
          GET /a b HTTP/1.1~Host: x                                              | 400
          GET / HTTP/1.1                                                         | 400
          GET / HTTP/1.1~Host: x~Host: y                                         | 400
          GET / HTTP/1.1~Host: x~no colon                                        | 400
          GET / HTTP/1.1~Host: x~Space : a                                       | 400
          GET / HTTP/1.1~Host: x~A: b~ folded                                    | 400
          POST / HTTP/1.1~Host: x~Content-Length: -1                             | 400
          POST / HTTP/1.1~Host: x~Content-Length: ten                            | 400
          POST / HTTP/1.1~Host: x~Content-Length: 1~Content-Length: 2            | 400
          POST / HTTP/1.1~Host: x~Content-Length: 1~Transfer-Encoding: chunked   | 400
          POST / HTTP/1.1~Host: x~Transfer-Encoding: chunked~~xyz                | 400
          POST / HTTP/1.1~Host: x~Transfer-Encoding: chunked~~1~abc              | 400
          POST / HTTP/1.1~Host: x~Transfer-Encoding: gzip                        | 501
          POST / HTTP/1.1~Host: x~Content-Length: 99999999999999999999~Expect: 100-continue | 413
          PRI * HTTP/2.0                                                         | 505
          """)
  void notHttp_isRejected_connectionCloses(String request, int status) throws IOException {
    try (RawConnection raw = new RawConnection(simulator)) {
      raw.send(request.replace("~", "\r\n") + "\r\n\r\n").endOutput();
      assertThat(raw.rest())
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("\r\nConnection: close\r\n")
          .contains("\"message\":");
    }
    assertThat(Caller.project(simulator).list().status()).isEqualTo(200);
  }

  @Test
  void header_tooLarge_isRejected() throws IOException {
    try (RawConnection raw = new RawConnection(simulator)) {
      raw.request("GET", list, bearer, "X: " + "y".repeat(60_000));
      assertThat(raw.response()).contains("200 OK");
      raw.request("GET", list, bearer, "X: " + "y".repeat(200_000)).endOutput();
      assertThat(raw.rest()).startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n");
    }
    try (RawConnection raw = new RawConnection(simulator)) {
      raw.request("GET", list, ("X: " + "y".repeat(90) + "\r\n").repeat(1000)).endOutput();
      assertThat(raw.rest()).startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n");
    }
  }
}
