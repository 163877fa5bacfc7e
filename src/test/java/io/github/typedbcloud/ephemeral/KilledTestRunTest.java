package io.github.typedbcloud.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sweep after a process with an ephemeral cluster was killed. */
final class KilledTestRunTest {

  private static final WaitOptions FAST_POLLING =
      WaitOptions.builder().interval(Duration.ofMillis(20), Duration.ofMillis(20)).build();

  @TempDir Path ledger;

  @Test
  void sweep_killedProcess_destroysItsClusters() throws IOException, InterruptedException {
    try (TypeDBCloudSimulator simulator =
            TypeDBCloudSimulator.builder().transitionTime(Duration.ofMillis(100)).start();
        TypeDBCloudClient cloud =
            TypeDBCloudClient.builder()
                .baseUrl(simulator.url())
                .credentials(simulator.clientId(), simulator.clientSecret())
                .build()) {
      ClustersApi clusters = cloud.clusters(Scope.space("my-team", "default"));
      clusters.deployAndAwait(Fixtures.paidCluster("precious").build(), FAST_POLLING);
      EphemeralClusters ephemeral =
          EphemeralClusters.builder(cloud, Scope.space("my-team", "default"))
              .ledger(ledger)
              .waitOptions(FAST_POLLING)
              .build();
      Process run = testRun(simulator);
      try (BufferedReader printed = run.inputReader()) {
        String id = printed.readLine();
        assertThat(clusters.find(id)).isPresent();
        assertThat(ephemeral.sweep().destroyed()).as("while the process lives").isEmpty();

        run.destroyForcibly().waitFor(30, TimeUnit.SECONDS);

        assertThat(clusters.find(id)).isPresent();
        assertThat(ephemeral.sweep()).isEqualTo(new SweepResult(List.of(id), Map.of(), List.of()));
      } finally {
        run.destroyForcibly();
      }
      assertThat(clusters.list()).extracting(Cluster::id).containsExactly("precious");
      assertThat(ephemeral.sweep().destroyed()).isEmpty();
    }
  }

  private Process testRun(TypeDBCloudSimulator simulator) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", // starts faster
            "-cp",
            System.getProperty("java.class.path"),
            KilledTestRun.class.getName(),
            simulator.url(),
            simulator.clientId(),
            simulator.clientSecret(),
            ledger.toString());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
