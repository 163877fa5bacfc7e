import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.support.Payloads;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;

/** The server and the client of silent-connections.sh, which describes them. */
final class SilentConnections {

  private static final String HOST = "10.77.2.2";

  private static final char[] PASSWORD = "password".toCharArray();

  private static final Scope SCOPE = Scope.space("new-team", "default");

  private static final int IDLE_CONNECTIONS = 6;

  private SilentConnections() {}

  public static void main(String[] args) throws Exception {
    Path keys = Path.of(args[0]);
    if (args[1].equals("serve")) {
      serve(keys, args[2], Integer.parseInt(args[3]));
    } else {
      List<String> silence = Arrays.asList(args).subList(5, args.length);
      call(keys, args[2], Integer.parseInt(args[3]), Integer.parseInt(args[4]), silence);
      System.exit(0);
    }
  }

  private static List<Protocol> protocols(String name) {
    return name.startsWith("h2")
        ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
        : List.of(Protocol.HTTP_1_1);
  }

  private static void serve(Path keys, String protocol, int port) throws Exception {
    MockWebServer server = new MockWebServer();
    server.setProtocols(protocols(protocol));
    server.useHttps(tls(keys).getSocketFactory());
    // All of the first calls get their responses at once, so that each has a connection.
    CyclicBarrier idle = new CyclicBarrier(IDLE_CONNECTIONS);
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String path = request.getUrl().encodedPath();
            String body = path.endsWith("/auth") ? "token" : Payloads.SPACE_CLUSTER;
            if (path.endsWith("/idle")) {
              try {
                idle.await(20, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              body = body.replace("api-cluster", "idle");
            } else if (path.endsWith("/suspend")) {
              body = body.replace("starting", "suspending");
            }
            return new MockResponse.Builder().code(200).body(body).build();
          }
        });
    server.start(InetAddress.getByName(HOST), port);
    System.out.println("ready");
    Thread.sleep(Long.MAX_VALUE);
  }

  private static void call(
      Path keys, String scenario, int port, int maxSeconds, List<String> silence)
      throws Exception {
    SSLContext tls = tls(keys);
    X509TrustManager trust = trust(keys);
    TypeDBCloudClient client =
        TypeDBCloudClient.builder()
            .baseUrl("https://" + HOST + ":" + port)
            .credentials("client-id", "client-secret")
            .customizeHttpClient(
                http ->
                    http.sslSocketFactory(tls.getSocketFactory(), trust)
                        .protocols(protocols(scenario)))
            .build();
    ClustersApi clusters = client.clusters(SCOPE);
    clusters.get("api-cluster");
    if (scenario.endsWith("-idle")) {
      List<CompletableFuture<?>> calls = new ArrayList<>();
      for (int i = 0; i < IDLE_CONNECTIONS; i++) {
        calls.add(clusters.async().get("idle"));
      }
      CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])).join();
    }
    if (new ProcessBuilder(silence).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("could not silence the connections");
    }
    long begun = System.nanoTime();
    int failed = 0;
    String last = "";
    while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(maxSeconds)) {
      try {
        if (scenario.endsWith("-write")) {
          clusters.suspend("api-cluster");
        } else {
          clusters.get("api-cluster");
        }
        report(scenario, "success after %.1f s, in call %d%s", begun, failed + 1, last);
        return;
      } catch (TypeDBCloudException e) {
        failed++;
        last = " (before: " + e.getClass().getSimpleName() + ")";
      }
    }
    report(scenario, "no success in %.1f s, in %d calls%s", begun, failed, last);
  }

  private static void report(String scenario, String what, long begun, int calls, String last) {
    System.out.printf(
        "%s: " + what + "%n", scenario, (System.nanoTime() - begun) / 1e9, calls, last);
  }

  private static SSLContext tls(Path keys) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(load(keys), PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), new X509TrustManager[] {trust(keys)}, null);
    return tls;
  }

  private static X509TrustManager trust(Path keys) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", load(keys).getCertificate("server"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    return (X509TrustManager) managers.getTrustManagers()[0];
  }

  private static KeyStore load(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keys)) {
      store.load(file, PASSWORD);
    }
    return store;
  }
}
