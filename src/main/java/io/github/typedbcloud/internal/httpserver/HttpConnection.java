package io.github.typedbcloud.internal.httpserver;

import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a client: its requests and their responses, one after the other. */
final class HttpConnection implements Runnable, Connection, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  /** In bytes. How much is discarded after an invalid request. */
  private static final int MAX_DRAINED = 1024 * 1024;

  /** How long that may take, by the system clock. */
  private static final Duration MAX_DRAIN = Duration.ofSeconds(1);

  private final Socket socket;
  private final TimeSource time;
  private final HttpServer.Handler handler;
  private final ConnectionInput in;
  private final OutputStream out;

  HttpConnection(Socket socket, TimeSource time, HttpServer.Handler handler) throws IOException {
    this.socket = socket;
    this.time = time;
    this.handler = handler;
    // A small response must not wait for the acknowledgement of the previous one.
    socket.setTcpNoDelay(true);
    this.in = new ConnectionInput(socket);
    this.out = socket.getOutputStream();
  }

  @Override
  public void run() {
    RequestReader requests = new RequestReader(in, out);
    try (this) {
      boolean open = true;
      while (open) {
        open = serveNext(requests);
      }
    } catch (IOException e) {
      LOG.debug("{} disconnected", socket.getRemoteSocketAddress(), e);
    }
  }

  /** Closes the connection at once. Thread-safe; closing twice does nothing. */
  @Override
  public void close() {
    in.end();
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("Closing {} failed", socket, e);
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
    socket.setSoLinger(true, 0);
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
