package io.github.typedbcloud.examples;

import static io.github.typedbcloud.examples.Program.assumeInstalled;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar, used from a shell, from other languages and at the JShell prompt. */
final class AllJarIT {

  private static final String JAR = System.getProperty("all.jar");

  @TempDir Path directory;

  @Test
  void curlExample_bothVersions_everyOperation() throws IOException, InterruptedException {
    assumeInstalled("bash");
    assumeInstalled("curl");
    try (SimulatorProcess simulator = SimulatorProcess.start("--transition-time", "200ms")) {
      Program script =
          Program.run(
              directory,
              "",
              simulator.environment(),
              List.of("bash", Program.example("curl/every-operation.sh")));

      assertThat(script.lines())
          .contains("== projects", "== spaces")
          .last()
          .isEqualTo("All operations succeeded.");
      assertThat(script.exitCode()).isZero();
    }
  }

  @Test
  void pythonExample_deploysAndPolls() throws IOException, InterruptedException {
    assumeInstalled("python3");
    try (SimulatorProcess simulator = SimulatorProcess.start("--transition-time", "1s")) {
      Program script =
          Program.run(
              directory,
              "",
              simulator.environment(),
              List.of("python3", Program.example("python/deploy_and_wait.py")));

      assertThat(script.lines()).first().isEqualTo("python-cluster starting");
      assertThat(script.lines()).last().asString().startsWith("python-cluster is running at ");
      assertThat(script.exitCode()).isZero();
    }
  }

  @Test
  void simulator_givenTokensAndScopes_servesThem() throws IOException, InterruptedException {
    assumeInstalled("curl");
    try (SimulatorProcess simulator =
        SimulatorProcess.start("--space", "t/s", "--api-token", "reader:its-secret:read")) {
      Program exchange =
          Program.run(
              directory,
              "",
              Map.of(),
              List.of(
                  "curl",
                  "--silent",
                  "--request",
                  "POST",
                  "--header",
                  "Authorization: Basic reader:its-secret",
                  "--write-out",
                  " %{http_code}",
                  simulator.environment().get("TYPEDB_CLOUD_URL") + "/api/v1/auth"));

      assertThat(exchange.lines()).singleElement().asString().endsWith(" 200");
      assertThat(simulator.line(4)).contains("space t/s").doesNotContain("my-org");
    }
  }

  @Test
  void simulatorWithTls_curlWithCertificate_isTrusted() throws IOException, InterruptedException {
    assumeInstalled("curl");
    Path certificate = directory.resolve("simulator.pem");
    try (SimulatorProcess simulator =
        SimulatorProcess.start("--tls", "--tls-certificate", certificate.toString())) {
      String url = simulator.environment().get("TYPEDB_CLOUD_URL");
      String port = url.substring(url.lastIndexOf(':') + 1);
      for (String host : List.of("127.0.0.1", "localhost", "[::1]", "cloud.typedb.com")) {
        Program call =
            Program.run(
                directory,
                "",
                Map.of(),
                List.of(
                    "curl",
                    "--silent",
                    "--show-error",
                    "--cacert",
                    certificate.toString(),
                    "--resolve",
                    "cloud.typedb.com:" + port + ":127.0.0.1",
                    "https://" + host + ":" + port + "/"));

        assertThat(call.lines()).as(host).singleElement().asString().contains("path_not_found");
      }
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "terminating a process runs no shutdown hooks")
  void readyFile_processTerminated_isDeleted() throws IOException, InterruptedException {
    Path ready = directory.resolve("ready.json");
    try (SimulatorProcess simulator = SimulatorProcess.start("--ready-file", ready.toString())) {
      assertThat(ready)
          .content()
          .contains("\"url\":\"" + simulator.environment().get("TYPEDB_CLOUD_URL") + "\"");
    }
    assertThat(ready).doesNotExist();
  }

  @Test
  void helpAndWrongOption_exitCodes() throws IOException, InterruptedException {
    Program help = Program.run(directory, "", "java", "-jar", JAR, "help");
    assertThat(help.lines()).contains("Commands:");
    assertThat(help.exitCode()).isZero();

    Program version = Program.run(directory, "", "java", "-jar", JAR, "--version");
    assertThat(version.lines())
        .singleElement()
        .asString()
        .matches("typedb-cloud-client [0-9]+\\.[0-9]+\\.[0-9]+\\S*");

    Program misuse = Program.run(directory, "", "java", "-jar", JAR, "simulator", "--prot", "1");
    assertThat(misuse.lines()).first().asString().isEqualTo("Unknown option '--prot'.");
    assertThat(misuse.exitCode()).isEqualTo(2);
  }

  @Test
  void licencesAndServices_inJar_areKept() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      List<String> entries = jar.stream().map(entry -> entry.getName()).toList();
      assertThat(entries)
          .contains("META-INF/LICENSE", "META-INF/NOTICE")
          .contains("META-INF/services/com.fasterxml.jackson.core.JsonFactory")
          .doesNotHaveDuplicates()
          .noneMatch(entry -> entry.startsWith("org/junit") || entry.endsWith("module-info.class"));
      assertThat(
              new String(
                  jar.getInputStream(jar.getEntry("META-INF/NOTICE")).readAllBytes(),
                  StandardCharsets.UTF_8))
          .contains("Jackson");
      assertThat(jar.getManifest().getMainAttributes().getValue("Multi-Release")).isEqualTo("true");
    }
  }

  @Test
  void jshell_prompt_hasClientAndExits() throws IOException, InterruptedException {
    String typed =
        """
        clusters.deploy(free("my-cluster")).status()
        watch("my-cluster")
        show(clusters.list())
        show(clusters.get("my-cluster"))
        clusters.versions()
        clusters.get("nothing")
        show("text")
        clusters.validate(free("Not An Id")).size()
        clusters.destroy("my-cluster").status()
        watch("my-cluster")
        /exit
        """;

    Program jshell =
        Program.run(
            directory,
            typed,
            Map.of("TERM", "dumb"),
            List.of(
                Program.tool("jshell"),
                // Keeps these lines out of the history of the user.
                "-J-Djava.util.prefs.userRoot=" + directory,
                "--class-path",
                JAR,
                Program.example("jshell/typedb-cloud.jsh")));

    String printed = String.join("\n", jshell.lines());
    assertThat(printed)
        .contains(
            "Simulator: http://127.0.0.1:",
            "clusters of space my-team/default",
            "Try: clusters.deploy(free(\"my-cluster\"))")
        .containsSubsequence(
            "==> starting",
            "my-cluster: starting, 0/1 servers running, 0.",
            "my-cluster: running, 1/1 servers running,",
            "ID          STATUS   SERVERS  VERSION  PROVIDER  REGION        MACHINE        STORAGE  CREATED",
            "my-cluster  running  1/1      3.0.6    gcp       europe-west2  c2d-highcpu-2  10 GB    20",
            "==> [2.29.3, 3.0.6, 3.5.1]",
            "NotFoundException: get of cluster 'nothing' in space my-team/default",
            "show needs a cluster or a collection of clusters, such as show(clusters.list()), not a String",
            "==> 1",
            "==> destroying",
            "my-cluster: gone")
        .doesNotContain("cannot find symbol", "SLF4J")
        .doesNotContain("Error:");
    assertThat(jshell.exitCode()).isZero();
  }
}
