package io.github.typedbcloud.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries requests and answers over HTTP on the loopback interface, on daemon threads only. */
final class HttpFrontDoor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpFrontDoor.class);

  /** In bytes. Real requests have some hundred. */
  static final int LARGEST_BODY = 1024 * 1024;

  /**
   * In bytes. How much of a body that is too large is read all the same, so that its sender comes
   * to read the answer.
   */
  private static final int MOST_DISCARDED = 16 * 1024 * 1024;

  /** How many connections may wait to be accepted; hundreds of threads may start at once. */
  private static final int BACKLOG = 2048;

  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  private static final AtomicInteger THREADS = new AtomicInteger();

  private final HttpServer server;
  private final ExecutorService executor;
  private final Function<ApiRequest, ApiAnswer> service;

  /**
   * Opens the door.
   *
   * @param port 0 for any that is free
   * @throws UncheckedIOException when the port cannot be had
   */
  HttpFrontDoor(int port, Function<ApiRequest, ApiAnswer> service) {
    this.service = service;
    this.server = bind(port);
    this.executor = Executors.newCachedThreadPool(HttpFrontDoor::daemon);
    server.setExecutor(executor);
    server.createContext("/", this::serve);
    startFromDaemon();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Ends all connections at once. Closing twice is harmless. */
  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  /**
   * The JDK's server sends head and body of an answer apart, and on older JDKs it lets the second
   * wait some 40 ms for the receipt of the first unless this property is set. It looks once, when
   * its classes load, so the property need not outlive this method.
   */
  private static synchronized HttpServer bind(int port) {
    boolean ours = System.getProperty(NO_DELAY) == null;
    if (ours) {
      System.setProperty(NO_DELAY, "true");
    }
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The simulator cannot listen on port %s; choose another, or 0 for any that is free."
              .formatted(port),
          e);
    } finally {
      if (ours) {
        System.clearProperty(NO_DELAY);
      }
    }
  }

  /** The server's own thread is a daemon only when the thread that starts it is one. */
  private void startFromDaemon() {
    Thread starter = daemon(server::start);
    starter.start();
    boolean interrupted = false;
    while (true) {
      try {
        starter.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "typedb-cloud-simulator-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  private void serve(HttpExchange exchange) {
    try (exchange) {
      write(exchange, answer(exchange));
    } catch (IOException e) {
      LOG.debug("{} went away", exchange.getRemoteAddress(), e);
    }
  }

  private ApiAnswer answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      discard(exchange.getRequestBody());
      return ApiAnswer.refusal(ApiRefusal.bodyTooLarge(LARGEST_BODY));
    }
    return service.apply(
        new ApiRequest(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            exchange.getRequestHeaders().getFirst("Authorization"),
            new String(body, StandardCharsets.UTF_8)));
  }

  private static void discard(InputStream rest) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    int left = MOST_DISCARDED;
    int read = 0;
    while (left > 0 && read >= 0) {
      read = rest.read(buffer);
      left -= read;
    }
  }

  private static void write(HttpExchange exchange, ApiAnswer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
