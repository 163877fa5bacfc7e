package io.github.typedbcloud.simulator;

import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections of HTTP/1.1 and HTTP/1.0 on the loopback interface, and gives each a thread
 * of its own; all threads are daemons. Safe for many threads.
 *
 * <p>It is not the JDK's server, because that always writes the machine's clock into {@code Date},
 * while {@code Date} and {@code createdAt} of the service come from one clock; because it keeps no
 * more than 200 idle connections; and because it can neither cut nor stall an answer at a byte.
 */
final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** How many connections may wait to be accepted; hundreds of threads may start at once. */
  private static final int BACKLOG = 2048;

  /** By the machine's clock. How long to wait when the process has no file or thread to spare. */
  private static final Duration SHORTAGE = Duration.ofMillis(50);

  private static final AtomicInteger THREADS = new AtomicInteger();

  /** What answers the requests. */
  interface Service {
    Reply handle(ApiRequest request, Connection line);
  }

  private final ServerSocket listener;
  private final ResponseWriter writer;
  private final Service service;
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch acceptEnded = new CountDownLatch(1);
  private final ExecutorService executor = Executors.newCachedThreadPool(HttpServer::daemon);

  /**
   * Opens the door.
   *
   * @param port 0 for any that is free
   * @throws UncheckedIOException when the port cannot be had
   */
  HttpServer(int port, TimeSource time, Service service) {
    this.writer = new ResponseWriter(time);
    this.service = service;
    this.listener = bind(port);
    executor.execute(this::acceptAll);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How many connections there are now. */
  int openConnections() {
    return connections.size();
  }

  /** Ends all connections at once and frees the port. Closing twice is harmless. */
  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      LOG.warn("could not free port {}", port(), e);
    }
    connections.forEach(HttpConnection::close);
    executor.shutdown();
    awaitLastAccept();
  }

  /** The system keeps the port open for as long as a thread is still inside its accept. */
  private void awaitLastAccept() {
    boolean interrupted = false;
    while (acceptEnded.getCount() > 0) {
      try {
        acceptEnded.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static ServerSocket bind(int port) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      ServerSocket listener = new ServerSocket();
      try {
        // So that a port is free for the next simulator while old connections to it fade away.
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(loopback, port), BACKLOG);
        return listener;
      } catch (IOException e) {
        listener.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The simulator cannot listen on port %s; choose another, or 0 for any that is free."
              .formatted(port),
          e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "typedb-cloud-simulator-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  private void acceptAll() {
    try {
      accept();
    } finally {
      acceptEnded.countDown();
    }
  }

  private void accept() {
    while (closed.getCount() > 0) {
      try {
        take(listener.accept());
      } catch (IOException | OutOfMemoryError e) {
        // An OutOfMemoryError here means that the system has no thread left, which passes.
        waitUnlessClosed(e);
      }
    }
  }

  private void take(Socket socket) throws IOException {
    HttpConnection connection;
    try {
      connection = new HttpConnection(socket, writer, service);
    } catch (IOException e) {
      // It went away before it said a word.
      socket.close();
      return;
    }
    connections.add(connection);
    boolean served = false;
    try {
      // Whoever closes the door first may have missed this connection.
      if (closed.getCount() > 0) {
        executor.execute(() -> serve(connection));
        served = true;
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("closed before a connection was served", e);
    } finally {
      if (!served) {
        end(connection);
      }
    }
  }

  private void serve(HttpConnection connection) {
    try {
      if (closed.getCount() > 0) {
        connection.run();
      }
    } finally {
      end(connection);
    }
  }

  private void end(HttpConnection connection) {
    connection.close();
    connections.remove(connection);
  }

  private void waitUnlessClosed(Throwable shortage) {
    if (closed.getCount() == 0) {
      return;
    }
    LOG.warn("a connection could not be accepted; trying again", shortage);
    try {
      closed.await(SHORTAGE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
