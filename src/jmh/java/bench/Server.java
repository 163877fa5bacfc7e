package bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Responds immediately with fixed bodies, over HTTP and HTTPS, until its input ends. */
final class Server {

  /** The password of the key store that is created for each run; the server is on loopback only. */
  static final String KEY_STORE_PASSWORD = "benchmark";

  private Server() {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer http = HttpServer.create(address(), 0);
    HttpsServer https = HttpsServer.create(address(), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(context(Path.of(arguments[0]))));
    for (HttpServer server : new HttpServer[] {http, https}) {
      server.createContext("/", handler());
      server.setExecutor(Executors.newCachedThreadPool());
      server.start();
    }
    System.out.println("http://127.0.0.1:" + http.getAddress().getPort());
    System.out.println("https://localhost:" + https.getAddress().getPort());
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static HttpHandler handler() {
    byte[] list = Payload.list(10_000);
    byte[] token = "a-token".getBytes();
    return exchange -> {
      exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      if (path.endsWith("/auth")) {
        respond(exchange, "text/plain", token);
      } else if (path.endsWith("/clusters")) {
        respond(exchange, "application/json", list);
      } else {
        respond(exchange, "application/json", Payload.CLUSTER);
      }
    };
  }

  private static void respond(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static SSLContext context(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, KEY_STORE_PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, KEY_STORE_PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
