package io.github.typedbcloud.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JShell script gives a prompt with a client ready. */
final class JShellScriptTest {

  @Test
  void clustersAreDeployedAndWatchedAtThePrompt(@TempDir Path directory)
      throws IOException, InterruptedException {
    String typed =
        """
        clusters.deploy(free("my-cluster")).status()
        watch("my-cluster", ClusterStatus.RUNNING).serversRunning()
        clusters.list().size()
        clusters.versions()
        clusters.get("nothing")
        clusters.validate(free("Not An Id")).size()
        /exit
        """;

    Program jshell =
        Program.run(
            directory,
            typed,
            "jshell",
            // Keeps the history of these lines out of the user's own.
            "-J-Djava.util.prefs.userRoot=" + directory,
            "--class-path",
            Program.CLASS_PATH,
            Program.example("jshell/typedb-cloud.jsh"));

    String printed = String.join("\n", jshell.lines());
    assertThat(printed)
        .contains(
            "Simulator: TypeDBCloudClient[http://127.0.0.1:",
            "clusters of space my-team/default",
            "Try: clusters.deploy(free(\"my-cluster\"))")
        .containsSubsequence(
            "==> starting",
            "my-cluster: starting, 0/1 servers running, 0.",
            "my-cluster: running, 1/1 servers running,",
            "==> 1",
            "==> 1",
            "==> [2.29.3, 3.0.6, 3.5.1]",
            "NotFoundException: get of cluster 'nothing' in space my-team/default",
            "==> 1")
        .doesNotContain("cannot find symbol")
        .doesNotContain("Error:");
    assertThat(jshell.exitCode()).isZero();
  }
}
