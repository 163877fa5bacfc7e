package io.github.typedbcloud.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.AdminCaller;
import io.github.typedbcloud.support.Fixtures;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code simulator} while it runs: what it prints, writes and serves. */
@Timeout(60)
final class SimulatorCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PipedInputStream printed = new PipedInputStream();
  private final BufferedReader lines =
      new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8));
  private final PrintStream out;
  private Thread command = new Thread();

  SimulatorCommandTest() throws IOException {
    out = new PrintStream(new PipedOutputStream(printed), false, StandardCharsets.UTF_8);
  }

  @AfterEach
  void stop() throws InterruptedException {
    command.interrupt();
    command.join();
  }

  private void start(String... options) {
    List<String> arguments = new ArrayList<>(List.of("simulator", "--port", "0"));
    arguments.addAll(List.of(options));
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    command =
        new Thread(
            () -> {
              new Main(Map.of(), out, errors).run(arguments);
              out.close();
            });
    command.start();
  }

  private JsonNode startJson(String... options) throws IOException {
    start(Stream.concat(Stream.of("--json"), Stream.of(options)).toArray(String[]::new));
    return JSON.readTree(lines.readLine());
  }

  private static TypeDBCloudClient client(JsonNode info) {
    return TypeDBCloudClient.builder()
        .baseUrl(info.get("url").textValue())
        .credentials(info.get("clientId").textValue(), info.get("clientSecret").textValue())
        .build();
  }

  @Test
  void text_hasEnvironmentAndBothUrls() throws IOException {
    start();
    String first = lines.readLine();
    String url = first.replaceAll("TypeDB Cloud simulator on (\\S+); stop with Ctrl\\+C", "$1");
    assertThat(url).matches("http://127\\.0\\.0\\.1:[0-9]+");
    assertThat(lines.readLine()).isEqualTo("export TYPEDB_CLOUD_URL=" + url);
    assertThat(lines.readLine()).isEqualTo("export TYPEDB_CLOUD_CLIENT_ID=simulator-admin");
    assertThat(lines.readLine()).matches("export TYPEDB_CLOUD_CLIENT_SECRET=\\S+");
    assertThat(lines.readLine()).contains("space my-team/default");
    assumeTrue(hasIpv6(), "no IPv6");
    assertThat(lines.readLine()).isEqualTo("Also on " + url.replace("127.0.0.1", "[::1]"));
    assertThat(err.size()).isZero();
  }

  @Test
  void json_isOneLineAndOpensClient() throws IOException, InterruptedException {
    JsonNode info = startJson();
    assertThat(info.fieldNames())
        .toIterable()
        .containsExactly("url", "urls", "clientId", "clientSecret", "pid");
    assertThat(info.get("urls").get(0)).isEqualTo(info.get("url"));
    assertThat(info.get("pid").longValue()).isEqualTo(ProcessHandle.current().pid());
    try (TypeDBCloudClient cloud = client(info)) {
      assertThat(cloud.clusters(Scope.space("my-team", "default")).list()).isEmpty();
    }
    stop();
    assertThat(lines.readLine()).isNull();
  }

  @Test
  void readyFile_whileRunning_hasJson() throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("ready.json"), "of an earlier process");
    JsonNode info = startJson("--ready-file", file.toString());
    assertThat(JSON.readTree(file.toFile())).isEqualTo(info);
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
    stop();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
  void readyFile_isOnlyForItsOwner() throws IOException {
    Path file = directory.resolve("ready.json");
    startJson("--ready-file", file.toString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void readyFile_replacedByAnotherProcess_isKept() throws IOException, InterruptedException {
    Path file = directory.resolve("ready.json");
    startJson("--ready-file", file.toString());
    Files.writeString(file, "of a later process");
    stop();
    assertThat(file).hasContent("of a later process");
  }

  @Test
  void files_portInUse_areNotTouched() throws IOException {
    Path ready = Files.writeString(directory.resolve("ready.json"), "of the first");
    Path certificate = Files.writeString(directory.resolve("first.pem"), "of the first");
    try (TypeDBCloudSimulator first = TypeDBCloudSimulator.start()) {
      String port = Integer.toString(URI.create(first.url()).getPort());
      start(
          "--port",
          port,
          "--ready-file",
          ready.toString(),
          "--tls",
          "--tls-certificate",
          certificate.toString());
      assertThat(lines.readLine()).isNull();
      assertThat(ready).hasContent("of the first");
      assertThat(certificate).hasContent("of the first");
    }
  }

  @Test
  void tls_certificateOfFile_isTrustedForAllNames() throws Exception {
    Path file = directory.resolve("simulator.pem");
    JsonNode info = startJson("--host", "0.0.0.0", "--tls", "--tls-certificate", file.toString());
    assertThat(info.get("certificate").textValue()).isEqualTo(file.toString());
    assertThat(file).content().startsWith("-----BEGIN CERTIFICATE-----").doesNotContain("KEY");
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Warning: other machines may");
    HttpClient http = HttpClient.newBuilder().sslContext(trusting(file)).build();
    int port = URI.create(info.get("url").textValue()).getPort();
    for (String host : List.of("127.0.0.1", "localhost")) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://%s:%s/".formatted(host, port))).build();
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void tls_withoutFile_writesTemporaryOne() throws Exception {
    JsonNode info = startJson("--tls");
    assertThat(info.get("url").textValue()).startsWith("https://127.0.0.1:");
    assertThat(Path.of(info.get("certificate").textValue()))
        .content()
        .startsWith("-----BEGIN CERTIFICATE-----");
  }

  @Test
  void times_single_overrideAll() throws IOException {
    JsonNode info =
        startJson("--transition-time", "0s", "--suspending-time=1h", "--versions", "3.0.6,9.9.9");
    try (TypeDBCloudClient cloud = client(info)) {
      ClustersApi clusters = cloud.clusters(Scope.space("my-team", "default"));
      clusters.deploy(Fixtures.paidCluster("a").build());
      assertThat(clusters.get("a").status()).isEqualTo(ClusterStatus.RUNNING);
      clusters.suspend("a");
      assertThat(clusters.get("a").status()).isEqualTo(ClusterStatus.SUSPENDING);
      assertThat(clusters.versions()).containsExactly("3.0.6", "9.9.9");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--strict|true",
        "--strict storageDecrease,repeatedTransition|true",
        "--strict=repeatedTransition|true",
        "--strict storageDecrease|false",
        "--strict --lenient repeatedTransition|false",
        "--lenient --ready-file ready|false"
      })
  void assumptions_namedOrAll_decideOnSecondSuspend(String options, boolean rejected)
      throws IOException {
    String ready = directory.resolve("ready").toString();
    JsonNode info =
        startJson(
            ("--starting-time 0s " + options)
                .replace("ready-file ready", "ready-file " + ready)
                .split(" "));
    try (TypeDBCloudClient cloud = client(info)) {
      ClustersApi clusters = cloud.clusters(Scope.space("my-team", "default"));
      clusters.deploy(Fixtures.freeCluster("a").build());
      clusters.suspend("a");
      assertThat(catchThrowable(() -> clusters.suspend("a")) instanceof ApiException)
          .isEqualTo(rejected);
    }
  }

  @Test
  void manualTime_clockStandsStill() throws IOException {
    JsonNode info = startJson("--admin", "--manual-time", "--transition-time", "1ms");
    try (TypeDBCloudClient cloud = client(info)) {
      ClustersApi clusters = cloud.clusters(Scope.space("my-team", "default"));
      Cluster first = clusters.deploy(Fixtures.paidCluster("a").build());
      Cluster second = clusters.deploy(Fixtures.paidCluster("b").build());
      assertThat(second.createdAt()).isEqualTo(first.createdAt());
      assertThat(clusters.get("a").status()).isEqualTo(ClusterStatus.STARTING);
    }
  }

  @Test
  void admin_urlIsPrinted_andClockCanBeReal() throws Exception {
    JsonNode info = startJson("--admin", "--manual-time");
    AdminCaller admin = AdminCaller.of(info.get("url").textValue());
    assertThat(info.get("admin").textValue())
        .isEqualTo(info.get("url").textValue() + "/__simulator");
    assertThat(admin.get("time").json().path("mode").textValue()).isEqualTo("manual");
    assertThat(admin.patch("time", "{\"mode\":\"real\"}").status()).isEqualTo(200);
    assertThat(admin.get("health").json().path("status").textValue()).isEqualTo("up");
  }

  @Test
  void seed_fileIsApplied() throws IOException {
    Path seed = directory.resolve("seed.json");
    Files.writeString(
        seed,
        """
        {"spaces": [{"teamID": "t", "spaceID": "s"}],
         "clusters": [{"id": "a", "status": "suspended"}],
         "tokens": [{"clientId": "ci", "clientSecret": "s3cret", "level": "read"}]}
        """);
    JsonNode info = startJson("--seed", seed.toString());
    try (TypeDBCloudClient cloud =
        TypeDBCloudClient.builder()
            .baseUrl(info.get("url").textValue())
            .credentials("ci", "s3cret")
            .build()) {
      assertThat(cloud.clusters(Scope.space("t", "s")).get("a").status())
          .isEqualTo(ClusterStatus.SUSPENDED);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"clusters\":[{\"id\":\"A\"}]}|The seed is invalid: The field \"clusters[0].id\"",
        "{\"clusters\":|The seed is invalid: The JSON is invalid in line 1, column 13: Unexpected end-of-input",
        "{\"clusters\":[{\"id\":\"a\",\"teamID\":\"x\",\"spaceID\":\"y\"}]}|The seed does not fit: The cluster \"a\""
      })
  void seed_invalid_endsWithLineThatNamesTheFile(String json, String message) throws IOException {
    Path seed = Files.writeString(directory.resolve("seed.json"), json);
    start("--seed", seed.toString());
    assertThat(lines.readLine()).isNull();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("--seed " + seed + ": " + message)
        .hasLineCount(1);
  }

  @Test
  void log_requests_areOneLineEach_withoutSecrets() throws IOException {
    JsonNode info = startJson("--log");
    try (TypeDBCloudClient cloud = client(info)) {
      assertThat(cloud.clusters(Scope.space("my-team", "default")).find("a")).isEmpty();
    }
    List<String> logged = err.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(logged.get(0)).matches("20\\S+Z POST /api/v1/auth 200 [0-9]+ ms");
    assertThat(logged.get(1))
        .matches("20\\S+Z GET /api/v1/team/my-team/spaces/default/clusters/a 404 [0-9]+ ms");
    assertThat(logged).noneMatch(line -> line.contains(info.get("clientSecret").textValue()));
  }

  private static boolean hasIpv6() {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      return simulator.urls().size() > 1;
    }
  }

  private static SSLContext trusting(Path pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      store.setCertificateEntry(
          "simulator", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
