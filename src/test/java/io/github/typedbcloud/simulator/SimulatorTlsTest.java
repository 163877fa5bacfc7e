package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.support.TestCertificates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS: each way of delivering a response, and handshakes that do not succeed. */
@Timeout(60)
class SimulatorTlsTest {

  private static final int[] ADDRESS = {127, 0, 0, 1};
  private static final Duration FOREVER = Duration.ofHours(1);

  /** The type of a TLS record. */
  private static final int ALERT = 21;

  private final Instant now = Instant.now();
  private final Instant later = now.plus(Duration.ofDays(1));
  private final TestCertificates authority = new TestCertificates("test", now, later);
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().tls(authority.server(ADDRESS, now, later)).start();
  private final Faults faults = simulator.faults();

  @AfterEach
  void close() {
    simulator.close();
  }

  private SSLSocket client(String protocol, Socket socket) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {authority.trustManager()}, null);
      SSLSocket client =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
      client.setEnabledProtocols(new String[] {protocol});
      return client;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private RawConnection connection(String protocol) throws IOException {
    return new RawConnection(client(protocol, RawConnection.connect(simulator)));
  }

  private RawConnection versions(RawConnection connection) throws IOException {
    String basic = "Basic " + simulator.clientId() + ":" + simulator.clientSecret();
    String exchanged =
        connection
            .request("POST", "/api/v1/auth", "Authorization: " + basic, "Content-Length: 0")
            .response();
    assertThat(exchanged).startsWith("HTTP/1.1 200 OK\r\n");
    String token = exchanged.substring(exchanged.indexOf("\r\n\r\n") + 4);
    return connection.request("GET", Caller.SPACE + "/clusters", "Authorization: Bearer " + token);
  }

  private void next(Fault fault) {
    faults.on(Operation.LIST).next(fault);
  }

  @Test
  void url_withTls_isHttps() {
    assertThat(simulator.urls()).allMatch(url -> url.startsWith("https://"));
    assertThat(simulator.url()).matches("https://127\\.0\\.0\\.1:[0-9]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void requests_onOneConnection_areServed(String protocol) throws IOException {
    try (RawConnection connection = connection(protocol)) {
      assertThat(versions(connection).response()).endsWith("\r\n\r\n[]");
      assertThat(connection.request("GET", "/", "Connection: close").rest())
          .startsWith("HTTP/1.1 404 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void lostResponse_closesWithoutBytes(String protocol) throws IOException {
    next(Fault.loseResponse());
    try (RawConnection connection = connection(protocol)) {
      assertThat(versions(connection).rest()).isEmpty();
    }
  }

  /** Clients report an attack when the end is not announced; later versions encrypt the alert. */
  @Test
  void end_isAnnouncedByAlert() throws IOException {
    WireSocket wire = new WireSocket(URI.create(simulator.url()).getPort());
    try (RawConnection connection = new RawConnection(client("TLSv1.2", wire))) {
      assertThat(connection.request("GET", "/", "Connection: close").rest()).contains(" 404 ");
      assertThat(wire.lastReceivedType()).isEqualTo(ALERT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void reset_resetsTransport(String protocol) throws IOException {
    next(Fault.resetConnection());
    try (RawConnection connection = connection(protocol)) {
      versions(connection);
      assertThatThrownBy(connection::rest)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void truncatedBody_endsEarly(String protocol) throws IOException {
    next(Fault.truncateBody(1));
    try (RawConnection connection = connection(protocol)) {
      assertThat(versions(connection).rest())
          .contains("\r\nContent-Length: 2\r\n")
          .endsWith("\r\n\r\n[");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void garbage_isSentEncrypted(String protocol) throws IOException {
    next(Fault.garbage());
    try (RawConnection connection = connection(protocol)) {
      assertThat(versions(connection).rest()).contains("this is not HTTP");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void throttled_isComplete(String protocol) throws IOException {
    next(Fault.throttle(10, Duration.ofMillis(1)));
    try (RawConnection connection = connection(protocol)) {
      assertThat(versions(connection).response()).endsWith("\r\n\r\n[]");
    }
  }

  /** The delay ends within the first half of the record of the second request. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void delayed_partOfRecordDuringDelay_isKept(String protocol) throws IOException {
    next(Fault.delayResponse(Duration.ofMillis(200)));
    WireSocket held = new WireSocket(URI.create(simulator.url()).getPort());
    try (RawConnection connection = new RawConnection(client(protocol, held))) {
      versions(connection);
      held.hold();
      connection.request("GET", "/");
      byte[] record = held.release();
      held.send(record, 0, record.length / 2);
      assertThat(connection.response()).startsWith("HTTP/1.1 200 OK\r\n");
      held.send(record, record.length / 2, record.length - record.length / 2);
      assertThat(connection.response()).startsWith("HTTP/1.1 404 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void delayed_clientDisconnects_endsConnection(String protocol) throws IOException {
    next(Fault.delayResponse(FOREVER));
    RawConnection connection = connection(protocol);
    versions(connection).close();
    awaitTrue(() -> simulator.openConnections() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void delayed_simulatorCloses_endsConnection(String protocol) throws IOException {
    next(Fault.delayResponse(FOREVER));
    try (RawConnection connection = connection(protocol)) {
      versions(connection);
      awaitTrue(() -> simulator.receivedCount(Operation.LIST) == 1);
      simulator.close();
      assertThatThrownBy(connection::readByte).isInstanceOf(IOException.class);
    }
  }

  /** The rest of the request is discarded, so that the response is not lost in a reset. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void invalidRequest_largeRest_responseIsReceived(String protocol) throws IOException {
    try (RawConnection connection = connection(protocol)) {
      connection.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(500_000));
      assertThat(connection.response()).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void handshake_failed_othersAreServed() throws IOException {
    try (RawConnection plain = new RawConnection(RawConnection.connect(simulator));
        SSLSocket distrusting =
            (SSLSocket)
                SSLContext.getDefault()
                    .getSocketFactory()
                    .createSocket("127.0.0.1", URI.create(simulator.url()).getPort());
        RawConnection other = connection("TLSv1.3")) {
      assertThat(plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").rest()).doesNotContain("HTTP");
      assertThatThrownBy(distrusting::startHandshake).isInstanceOf(SSLHandshakeException.class);
      assertThat(versions(other).response()).endsWith("\r\n\r\n[]");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    awaitTrue(() -> simulator.openConnections() == 0);
  }

  @Test
  void handshake_stalled_othersAreServedAndCloseEndsIt() throws IOException {
    try (RawConnection silent = new RawConnection(RawConnection.connect(simulator));
        RawConnection half = new RawConnection(RawConnection.connect(simulator));
        RawConnection other = connection("TLSv1.3")) {
      half.send("\26\3\1\2\0\1");
      assertThat(versions(other).response()).endsWith("\r\n\r\n[]");
      simulator.close();
      assertThatThrownBy(silent::readByte).isInstanceOf(IOException.class);
      assertThatThrownBy(half::readByte).isInstanceOf(IOException.class);
    }
  }

  /** The assertion is the timeout of the test. */
  private static void awaitTrue(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /** The socket below TLS: its output can be held back, its input is recorded. */
  private static final class WireSocket extends Socket {

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean holding;

    WireSocket(int port) throws IOException {
      super(InetAddress.getLoopbackAddress(), port);
    }

    void hold() {
      holding = true;
    }

    /** What was written since. */
    byte[] release() {
      holding = false;
      return held.toByteArray();
    }

    void send(byte[] bytes, int offset, int length) throws IOException {
      super.getOutputStream().write(bytes, offset, length);
    }

    /** The type of the last record that was received; each has its length in its header. */
    int lastReceivedType() throws IOException {
      DataInputStream records =
          new DataInputStream(new ByteArrayInputStream(received.toByteArray()));
      int type = -1;
      while (records.available() > 0) {
        type = records.readUnsignedByte();
        records.readUnsignedShort();
        records.readNBytes(records.readUnsignedShort());
      }
      return type;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int count = in.read(bytes, offset, length);
          received.write(bytes, offset, Math.max(0, count));
          return count;
        }
      };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(int value) throws IOException {
          write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          (holding ? held : out).write(bytes, offset, length);
        }
      };
    }
  }
}
