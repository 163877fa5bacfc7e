package io.github.typedbcloud.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Clients that are used and dropped without {@code close()}: what they hold is released. */
@EnabledOnOs(OS.LINUX) // counts the descriptors in /proc
final class AbandonedClientsTest {

  private static final int FEW = 200;

  private static final int MANY = Integer.getInteger("abandoned.clients", 10_000);

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** How often the garbage is collected while clients are made, in clients. */
  private static final int COLLECT_EVERY = 50;

  /** Those of the clients of the last seconds, which end after a time without work. */
  private static final int MAX_THREADS = 3_000;

  /** Of the JVM, which do not grow with the clients. */
  private static final int SLACK = 20;

  /** In which the pool of an abandoned client closes its connections. */
  private static final Duration SHORT_LIFETIME = Duration.ofMillis(100);

  private MockCloud cloud;

  @BeforeEach
  void start() {
    cloud = new MockCloud();
    cloud.respondToCalls(AbandonedClientsTest::response);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private static MockResponse response(mockwebserver3.RecordedRequest request) {
    String cluster = Payloads.cluster("running");
    boolean isList = request.getUrl().encodedPath().endsWith("/clusters");
    return MockCloud.json(200, isList ? "[" + cluster + "]" : cluster);
  }

  @Test
  @Timeout(60)
  void clients_abandoned_releaseThreadsAndDescriptors() throws Exception {
    useAndDrop(
        FEW,
        http ->
            http.connectionPool(
                new ConnectionPool(1, SHORT_LIFETIME.toMillis(), TimeUnit.MILLISECONDS)),
        Duration.ofSeconds(20));
  }

  /** Takes two minutes: the connections stay open as long as those of a client in use. */
  @Test
  @Tag("soak")
  @Timeout(900)
  void manyClients_abandoned_releaseThreadsAndDescriptors() throws Exception {
    useAndDrop(MANY, http -> {}, Duration.ofSeconds(150));
  }

  private void useAndDrop(
      int count, Consumer<OkHttpClient.Builder> customizer, Duration timeToRelease)
      throws Exception {
    useAndDrop(0, customizer);
    int threads = threads();
    long descriptors = descriptors();
    int maxThreads = 0;
    long maxDescriptors = 0;
    long begun = System.nanoTime();

    for (int i = 1; i <= count; i++) {
      useAndDrop(i, customizer);
      if (i % COLLECT_EVERY == 0) {
        maxThreads = Math.max(maxThreads, threads());
        maxDescriptors = Math.max(maxDescriptors, descriptors());
        System.gc();
      }
    }

    long used = System.nanoTime();
    boolean isReleased =
        collectUntil(
            () -> threads() <= threads + SLACK && descriptors() <= descriptors + SLACK,
            timeToRelease);
    System.out.printf(
        "%s clients in %.1f s: threads %s before, %s at most, %s after; descriptors %s, %s, %s;"
            + " released in %.1f s%n",
        count,
        (used - begun) / 1e9,
        threads,
        maxThreads,
        threads(),
        descriptors,
        maxDescriptors,
        descriptors(),
        (System.nanoTime() - used) / 1e9);
    assertThat(isReleased)
        .as("threads %s, descriptors %s", threadsByName(), descriptors())
        .isTrue();
    assertThat(maxThreads).isLessThan(threads + MAX_THREADS);
  }

  /** Each use in another way. */
  private void useAndDrop(int number, Consumer<OkHttpClient.Builder> customizer) throws Exception {
    TypeDBCloudClient client =
        TypeDBCloudClient.builder()
            .baseUrl(cloud.url())
            .credentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET)
            .customizeHttpClient(customizer)
            .build();
    ClustersApi clusters = client.clusters(Fixtures.PROJECT);
    switch (number % 4) {
      case 0 -> clusters.list();
      case 1 -> clusters.async().get("api-cluster").get(20, TimeUnit.SECONDS);
      case 2 -> clusters.await("api-cluster", ClusterStatus.RUNNING);
      default -> clusters.suspend("api-cluster");
    }
  }

  private static int threads() {
    return threadsByName().values().stream().mapToInt(Math::toIntExact).sum();
  }

  /** But for those of the server: their names without numbers, and how many each has. */
  private static Map<String, Long> threadsByName() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith("MockWebServer"))
        .collect(
            Collectors.groupingBy(
                thread -> thread.getName().replaceAll("[0-9]+", "#"), Collectors.counting()));
  }

  private static long descriptors() {
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return open.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean collectUntil(BooleanSupplier condition, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      System.gc();
    }
    return true;
  }

  /** Uses a client from a class loader of its own. */
  static final class Program implements Consumer<String> {
    @Override
    public void accept(String url) {
      TypeDBCloudClient client =
          TypeDBCloudClient.builder().baseUrl(url).credentials("id", "secret").build();
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      clusters.list();
      clusters.async().list().join();
      clusters.await("api-cluster", ClusterStatus.RUNNING);
    }
  }

  /**
   * Takes two minutes: until then a thread of OkHttp holds the loader, first to close idle
   * connections, and then for a minute in which it is idle itself.
   */
  @Test
  @Tag("soak")
  @Timeout(300)
  void classLoader_abandoned_isCollected() throws Exception {
    WeakReference<ClassLoader> loader = runInLoader(cloud.url());
    // JDK 17 itself keeps the type of the record that was compared last, whoever did that.
    assertThat(new Compared("a").equals(new Compared("b"))).isFalse();

    long begun = System.nanoTime();
    boolean isCollected = collectUntil(() -> loader.get() == null, Duration.ofMinutes(3));

    System.out.printf("class loader collected after %.1f s%n", (System.nanoTime() - begun) / 1e9);
    assertThat(isCollected).as("threads %s", threadsByName()).isTrue();
  }

  private record Compared(String value) {}

  private static WeakReference<ClassLoader> runInLoader(String url) throws Exception {
    URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
    Class<?> type = loader.loadClass(Program.class.getName());
    assertThat(type).isNotSameAs(Program.class);
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    @SuppressWarnings("unchecked")
    Consumer<String> program = (Consumer<String>) constructor.newInstance();
    Thread thread = new Thread(() -> program.accept(url));
    thread.setContextClassLoader(loader);
    thread.start();
    thread.join();
    loader.close();
    return new WeakReference<>(loader);
  }

  private static URL[] classPath() {
    List<String> entries =
        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    return entries.stream()
        .map(
            entry -> {
              try {
                return Path.of(entry).toUri().toURL();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            })
        .toArray(URL[]::new);
  }
}
