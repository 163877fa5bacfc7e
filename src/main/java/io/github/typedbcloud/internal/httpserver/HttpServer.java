package io.github.typedbcloud.internal.httpserver;

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
 * A server of HTTP/1.1 and HTTP/1.0 on the loopback interface, with a daemon thread for each
 * connection. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** How many connections may wait to be accepted; hundreds may start at once. */
  private static final int BACKLOG = 2048;

  /** The pause when the process has no file or thread left, by the system clock. */
  private static final Duration SHORTAGE_PAUSE = Duration.ofMillis(50);

  private static final AtomicInteger THREADS = new AtomicInteger();

  /** Handles requests. Thread-safe. */
  public interface Handler {
    /** Handles a request. */
    HttpResponse handle(HttpRequest request, Connection connection);

    /** The response to an invalid request. */
    HttpResponse reject(BadHttpRequestException problem);
  }

  private final ServerSocket listener;
  private final TimeSource time;
  private final Handler handler;
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch acceptEnded = new CountDownLatch(1);
  private final ExecutorService executor;

  /**
   * Starts a server.
   *
   * @param name the start of the names of its threads
   * @param port 0 for any free one
   * @param time for the {@code Date} header
   * @throws UncheckedIOException when it cannot listen on the port
   */
  public HttpServer(String name, int port, TimeSource time, Handler handler) {
    this.time = time;
    this.handler = handler;
    this.listener = bind(port);
    this.executor = Executors.newCachedThreadPool(task -> daemon(name, task));
    executor.execute(this::acceptAll);
  }

  /** The port that it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** The number of open connections. */
  public int openConnections() {
    return connections.size();
  }

  /** Closes all connections at once and frees the port. Closing twice does nothing. */
  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      LOG.warn("Freeing port {} failed", port(), e);
    }
    connections.forEach(HttpConnection::close);
    executor.shutdown();
    awaitLastAccept();
  }

  /** The system keeps the port open while a thread is inside accept. */
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
        // Otherwise connections in TIME_WAIT would keep the port in use.
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(loopback, port), BACKLOG);
        return listener;
      } catch (IOException e) {
        listener.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot listen on port %s; choose another port, or 0 for any free one.".formatted(port),
          e);
    }
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name + "-" + THREADS.incrementAndGet());
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
        // Here an OutOfMemoryError means that the system has no thread left for now.
        waitUnlessClosed(e);
      }
    }
  }

  private void take(Socket socket) throws IOException {
    HttpConnection connection;
    try {
      connection = new HttpConnection(socket, time, handler);
    } catch (IOException e) {
      // It was closed before it sent anything.
      socket.close();
      return;
    }
    connections.add(connection);
    boolean served = false;
    try {
      // A concurrent close may have missed this connection.
      if (closed.getCount() > 0) {
        executor.execute(() -> serve(connection));
        served = true;
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed before a connection was served", e);
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
    LOG.warn("Accepting a connection failed; trying again", shortage);
    try {
      closed.await(SHORTAGE_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
