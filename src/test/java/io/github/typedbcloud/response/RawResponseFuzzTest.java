package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.support.ArbitraryResponses;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.support.RawRequest;
import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import okhttp3.ConnectionPool;

/** Whatever comes out of the socket, HTTP or not, an operation ends in time and in our way. */
class RawResponseFuzzTest {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final String TOKEN =
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\ntoken";

  private final ConnectionPool pool = new ConnectionPool(0, 1, TimeUnit.SECONDS);
  private ServerSocket server;
  private TypeDBCloudClient client;
  private volatile byte[] response = {};

  @BeforeProperty
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "raw-server");
    thread.setDaemon(true);
    thread.start();
    client =
        TypeDBCloudClient.builder()
            .baseUrl("http://127.0.0.1:" + server.getLocalPort())
            .credentials("id", "the-secret")
            .timeSource(new ManualTime())
            .requestTimeout(DEADLINE)
            .maxAttempts(1)
            .customizeHttpClient(http -> http.connectionPool(pool))
            .build();
  }

  @AfterProperty
  void close() throws IOException {
    client.close();
    server.close();
    pool.evictAll();
    assertThat(pool.connectionCount()).isZero();
  }

  @Provide
  Arbitrary<byte[]> responses() {
    String cluster = Payloads.SPACE_CLUSTER;
    return Arbitraries.oneOf(
        ArbitraryResponses.bytes(300),
        ArbitraryResponses.broken(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + cluster.length()
                + "\r\n\r\n"
                + cluster,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n[]",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3600\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n"));
  }

  @Property
  void read_anyBytes_failsCleanly(@ForAll("responses") byte[] bytes) {
    response = bytes;
    endsAsDocumented(clusters -> clusters.get("api-cluster"));
  }

  @Property
  void write_anyBytes_failsCleanly(@ForAll("responses") byte[] bytes) {
    response = bytes;
    endsAsDocumented(clusters -> clusters.suspend("api-cluster"));
  }

  private void endsAsDocumented(Consumer<ClustersApi> call) {
    long begun = System.nanoTime();
    try {
      call.accept(client.clusters(Fixtures.SPACE));
    } catch (TypeDBCloudException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("the-secret");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DEADLINE.plusSeconds(5));
  }

  /** One connection after the other: the head of a request, a response, the end. */
  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        boolean exchange = RawRequest.read(socket.getInputStream()).contains("/auth");
        socket
            .getOutputStream()
            .write(exchange ? TOKEN.getBytes(StandardCharsets.US_ASCII) : response);
      } catch (IOException e) {
        // The client hung up, or the server is closed.
      }
    }
  }
}
