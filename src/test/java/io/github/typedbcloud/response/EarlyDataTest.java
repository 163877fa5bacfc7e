package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.support.RawRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server sends before a request is not the response to it. */
class EarlyDataTest {

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private ServerSocket server;

  private final AtomicBoolean isEarlyDataDue = new AtomicBoolean();
  private volatile String status = "starting";

  /** What the server sends behind each response. */
  private volatile String leftOver = "";

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

  /** In a packet of its own, after the response was read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "0\r\n\r\n"
      })
  void connection_dataBeforeWrite_isSentOnAnother(String early) throws IOException {
    try (TypeDBCloudClient client = client()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      clusters.get("a");
      assertThat(connections).hasSize(1);
      send(connections.get(0), early);
      isEarlyDataDue.set(true);
      status = "suspending";

      assertThat(clusters.suspend("a").status()).isEqualTo(ClusterStatus.SUSPENDING);
    }
    assertThat(requests).hasSize(3).last().asString().contains("/suspend ");
    assertThat(connections).hasSize(2);
  }

  /** In the packet of the response before. */
  @Test
  void connection_secondResponseBeforeRead_isNotItsResponse() {
    try (TypeDBCloudClient client = client()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      getWithResponseLeftOver(clusters);

      assertThat(clusters.get("a").status()).isEqualTo(ClusterStatus.SUSPENDING);
    }
    assertThat(connections).hasSize(2);
  }

  @Test
  void connection_secondResponseBeforeWrite_isNotItsResponse() {
    try (TypeDBCloudClient client = client()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      getWithResponseLeftOver(clusters);

      assertThat(clusters.suspend("a").status()).isEqualTo(ClusterStatus.SUSPENDING);
    }
    assertThat(requests).filteredOn(request -> request.contains("/suspend")).hasSize(1);
    assertThat(requests).as("it was verified").last().asString().startsWith("GET ");
  }

  /** Then the cluster is suspending, which the response that is left over does not show. */
  private void getWithResponseLeftOver(ClustersApi clusters) {
    clusters.get("a");
    leftOver = cluster("left-over");
    clusters.get("a");
    leftOver = "";
    status = "suspending";
  }

  private TypeDBCloudClient client() {
    return TypeDBCloudClient.builder()
        .baseUrl("http://127.0.0.1:" + server.getLocalPort())
        .credentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET)
        .customizeHttpClient(http -> http.addNetworkInterceptor(this::awaitEarlyData))
        .build();
  }

  /** The packet may be on its way yet. */
  private Response awaitEarlyData(Interceptor.Chain chain) throws IOException {
    if (isEarlyDataDue.getAndSet(false)) {
      InputStream in = Objects.requireNonNull(chain.connection()).socket().getInputStream();
      while (in.available() == 0) {
        Thread.onSpinWait();
      }
    }
    return chain.proceed(chain.request());
  }

  private void serve(Socket connection) throws IOException {
    try {
      while (true) {
        String request = RawRequest.read(connection.getInputStream()).lines().iterator().next();
        requests.add(request);
        String response = request.contains("/auth") ? response("token") : cluster(status);
        send(connection, response + leftOver);
      }
    } catch (EOFException e) {
      // The client closed it.
    }
  }

  private static String cluster(String status) {
    return response(Payloads.clusterWithId("a").replace("starting", status));
  }

  private static String response(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
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
