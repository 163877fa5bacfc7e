package io.github.typedbcloud.internal.httpserver;

import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a client: its requests and their responses, one after the other. */
final class HttpConnection implements Runnable, Connection, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  /** In bytes. How much is discarded after an invalid request. */
  private static final int MAX_DRAINED = 1024 * 1024;

  /** How long that may take, by the system clock. */
  private static final Duration MAX_DRAIN = Duration.ofSeconds(1);

  /** What was accepted. Closing it ends the connection at once, whatever a thread is doing. */
  private final Socket transport;

  /** What HTTP is spoken on: the same, or TLS on top of it. */
  private final Socket socket;

  private final TimeSource time;
  private final HttpServer.Handler handler;
  private final ConnectionInput in;
  private final OutputStream out;
  private boolean resetAtEnd;

  /**
   * A connection. Only {@link #run} sends and receives, the TLS handshake included.
   *
   * @param tls null for a connection without TLS
   */
  HttpConnection(
      Socket accepted, @Nullable SSLContext tls, TimeSource time, HttpServer.Handler handler)
      throws IOException {
    this.transport = accepted;
    this.time = time;
    this.handler = handler;
    // A small response must not wait for the acknowledgement of the previous one.
    accepted.setTcpNoDelay(true);
    this.socket = tls == null ? accepted : serverSide(tls, accepted);
    this.in = new ConnectionInput(socket);
    this.out = socket.getOutputStream();
  }

  private static SSLSocket serverSide(SSLContext tls, Socket accepted) throws IOException {
    String client = accepted.getInetAddress().getHostAddress();
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(accepted, client, accepted.getPort(), true);
    socket.setUseClientMode(false);
    return socket;
  }

  @Override
  public void run() {
    RequestReader requests = new RequestReader(in, out);
    try (this) {
      boolean open = true;
      while (open) {
        open = serveNext(requests);
      }
      if (!resetAtEnd) {
        // Over TLS, this announces the end to the client first.
        socket.close();
      }
    } catch (IOException e) {
      LOG.debug("{} disconnected", transport.getRemoteSocketAddress(), e);
    }
  }

  /** Closes the connection at once. Thread-safe; closing twice does nothing. */
  @Override
  public void close() {
    in.end();
    try {
      transport.close();
    } catch (IOException e) {
      LOG.debug("Closing {} failed", transport, e);
    }
  }

  @Override
  public void pause(Duration duration) {
    in.pause(duration);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  @Override
  public void resetAtEnd() throws IOException {
    transport.setSoLinger(true, 0);
    resetAtEnd = true;
  }

  /** Returns whether the connection stays open. */
  private boolean serveNext(RequestReader requests) throws IOException {
    HttpRequest request;
    try {
      request = requests.next();
    } catch (BadHttpRequestException e) {
      LOG.debug("Rejected a request from {}", socket, e);
      out.write(handler.reject(e).toBytes(false, false, false, time).bytes());
      // Closing with unread bytes would reset the connection before the response is read.
      socket.shutdownOutput();
      in.drain(MAX_DRAINED, MAX_DRAIN);
      return false;
    }
    if (request == null) {
      return false;
    }
    HttpResponse response = handler.handle(request, this);
    boolean isHead = request.method().equals("HEAD");
    ResponseBytes bytes = response.toBytes(isHead, request.isHttp10(), request.keepAlive(), time);
    return response.delivery().send(bytes, this) && request.keepAlive();
  }
}
