package io.github.typedbcloud.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.time.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quickstart.Quickstart;

/** The quickstart of the README. */
final class QuickstartTest {

  private static final Pattern POLL = Pattern.compile("api-cluster: ([a-z]+), .*\\d s.*");

  static Stream<Scope> scopes() {
    return Stream.of(Scope.project("my-org", "default"), Scope.space("my-team", "default"));
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void quickstart_lifecycle_printsEachStatus(Scope scope) {
    ManualTime time = new ManualTime();
    try (TypeDBCloudSimulator simulator =
            TypeDBCloudSimulator.builder()
                .time(time)
                .transitionTime(Duration.ofMinutes(4))
                .start();
        TypeDBCloudClient client = client(simulator, time)) {
      ByteArrayOutputStream printed = new ByteArrayOutputStream();

      Quickstart.runLifecycle(
          client.clusters(scope), "api-cluster", new PrintStream(printed, true));

      assertLifecycle(printed.toString(StandardCharsets.UTF_8).lines().toList());
      assertThat(client.clusters(scope).list()).isEmpty();
    }
  }

  @Test
  void quickstart_slowStart_destroysCluster() {
    ManualTime time = new ManualTime();
    Scope scope = Scope.project("my-org", "default");
    try (TypeDBCloudSimulator simulator =
            TypeDBCloudSimulator.builder().time(time).startingTime(Duration.ofHours(1)).start();
        TypeDBCloudClient client = client(simulator, time)) {
      PrintStream ignored = new PrintStream(new ByteArrayOutputStream());

      assertThatThrownBy(
              () -> Quickstart.runLifecycle(client.clusters(scope), "api-cluster", ignored))
          .isInstanceOf(WaitException.class)
          .hasMessageContaining("the timeout elapsed");
      assertThat(client.clusters(scope).list()).isEmpty();
    }
  }

  @Test
  void main_withoutSettings_runs(@TempDir Path directory) throws IOException, InterruptedException {
    Program program =
        Program.run(
            directory,
            "",
            "java",
            "-XX:TieredStopAtLevel=1", // starts faster
            "-cp",
            Program.CLASS_PATH,
            Quickstart.class.getName());

    assertThat(program.lines())
        .first()
        .isEqualTo(
            "No credentials and scope in the environment: using a simulator in this process.");
    assertLifecycle(program.lines());
    assertThat(program.exitCode()).isZero();
  }

  private static TypeDBCloudClient client(TypeDBCloudSimulator simulator, ManualTime time) {
    return TypeDBCloudClient.builder()
        .baseUrl(simulator.url())
        .credentials(simulator.clientId(), simulator.clientSecret())
        .timeSource(time)
        .build();
  }

  private static void assertLifecycle(List<String> lines) {
    assertThat(lines)
        .containsSubsequence("1. deploy", "2. list", "3. suspend", "4. resume", "5. destroy");
    assertThat(lines).last().isEqualTo("Destroyed. Remaining clusters: 0");
    assertThat(statuses(lines))
        .containsExactly(
            "starting",
            "running",
            "suspending",
            "suspended",
            "resuming",
            "running",
            "destroying",
            "gone");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("    connect to "))
        .singleElement()
        .asString()
        .contains(".cluster.typedb.com:80 (running)");
  }

  /** The statuses that the polls returned, without consecutive duplicates. */
  private static List<String> statuses(List<String> lines) {
    List<String> statuses = new ArrayList<>();
    for (String line : lines) {
      Matcher poll = POLL.matcher(line);
      if (poll.matches()
          && (statuses.isEmpty() || !statuses.get(statuses.size() - 1).equals(poll.group(1)))) {
        statuses.add(poll.group(1));
      }
    }
    return statuses;
  }
}
