package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.docs.Page;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TransportException.Reason;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.RawRequest;
import io.github.typedbcloud.support.SilentLog;
import io.github.typedbcloud.support.TestCertificates;
import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of failures without a response in the guide, checked for each failure at a server. */
final class TransportTableTest {

  /** Enough to see whether it is sent again. */
  private static final int ATTEMPTS = 2;

  private static final Instant PAST = Instant.parse("2001-01-01T00:00:00Z");
  private static final Instant YESTERYEAR = Instant.parse("2002-01-01T00:00:00Z");
  private static final Instant FUTURE = Instant.parse("2998-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2999-01-01T00:00:00Z");

  private static final int[] HERE = {127, 0, 0, 1};

  private static final TestCertificates TRUSTED = new TestCertificates("trusted", PAST, END);
  private static final SSLContext GOOD = TRUSTED.server(HERE, PAST, END);
  private static final X509TrustManager TRUST = TRUSTED.trustManager();

  /** What happens to a connection, or to an attempt to open it. */
  private enum Failure {
    UNTRUSTED("an untrusted certificate", "https") {
      @Override
      void on(Socket socket) throws IOException {
        handshake(socket, new TestCertificates("other", PAST, END).server(HERE, PAST, END));
      }
    },
    EXPIRED("an expired certificate", "https") {
      @Override
      void on(Socket socket) throws IOException {
        handshake(socket, TRUSTED.server(HERE, PAST, YESTERYEAR));
      }
    },
    NOT_YET_VALID("a certificate that is not valid yet", "https") {
      @Override
      void on(Socket socket) throws IOException {
        handshake(socket, TRUSTED.server(HERE, FUTURE, END));
      }
    },
    OTHER_HOST("a certificate for another host", "https") {
      @Override
      void on(Socket socket) throws IOException {
        handshake(socket, TRUSTED.server(new int[] {127, 0, 0, 2}, PAST, END));
      }
    },
    OLD_TLS("a server that speaks only TLS 1.1", "https") {
      @Override
      void on(Socket socket) throws IOException {
        alert(socket, 70);
      }
    },
    NO_COMMON_CIPHER("no common cipher suite", "https") {
      @Override
      void on(Socket socket) throws IOException {
        alert(socket, 40);
      }
    },
    PLAIN_ON_TLS("plain HTTP on a port for `https`", "https") {
      @Override
      void on(Socket socket) throws IOException {
        readRecord(socket.getInputStream());
        send(socket, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
      }
    },
    TLS_ON_PLAIN("TLS on a port for `http`", "http") {
      @Override
      void on(Socket socket) throws IOException {
        handshake(socket, GOOD);
      }
    },
    CLOSED_IN_HANDSHAKE("a connection that is closed during the TLS handshake", "https") {
      @Override
      void on(Socket socket) throws IOException {
        readRecord(socket.getInputStream());
      }
    },
    RESET_IN_HANDSHAKE("a connection that is reset during the TLS handshake", "https") {
      @Override
      void on(Socket socket) throws IOException {
        readRecord(socket.getInputStream());
        socket.setSoLinger(true, 0);
      }
    },
    CLOSED("a connection that is closed before the response", "http") {
      @Override
      void on(Socket socket) throws IOException {
        RawRequest.read(socket.getInputStream());
      }
    },
    RESET("a connection that is reset before the response", "http") {
      @Override
      void on(Socket socket) throws IOException {
        RawRequest.read(socket.getInputStream());
        socket.setSoLinger(true, 0);
      }
    },
    NOT_HTTP("bytes that are not HTTP", "http") {
      @Override
      void on(Socket socket) throws IOException {
        RawRequest.read(socket.getInputStream());
        send(socket, "SSH-2.0-OpenSSH\r\n\r\n");
      }
    },
    SILENT("no response in time", "http") {
      @Override
      void on(Socket socket) throws IOException {
        RawRequest.read(socket.getInputStream());
        drain(socket.getInputStream());
      }
    };

    private final String title;
    private final String scheme;

    Failure(String title, String scheme) {
      this.title = title;
      this.scheme = scheme;
    }

    /** Speaks with a client, before the connection is closed. */
    abstract void on(Socket socket) throws IOException;
  }

  /** A server whose first connections serve a token exchange each; the others fail. */
  private static final class Server implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger failed = new AtomicInteger();
    private final Failure failure;
    private int goodConnections;

    Server(Failure failure, int goodConnections) throws IOException {
      this.failure = failure;
      this.goodConnections = goodConnections;
      Thread thread = new Thread(this::serve, "failing server");
      thread.setDaemon(true);
      thread.start();
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket connection = socket.accept()) {
          if (goodConnections-- > 0) {
            Socket plain =
                failure.scheme.equals("https") ? handshake(connection, GOOD) : connection;
            RawRequest.read(plain.getInputStream());
            send(plain, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\ntoken");
          } else {
            failed.incrementAndGet();
            failure.on(connection);
          }
        } catch (IOException e) {
          // The client ended the connection, or the test is over.
        }
      }
    }

    String url() {
      return failure.scheme + "://127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void rows_failures_areThoseOfTheGuide() {
    assertThat(Arrays.stream(Failure.values()).map(failure -> failure.title))
        .containsExactlyElementsOf(
            Page.table("statuses.md", "failure").stream().map(row -> row.get(0)).toList());
  }

  @ParameterizedTest
  @EnumSource
  void failure_onReadWriteAndExchange_isAsDocumented(Failure failure) throws Exception {
    List<String> row =
        Page.table("statuses.md", "failure").stream()
            .filter(cells -> cells.get(0).equals(failure.title))
            .findFirst()
            .orElseThrow();
    Reason reason = Reason.valueOf(row.get(1).replace("`", ""));
    int connections = row.get(2).equals("yes") ? ATTEMPTS : 1;
    String advice = row.get(4);

    for (int goodConnections : new int[] {1, 0}) {
      try (Server server = new Server(failure, goodConnections)) {
        Throwable thrown = call(server, ApiCall.PROJECT_GET);

        assertTransport(thrown, reason, "It changed nothing. ", advice);
        assertThat(thrown)
            .hasMessageStartingWith(
                goodConnections == 1 ? "get of cluster 'api-cluster'" : "token exchange of");
        assertThat(server.failed).hasValue(connections);
      }
    }
    try (Server server = new Server(failure, 1)) {
      Throwable thrown = call(server, ApiCall.PROJECT_DEPLOY);

      if (row.get(3).equals("not sent")) {
        assertTransport(thrown, reason, "Nothing was sent. ", advice);
        assertThat(server.failed).hasValue(connections);
      } else {
        assertThat(row.get(3)).isEqualTo("verified");
        assertThat(thrown)
            .isInstanceOf(OutcomeUnknownException.class)
            .hasMessageContaining(advice)
            .hasMessageNotContaining("call again")
            .hasMessageEndingWith("new-org/default before you retry.");
      }
    }
  }

  @Test
  void host_unknown_isRetried() {
    AtomicInteger lookups = new AtomicInteger();
    TransportException failure =
        failureOf(
            http ->
                http.dns(
                    host -> {
                      lookups.incrementAndGet();
                      throw new UnknownHostException(host);
                    }));

    assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_HOST);
    assertThat(failure).hasMessageContaining("the DNS and any proxy of this machine");
    assertThat(lookups).hasValue(ATTEMPTS);
  }

  @Test
  void proxy_requiresCredentials_isNotRetried() throws IOException {
    AtomicInteger tunnels = new AtomicInteger();
    try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread =
          new Thread(
              () -> {
                while (!proxy.isClosed()) {
                  try (Socket socket = proxy.accept()) {
                    RawRequest.read(socket.getInputStream());
                    tunnels.incrementAndGet();
                    send(socket, "HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n");
                  } catch (IOException e) {
                    // The test is over.
                  }
                }
              });
      thread.setDaemon(true);
      thread.start();
      TransportException failure =
          failureOf(
              http ->
                  http.proxy(
                      new Proxy(
                          Proxy.Type.HTTP,
                          new InetSocketAddress(
                              InetAddress.getLoopbackAddress(), proxy.getLocalPort()))));

      assertThat(failure.reason()).isEqualTo(Reason.PROXY);
      assertThat(failure).hasMessageContaining("Set the credentials of the proxy");
    }
    assertThat(tunnels).hasValue(1);
  }

  @Test
  void interceptor_fails_isOther() {
    AtomicInteger requests = new AtomicInteger();
    TransportException failure =
        failureOf(
            http ->
                http.addInterceptor(
                    chain -> {
                      requests.incrementAndGet();
                      throw new IllegalStateException("a bug of the user's");
                    }));

    assertThat(failure.reason()).isEqualTo(Reason.OTHER);
    assertThat(requests).hasValue(ATTEMPTS);
  }

  @Test
  void supplier_fails_isCredentials() {
    AtomicInteger uses = new AtomicInteger();
    try (TypeDBCloudClient client =
        TypeDBCloudClient.builder()
            .credentials(
                () -> {
                  uses.incrementAndGet();
                  throw new IllegalStateException("the vault is sealed");
                })
            .maxAttempts(ATTEMPTS)
            .timeSource(new ManualTime())
            .build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.SPACE).list())
          .isInstanceOfSatisfying(
              TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CREDENTIALS))
          .hasMessageContaining("Check the supplier or the file of the credentials");
    }
    assertThat(uses).hasValue(ATTEMPTS);
  }

  @Test
  void thread_interrupted_isInterrupted() {
    Thread.currentThread().interrupt();
    TransportException failure = failureOf(http -> {});

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(failure).hasMessageEndingWith("It changed nothing.");
  }

  /** Of a call to a host that does not exist, and is looked up by the test alone. */
  private static TransportException failureOf(Consumer<OkHttpClient.Builder> customizer) {
    try (TypeDBCloudClient client =
        TypeDBCloudClient.builder()
            .baseUrl("https://cloud.invalid")
            .credentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET)
            .maxAttempts(ATTEMPTS)
            .timeSource(new ManualTime())
            .customizeHttpClient(customizer)
            .build()) {
      return catchThrowableOfType(
          TransportException.class, () -> client.clusters(Fixtures.SPACE).list());
    }
  }

  private static void assertTransport(
      Throwable thrown, Reason reason, String effect, String advice) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            TransportException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(effect)
        .hasMessageContaining(advice)
        .hasMessageEndingWith(", then call again.");
  }

  private static Throwable call(Server server, ApiCall call) throws Exception {
    try (TypeDBCloudClient client =
        TypeDBCloudClient.builder()
            .baseUrl(server.url())
            .credentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET)
            .maxAttempts(ATTEMPTS)
            .requestTimeout(Duration.ofSeconds(10))
            .verificationWindow(Duration.ZERO)
            .timeSource(new ManualTime())
            .customizeHttpClient(
                http -> {
                  http.sslSocketFactory(clientContext().getSocketFactory(), TRUST);
                  if (server.failure == Failure.SILENT) {
                    http.readTimeout(Duration.ofMillis(250));
                  }
                })
            .build()) {
      return SilentLog.during(() -> catchThrowable(() -> call.on(client)));
    }
  }

  /** A new one for each client, so that no TLS session is resumed. */
  private static SSLContext clientContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {TRUST}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Socket handshake(Socket socket, SSLContext context) throws IOException {
    SSLSocket encrypted =
        (SSLSocket) context.getSocketFactory().createSocket(socket, "client", 0, true);
    encrypted.setUseClientMode(false);
    try {
      encrypted.startHandshake();
      // With TLS 1.3 the handshake ends here before the client has checked the certificate.
    } catch (IOException e) {
      encrypted.close();
      throw e;
    }
    return encrypted;
  }

  private static void alert(Socket socket, int code) throws IOException {
    readRecord(socket.getInputStream());
    socket.getOutputStream().write(new byte[] {0x15, 3, 1, 0, 2, 2, (byte) code});
    drain(socket.getInputStream());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** A record of TLS, here that of the client's first message. */
  private static void readRecord(InputStream in) throws IOException {
    byte[] header = in.readNBytes(5);
    in.readNBytes(((header[3] & 0xff) << 8) | (header[4] & 0xff));
  }

  private static void drain(InputStream in) throws IOException {
    while (in.read() >= 0) {
      // Until the client ends the connection.
    }
  }
}
