package io.github.typedbcloud.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of one client: its requests and their answers, one pair behind the other. */
final class HttpConnection implements Runnable, Connection, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  /** In bytes. How much is read behind a request that makes no sense. */
  private static final int MAX_DRAINED = 1024 * 1024;

  /** By the machine's clock. For how long that is read. */
  private static final Duration MAX_DRAIN = Duration.ofSeconds(1);

  private final Socket socket;
  private final ResponseWriter writer;
  private final HttpServer.Service service;
  private final ConnectionInput in;
  private final OutputStream out;

  HttpConnection(Socket socket, ResponseWriter writer, HttpServer.Service service)
      throws IOException {
    this.socket = socket;
    this.writer = writer;
    this.service = service;
    // A small answer must not wait for the receipt of the one before.
    socket.setTcpNoDelay(true);
    this.in = new ConnectionInput(socket);
    this.out = socket.getOutputStream();
  }

  @Override
  public void run() {
    RequestReader requests = new RequestReader(in, out);
    try (this) {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = serveNext(requests);
      }
    } catch (IOException e) {
      LOG.debug("{} went away", socket.getRemoteSocketAddress(), e);
    }
  }

  /** Ends the connection at once, whatever it is doing. From any thread; twice is harmless. */
  @Override
  public void close() {
    in.end();
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("could not close {}", socket, e);
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

  private boolean serveNext(RequestReader requests) throws IOException {
    RequestReader.Incoming incoming;
    try {
      incoming = requests.next();
    } catch (ApiError refusal) {
      LOG.debug("refused what came from {}", socket, refusal);
      out.write(writer.write(ApiResponse.refusal(refusal), false, false, false).bytes());
      // Closing with bytes unread would tear the answer away from the client.
      socket.shutdownOutput();
      in.drain(MAX_DRAINED, MAX_DRAIN);
      return false;
    }
    if (incoming == null) {
      return false;
    }
    Reply reply = service.handle(incoming.request(), this);
    boolean toHead = incoming.request().method().equals("HEAD");
    boolean keepAlive = incoming.keepsAlive();
    WireResponse answer = writer.write(reply.answer(), toHead, incoming.http10(), keepAlive);
    return reply.delivery().send(answer, this) && keepAlive;
  }
}
