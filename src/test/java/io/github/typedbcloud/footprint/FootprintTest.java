package io.github.typedbcloud.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.internal.api.Decoders;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.support.SimulatedCloud;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bounds what does not change from run to run: bytes that a call allocates and classes that a
 * program loads up to its first response. Times are measured by the benchmarks.
 */
final class FootprintTest {

  /** Some 13 KB when it was set, 12 of which are OkHttp's; the agent that counts coverage adds. */
  private static final long BYTES_OF_A_GET = 16_000;

  /** Some 345 when it was set, for a list of many. */
  private static final long BYTES_OF_A_DECODED_CLUSTER = 450;

  /** Some 1,950 on JDK 17 when it was set, 450 of which any JVM loads for nothing. */
  private static final int CLASSES_TO_THE_FIRST_ANSWER = 2_300;

  private static final int WARM_UP = 1_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path directory;

  @Test
  void get_warm_allocatesLittle() throws Exception {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start();
        TypeDBCloudClient cloud =
            TypeDBCloudClient.builder()
                .baseUrl(simulator.url())
                .credentials(simulator.clientId(), simulator.clientSecret())
                .build()) {
      ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);
      clusters.deploy(Fixtures.paidCluster("a").build());

      assertThat(leastBytesOf(() -> clusters.get("a"))).isBetween(1L, BYTES_OF_A_GET);
    }
  }

  @Test
  void cluster_decoded_allocatesLittle() throws Exception {
    int size = 1_000;
    byte[] list =
        Collections.nCopies(size, Payloads.SPACE_CLUSTER).stream()
            .collect(Collectors.joining(",", "[", "]"))
            .getBytes(StandardCharsets.UTF_8);

    assertThat(leastBytesOf(() -> Decoders.CLUSTERS.decode(list)) / size)
        .isBetween(1L, BYTES_OF_A_DECODED_CLUSTER);
  }

  @Test
  @DisabledOnOs(
      value = OS.WINDOWS,
      disabledReason = "the JDK's classes for files and sockets differ")
  void firstResponse_fewClasses_areLoaded() throws IOException, InterruptedException {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      TypeDBCloudClient cloud =
          TypeDBCloudClient.builder()
              .baseUrl(simulator.url())
              .credentials(simulator.clientId(), simulator.clientSecret())
              .build();
      try (cloud) {
        cloud.clusters(SimulatedCloud.SPACE).deploy(Fixtures.paidCluster("a").build());
      }

      List<String> loaded = classesLoadedBy(simulator);

      assertThat(loaded).hasSizeBetween(500, CLASSES_TO_THE_FIRST_ANSWER);
      assertThat(loaded)
          .as("databind and the catalogs are for those who use them")
          .noneMatch(name -> name.startsWith("com.fasterxml.jackson.databind"))
          .noneMatch(name -> name.contains("CatalogJson"))
          .contains("io.github.typedbcloud.model.Cluster");
    }
  }

  private List<String> classesLoadedBy(TypeDBCloudSimulator simulator)
      throws IOException, InterruptedException {
    Path log = directory.resolve("classes");
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load:file=" + log,
            "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
            "-cp",
            runtimeClassPath(),
            FirstResponse.class.getName(),
            simulator.url(),
            simulator.clientId(),
            simulator.clientSecret());
    program.environment().remove("JAVA_TOOL_OPTIONS");
    Process process =
        program.redirectErrorStream(true).redirectOutput(directory.resolve("out").toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(directory.resolve("out"))).contains("a: ");
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains("source:"))
        .map(line -> line.replaceFirst("^(\\[[^]]*])+ *", "").replaceFirst(" .*", ""))
        .toList();
  }

  private static String runtimeClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(
            entry ->
                entry.matches(
                    ".*(classes|okhttp-jvm-[^/]*|okio-jvm-[^/]*|kotlin-stdlib-[0-9][^/]*"
                        + "|slf4j-api-[^/]*|jackson-(core|databind|annotations)-2[^/]*)"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The least of many: the JIT compiler, and tables that grow, only ever add. */
  private long leastBytesOf(Callable<Object> work) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      work.call();
    }
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      work.call();
      seen.add(threads.getCurrentThreadAllocatedBytes() - before);
    }
    return Collections.min(seen);
  }
}
