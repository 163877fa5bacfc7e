package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClientCredentials;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TransportException.Reason;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import java.io.File;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Libraries on the class path that do not match: no other attempt would help. */
final class LinkageErrorTest {

  private static final String ADVICE = "Libraries on the class path do not match";

  private static final String PARSER = "com.fasterxml.jackson.core.json.UTF8StreamJsonParser";
  private static final String WRITER = "com.fasterxml.jackson.core.json.JsonWriteContext";

  private final MockCloud cloud = new MockCloud();
  private final AtomicInteger requests = new AtomicInteger();

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void read_failsToLink_isNotRetried() {
    try (TypeDBCloudClient client = client(this::failCalls)) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
          .isInstanceOfSatisfying(
              TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DEPENDENCIES))
          .hasMessageContaining("NoSuchMethodError")
          .hasMessageContaining(ADVICE)
          .hasMessageNotContaining("network");
    }
    assertThat(requests).hasValue(1);
  }

  @Test
  void write_failsToLinkBeforeSending_nothingWasSent() {
    try (TypeDBCloudClient client = client(this::failCalls)) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).suspend("a"))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("Nothing was sent")
          .hasMessageContaining(ADVICE);
    }
    assertThat(requests).hasValue(1);
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void write_failsToLinkAfterSending_outcomeUnknown() {
    cloud.respondToCalls(call -> MockCloud.json(200, ApiCall.PROJECT_SUSPEND.response()));
    try (TypeDBCloudClient client = client(this::failAfterCalls)) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).suspend("a"))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining(ADVICE)
          .hasMessageContaining("It may or may not have been applied")
          .hasRootCauseInstanceOf(NoSuchMethodError.class);
    }
    assertThat(cloud.calls()).filteredOn(call -> call.getMethod().equals("POST")).hasSize(1);
  }

  @Test
  void exchange_failsToLink_isNotRetried() {
    Interceptor failing =
        chain -> {
          requests.incrementAndGet();
          throw new NoClassDefFoundError("okio/Socket");
        };
    try (TypeDBCloudClient client = client(failing)) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
          .isInstanceOfSatisfying(
              TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DEPENDENCIES))
          .hasMessageContaining("okio/Socket")
          .hasMessageContaining(ADVICE);
    }
    assertThat(requests).hasValue(1);
  }

  /** An interceptor may have seen the token of the response. */
  @Test
  void exchange_interceptorFailsToLinkAndQuotes_messageIsWithheld() {
    Interceptor quoting =
        chain -> {
          try (Response response = chain.proceed(chain.request())) {
            throw new IllegalStateException(
                "cannot trace " + response.body().string(), new NoSuchMethodError("Trace.add"));
          }
        };
    cloud.respondToExchanges(exchange -> MockCloud.text(200, "token-of-nobody"));
    try (TypeDBCloudClient client = client(quoting)) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
          .hasMessageContaining(ADVICE)
          .satisfies(
              e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("token-of-nobody"));
    }
  }

  @Test
  void asyncAndWait_failToLink_endAtOnce() {
    try (TypeDBCloudClient client = client(this::failCalls)) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      assertThatThrownBy(() -> clusters.async().list().join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(TransportException.class)
          .hasMessageContaining(ADVICE);
      assertThatThrownBy(() -> clusters.awaitDestroyed("a")).hasMessageContaining(ADVICE);
    }
    assertThat(requests).hasValue(2);
  }

  @Test
  void credentialsSupplier_failsToLink_isNotRetried() {
    Supplier<ClientCredentials> supplier =
        () -> {
          requests.incrementAndGet();
          throw new NoClassDefFoundError("com/example/vault/VaultClient");
        };
    try (TypeDBCloudClient client =
        TypeDBCloudClient.builder()
            .baseUrl(cloud.url())
            .credentials(supplier)
            .maxAttempts(3)
            .build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).suspend("a"))
          .isInstanceOfSatisfying(
              TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DEPENDENCIES))
          .hasMessageContaining("NoClassDefFoundError: com/example/vault/VaultClient")
          .hasMessageContaining("suspend of cluster 'a' in project new-org/default was not sent")
          .hasMessageContaining(ADVICE);
    }
    assertThat(requests).hasValue(1);
    assertThat(cloud.exchanges()).isEmpty();
  }

  @Test
  void credentialsSupplier_failsToInitialize_isNotBlamedOnLibraries() {
    Supplier<ClientCredentials> supplier =
        () -> {
          throw new ExceptionInInitializerError(new IllegalStateException("vault is sealed"));
        };
    try (TypeDBCloudClient client =
        TypeDBCloudClient.builder()
            .baseUrl(cloud.url())
            .credentials(supplier)
            .maxAttempts(1)
            .build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
          .isInstanceOfSatisfying(
              TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CREDENTIALS))
          .hasMessageNotContaining(ADVICE);
    }
  }

  @Test
  void read_responseCannotBeDecoded_isNotRetried() throws Exception {
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));

    assertThatThrownBy(() -> runWithout(PARSER, ListClusters.class))
        .satisfies(
            e ->
                assertThat(e.getClass().getName())
                    .isEqualTo(UnreadableResponseException.class.getName()))
        .hasMessageContaining("got HTTP 200, which cannot be decoded")
        .hasMessageContaining(PARSER.replace('.', '/'))
        .hasMessageContaining(ADVICE);
    assertThat(cloud.calls()).hasSize(1);
  }

  @Test
  void write_responseCannotBeDecoded_outcomeUnknown() throws Exception {
    cloud.respondToCalls(call -> MockCloud.json(200, ApiCall.PROJECT_SUSPEND.response()));

    assertThatThrownBy(() -> runWithout(PARSER, SuspendCluster.class))
        .satisfies(
            e ->
                assertThat(e.getClass().getName())
                    .isEqualTo(OutcomeUnknownException.class.getName()))
        .hasMessageContaining("got HTTP 200, which cannot be decoded")
        .hasMessageContaining("It may or may not have been applied")
        .hasMessageContaining(ADVICE);
    assertThat(cloud.calls()).filteredOn(call -> call.getMethod().equals("POST")).hasSize(1);
  }

  @Test
  void write_requestCannotBeEncoded_nothingWasSent() throws Exception {
    assertThatThrownBy(() -> runWithout(WRITER, DeployCluster.class))
        .satisfies(
            e -> assertThat(e.getClass().getName()).isEqualTo(TransportException.class.getName()))
        .hasMessageContaining("the request cannot be encoded")
        .hasMessageContaining(WRITER.replace('.', '/'))
        .hasMessageContaining("Nothing was sent")
        .hasMessageContaining(ADVICE);
    assertThat(cloud.exchanges()).hasSize(1);
    assertThat(cloud.calls()).isEmpty();
  }

  /** Runs a program with classes of its own, of which one is missing. */
  @SuppressWarnings("unchecked") // the program is of another class loader
  private void runWithout(String missing, Class<? extends Program> program) throws Exception {
    try (URLClassLoader loader = new IncompleteLibraries(missing)) {
      ((Consumer<String>) loader.loadClass(program.getName()).getConstructor().newInstance())
          .accept(cloud.url());
    }
  }

  private TypeDBCloudClient client(Interceptor interceptor) {
    return cloud.client().customizeHttpClient(http -> http.addInterceptor(interceptor)).build();
  }

  private Response failCalls(Interceptor.Chain chain) throws java.io.IOException {
    if (chain.request().url().encodedPath().endsWith("/auth")) {
      return chain.proceed(chain.request());
    }
    requests.incrementAndGet();
    throw new NoSuchMethodError("okio.Okio.socket");
  }

  private Response failAfterCalls(Interceptor.Chain chain) throws java.io.IOException {
    Response response = chain.proceed(chain.request());
    if (chain.request().url().encodedPath().endsWith("/auth")) {
      return response;
    }
    response.close();
    throw new NoSuchMethodError("okio.Okio.socket");
  }

  /** The class path of this test without one class. */
  private static final class IncompleteLibraries extends URLClassLoader {
    private final String missing;

    IncompleteLibraries(String missing) {
      super(classPath(), ClassLoader.getPlatformClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.equals(missing)) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }

    private static URL[] classPath() {
      return Pattern.compile(Pattern.quote(File.pathSeparator))
          .splitAsStream(System.getProperty("java.class.path"))
          .map(entry -> url(Path.of(entry)))
          .toArray(URL[]::new);
    }

    private static URL url(Path entry) {
      try {
        return entry.toUri().toURL();
      } catch (MalformedURLException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A call of a client of the service at a URL. */
  public abstract static class Program implements Consumer<String> {
    @Override
    public void accept(String url) {
      try (TypeDBCloudClient client =
          TypeDBCloudClient.builder()
              .baseUrl(url)
              .credentials("id", "secret")
              .maxAttempts(3)
              .verificationWindow(Duration.ZERO)
              .build()) {
        call(client.clusters(Fixtures.PROJECT));
      }
    }

    abstract void call(ClustersApi clusters);
  }

  /** A read. */
  public static final class ListClusters extends Program {
    @Override
    void call(ClustersApi clusters) {
      clusters.list();
    }
  }

  /** A write without a body. */
  public static final class SuspendCluster extends Program {
    @Override
    void call(ClustersApi clusters) {
      clusters.suspend("a");
    }
  }

  /** A write with a body. */
  public static final class DeployCluster extends Program {
    @Override
    void call(ClustersApi clusters) {
      clusters.deploy(Fixtures.freeCluster("a").build());
    }
  }
}
