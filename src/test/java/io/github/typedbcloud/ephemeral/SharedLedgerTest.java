package io.github.typedbcloud.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Several users of one ledger: threads, instances, class loaders and processes. */
final class SharedLedgerTest {

  private static final DeployClusterRequest REQUEST = Fixtures.paidCluster("ignored").build();

  @TempDir Path ledger;

  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().transitionTime(Duration.ZERO).start();
  private TypeDBCloudClient cloud;
  private ClustersApi clusters;

  @BeforeEach
  void open() {
    cloud = SweepRun.client(arguments());
    clusters = cloud.clusters(SweepRun.SPACE);
  }

  @AfterEach
  void close() {
    cloud.close();
    simulator.close();
  }

  @Test
  void ownSweep_heldEntry_staysLockedForOthers() throws IOException {
    try (EphemeralCluster cluster = ephemeral().deploy(REQUEST)) {
      EphemeralClusters other = ephemeral();
      assertThat(other.leftovers()).isEmpty();
      assertThat(other.sweep().destroyed()).isEmpty();
      readEntries();

      assertThat(JavaProcess.run(SweepRun.class, arguments())).containsExactly("destroyed []");
      assertThat(clusters.find(cluster.id())).isPresent();
    }
    assertThat(ledger).isEmptyDirectory();
  }

  @Test
  void otherClassLoader_heldEntry_staysLocked() throws Exception {
    try (EphemeralCluster cluster = ephemeral().deploy(REQUEST);
        URLClassLoader loader = isolatedLoader()) {
      Class<?> foreign = loader.loadClass(SweepRun.class.getName());
      assertThat(foreign).isNotSameAs(SweepRun.class);

      assertThat(foreign.getMethod("sweep", String[].class).invoke(null, (Object) arguments()))
          .isEqualTo("destroyed []");
      assertThat(JavaProcess.run(SweepRun.class, arguments())).containsExactly("destroyed []");
      assertThat(clusters.find(cluster.id())).isPresent();
    }
    assertThat(ledger).isEmptyDirectory();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege")
  void otherPath_heldEntry_staysLocked() throws IOException {
    Path link = Files.createSymbolicLink(ledger.resolve("link"), Files.createDirectory(real()));
    String[] viaLink = arguments();
    viaLink[3] = link.toString();
    String[] direct = arguments();
    direct[3] = real().toString();
    try (EphemeralCluster cluster = SweepRun.ephemeral(cloud, viaLink).deploy(REQUEST)) {
      assertThat(SweepRun.ephemeral(cloud, direct).sweep().destroyed()).isEmpty();

      assertThat(JavaProcess.run(SweepRun.class, direct)).containsExactly("destroyed []");
      assertThat(clusters.find(cluster.id())).isPresent();
    }
    assertThat(real()).isEmptyDirectory();
  }

  @Test
  void registry_lost_heldEntryStaysLocked() throws IOException {
    try (EphemeralCluster cluster = ephemeral().deploy(REQUEST)) {
      for (String name : System.getProperties().stringPropertyNames()) {
        if (name.startsWith(EntryLock.REGISTRY_PREFIX) && name.contains(cluster.id())) {
          System.clearProperty(name);
        }
      }
      assertThat(ephemeral().sweep().destroyed()).isEmpty();
      assertThat(ephemeral().sweep().destroyed()).isEmpty();

      assertThat(JavaProcess.run(SweepRun.class, arguments())).containsExactly("destroyed []");
    }
    assertThat(ledger).isEmptyDirectory();
  }

  @Test
  void deployAndSweep_inParallel_loseNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        EphemeralClusters ephemeral = ephemeral();
        runs.add(threads.submit(() -> deployAndSweep(ephemeral)));
      }
      for (Future<?> run : runs) {
        run.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(clusters.list()).isEmpty();
    assertThat(ledger).isEmptyDirectory();
    assertThat(System.getProperties().stringPropertyNames())
        .noneMatch(name -> name.contains(ledger.toString()));
  }

  private void deployAndSweep(EphemeralClusters ephemeral) {
    for (int round = 0; round < 10; round++) {
      try (EphemeralCluster cluster = ephemeral.deploy(REQUEST)) {
        SweepResult result = ephemeral.sweep();
        assertThat(result.destroyed()).isEmpty();
        assertThat(result.isComplete()).as(result.toString()).isTrue();
        assertThat(clusters.find(cluster.id())).isPresent();
      }
    }
  }

  private Path real() {
    return ledger.resolve("real");
  }

  private EphemeralClusters ephemeral() {
    return SweepRun.ephemeral(cloud, arguments());
  }

  private String[] arguments() {
    return new String[] {
      simulator.url(), simulator.clientId(), simulator.clientSecret(), ledger.toString()
    };
  }

  private void readEntries() throws IOException {
    try (Stream<Path> files = Files.list(ledger)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".properties")).toList()) {
        assertThat(Files.readString(file)).contains("id=");
      }
    }
  }

  /** Loads the classes of the class path once more. */
  private static URLClassLoader isolatedLoader() {
    URL[] urls =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(SharedLedgerTest::url)
            .toArray(URL[]::new);
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String path) {
    try {
      return Path.of(path).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
