package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server sends on an idle connection is not the response to the next request. */
class EarlyDataTest {

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private ServerSocket server;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    thread(
        () -> {
          while (true) {
            Socket connection = server.accept();
            connections.add(connection);
            thread(() -> serve(connection));
          }
        });
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "0\r\n\r\n"
      })
  void connection_dataBeforeRequest_isLeft(String early) throws IOException {
    try (TypeDBCloudClient client =
        TypeDBCloudClient.builder()
            .baseUrl("http://127.0.0.1:" + server.getLocalPort())
            .credentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET)
            .build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      clusters.get("a");
      assertThat(connections).hasSize(1);
      send(connections.get(0), early);

      assertThat(clusters.suspend("a").id()).isEqualTo("a");
    }
    assertThat(requests).hasSize(3);
    assertThat(connections).hasSize(2);
  }

  private void serve(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      requests.add(line);
      while (!line.isEmpty()) {
        line = in.readLine();
      }
      boolean isExchange = requests.get(requests.size() - 1).contains("/auth");
      String body = isExchange ? "token" : Payloads.clusterWithId("a");
      send(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }
  }

  private static void send(Socket connection, String text) throws IOException {
    OutputStream out = connection.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Code that may fail when the test ends. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private void thread(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                if (!server.isClosed()) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
