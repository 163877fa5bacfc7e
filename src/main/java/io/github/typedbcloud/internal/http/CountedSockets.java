package io.github.typedbcloud.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that count the reads of each thread. Over HTTP/1.1 a response is read by the thread that
 * sent the request; when that read nothing, the response was there before the request: it consists
 * of bytes that were left over from another one. Thread-safe.
 */
final class CountedSockets extends SocketFactory {

  private static final ThreadLocal<long[]> READS = ThreadLocal.withInitial(() -> new long[1]);

  private final boolean isDirect;

  /**
   * A factory.
   *
   * @param isDirect whether the SOCKS proxy of the JVM is not used
   */
  CountedSockets(boolean isDirect) {
    this.isDirect = isDirect;
  }

  /** How often the current thread has read something. */
  static long reads() {
    return READS.get()[0];
  }

  @Override
  public Socket createSocket() {
    return isDirect ? new CountedSocket(Proxy.NO_PROXY) : new CountedSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
  }

  private Socket connected(InetSocketAddress remote, @Nullable InetSocketAddress local)
      throws IOException {
    Socket socket = createSocket();
    try {
      socket.bind(local);
      socket.connect(remote);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Equal to another one that makes the same sockets, so that clients can share connections. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CountedSockets sockets && sockets.isDirect == isDirect;
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(isDirect);
  }

  private static final class CountedSocket extends Socket {

    CountedSocket() {}

    CountedSocket(Proxy proxy) {
      super(proxy);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          int value = in.read();
          READS.get()[0]++;
          return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int count = in.read(bytes, offset, length);
          READS.get()[0]++;
          return count;
        }
      };
    }
  }
}
