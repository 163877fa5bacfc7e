package io.github.typedbcloud.internal.httpserver;

import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of HTTP/1.1 and HTTP/1.0, with a daemon thread for each address that it listens on and
 * for each connection. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

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

  private final String host;
  private final List<ServerSocket> listeners;
  private final @Nullable SSLContext tls;
  private final TimeSource time;
  private final Handler handler;
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch acceptEnded;
  private final ExecutorService executor;

  /**
   * Starts a server.
   *
   * @param name the start of the names of its threads
   * @param host a name or an address of this machine; {@code localhost} stands for both loopback
   *     addresses
   * @param port 0 for any free one
   * @param tls for HTTPS; null for HTTP
   * @param time for the {@code Date} header
   * @throws UncheckedIOException when it cannot listen on the host and the port
   */
  public HttpServer(
      String name,
      String host,
      int port,
      @Nullable SSLContext tls,
      TimeSource time,
      Handler handler) {
    this.host = host;
    this.tls = tls;
    this.time = time;
    this.handler = handler;
    this.listeners = ListeningSockets.open(host, port);
    this.acceptEnded = new CountDownLatch(listeners.size());
    this.executor = Executors.newCachedThreadPool(task -> daemon(name, task));
    listeners.forEach(listener -> executor.execute(() -> acceptAll(listener)));
    if (!addresses().allMatch(InetAddress::isLoopbackAddress)) {
      LOG.warn("Other machines may be able to connect to {}", urls().get(0));
    }
  }

  /** Whether a host stands for the loopback addresses, whatever the machine resolves it to. */
  static boolean isLocalhost(String host) {
    return host.equalsIgnoreCase("localhost");
  }

  /**
   * The base URLs of the server, without a slash at the end: with the host, or for {@code
   * localhost} with each loopback address that it listens on, {@code 127.0.0.1} first. A host that
   * stands for all addresses is replaced by {@code 127.0.0.1}.
   */
  public List<String> urls() {
    if (isLocalhost(host)) {
      return addresses()
          .map(address -> url(address instanceof Inet4Address ? "127.0.0.1" : "::1"))
          .toList();
    }
    boolean all = addresses().anyMatch(InetAddress::isAnyLocalAddress);
    return List.of(url(all ? "127.0.0.1" : host));
  }

  private String url(String hostOrAddress) {
    boolean isIpv6 = hostOrAddress.contains(":") && !hostOrAddress.startsWith("[");
    return "%s://%s:%s"
        .formatted(
            tls == null ? "http" : "https",
            isIpv6 ? "[" + hostOrAddress + "]" : hostOrAddress,
            listeners.get(0).getLocalPort());
  }

  private Stream<InetAddress> addresses() {
    return listeners.stream().map(ServerSocket::getInetAddress);
  }

  /** The number of open connections. */
  public int openConnections() {
    return connections.size();
  }

  /** Closes all connections at once and frees the port. Closing twice does nothing. */
  @Override
  public void close() {
    closed.countDown();
    listeners.forEach(ListeningSockets::close);
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

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name + "-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  private void acceptAll(ServerSocket listener) {
    try {
      accept(listener);
    } finally {
      acceptEnded.countDown();
    }
  }

  private void accept(ServerSocket listener) {
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
      connection = new HttpConnection(socket, tls, time, handler);
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
