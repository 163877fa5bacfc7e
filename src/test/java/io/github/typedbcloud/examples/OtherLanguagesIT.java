package io.github.typedbcloud.examples;

import static io.github.typedbcloud.examples.Program.assumeInstalled;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs in other languages that use the simulator of the runnable jar. */
final class OtherLanguagesIT {

  private static final Path SCRIPTS = Path.of("src/test/scripts").toAbsolutePath();

  /** How often a script polls every 15 s while a transition takes 60 s. */
  private static final int POLLS = 4;

  @TempDir Path directory;

  static Stream<Arguments> scripts() {
    return Stream.of("projects", "early-spaces", "early-spaces-v1-auth", "spaces")
        .flatMap(
            edition ->
                Stream.of(
                    Arguments.of(edition, "bash", "bash/deploy.sh"),
                    Arguments.of(edition, "python3", "python/deploy.py"),
                    Arguments.of(edition, "node", "node/deploy.mjs")));
  }

  /** The scripts know only the URL of the real service, and nothing of the simulator. */
  @ParameterizedTest
  @MethodSource("scripts")
  void publishedScript_edition_pollsUntilRunning(String edition, String interpreter, String script)
      throws IOException, InterruptedException {
    assumeInstalled(interpreter);
    if (interpreter.equals("bash")) {
      assumeInstalled("curl");
    }
    Path certificate = directory.resolve("simulator.pem");
    try (SimulatorProcess simulator =
        SimulatorProcess.start(
            "--tls",
            "--tls-certificate",
            certificate.toString(),
            "--admin",
            "--manual-time",
            "--transition-time",
            "60s")) {
      Program run =
          Program.run(
              directory,
              "",
              redirected(simulator, certificate),
              List.of(interpreter, SCRIPTS.resolve(script).toString(), edition));

      assertThat(run.exitCode()).as(run.toString()).isZero();
      for (String id : List.of("free-cluster", "paid-cluster")) {
        assertThat(run.lines())
            .containsSubsequence(id + " is starting", id + " is running", id + " is destroying")
            .filteredOn(line -> line.equals(id + " is starting"))
            .hasSize(POLLS);
      }
      assertThat(run.lines())
          .filteredOn(line -> line.matches("address: \\w+-0\\.cluster\\.typedb\\.com:80"))
          .hasSize(2);
      if (interpreter.equals("bash")) {
        assertThat(run.lines())
            .containsSubsequence(
                "free-cluster is running",
                "free-cluster is suspending",
                "free-cluster is suspended",
                "free-cluster is resuming",
                "free-cluster is running");
      }
    }
  }

  @Test
  void pythonExample_unittest_succeeds() throws IOException, InterruptedException {
    assumeInstalled("python3");
    try (SimulatorProcess simulator = SimulatorProcess.start("--admin")) {
      Program tests =
          Program.run(
              directory,
              "",
              environment(simulator),
              List.of("python3", "-m", "unittest", Program.example("python/test_clusters.py")));

      assertThat(tests.exitCode()).as(tests.toString()).isZero();
      assertThat(tests.lines()).contains("OK").anyMatch(line -> line.startsWith("Ran 5 tests in "));
    }
  }

  @Test
  void nodeExample_testRunner_succeeds() throws IOException, InterruptedException {
    assumeInstalled("node");
    try (SimulatorProcess simulator = SimulatorProcess.start("--admin")) {
      Program tests =
          Program.run(
              directory,
              "",
              environment(simulator),
              List.of("node", "--test", Program.example("node/clusters.test.mjs")));

      assertThat(tests.exitCode()).as(tests.toString()).isZero();
      assertThat(tests.lines())
          .anyMatch(line -> line.endsWith(" pass 5"))
          .anyMatch(line -> line.endsWith(" skipped 0"));
    }
  }

  @Test
  void hundredTests_oneSimulatorWithResets_takeLessThanTenSeconds()
      throws IOException, InterruptedException {
    assumeInstalled("python3");
    try (SimulatorProcess simulator = SimulatorProcess.start("--admin")) {
      Map<String, String> environment = environment(simulator);
      environment.put("PYTHONPATH", Path.of(Program.example("python")).toAbsolutePath().toString());
      long start = System.nanoTime();

      Program tests =
          Program.run(
              directory,
              "",
              environment,
              List.of("python3", SCRIPTS.resolve("python/hundred_tests.py").toString()));

      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      assertThat(tests.exitCode()).as(tests.toString()).isZero();
      assertThat(tests.lines())
          .contains("OK")
          .anyMatch(line -> line.startsWith("Ran 100 tests in "));
      assertThat(duration).isLessThan(Duration.ofSeconds(10));
    }
  }

  /** For a program that is given the URL of the simulator. */
  private static Map<String, String> environment(SimulatorProcess simulator) {
    Map<String, String> environment = new HashMap<>(simulator.environment());
    environment.put("no_proxy", "*");
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    return environment;
  }

  /** For a script that calls the real service: the interpreter is what differs from its users'. */
  private Map<String, String> redirected(SimulatorProcess simulator, Path certificate)
      throws IOException {
    Map<String, String> environment = environment(simulator);
    int port = URI.create(environment.remove("TYPEDB_CLOUD_URL")).getPort();
    Files.writeString(
        directory.resolve(".curlrc"),
        """
        connect-to = "cloud.typedb.com:443:127.0.0.1:%s"
        cacert = "%s"
        """
            .formatted(port, certificate));
    Path hooks = SCRIPTS.resolve("hooks");
    environment.put("SIMULATOR_PORT", String.valueOf(port));
    environment.put("CURL_HOME", directory.toString());
    environment.put("PATH", hooks.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
    environment.put("PYTHONPATH", hooks.resolve("python").toString());
    environment.put("SSL_CERT_FILE", certificate.toString());
    environment.put("NODE_OPTIONS", "--require=" + hooks.resolve("node/simulator.cjs"));
    environment.put("NODE_EXTRA_CA_CERTS", certificate.toString());
    return environment;
  }
}
