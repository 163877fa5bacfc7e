package io.github.typedbcloud.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.docs.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README and the guides that need the packaged jar. */
final class DocumentedCommandsIT {

  @TempDir Path directory;

  @Test
  void simulatorAndSweep_commandsOfThePage_succeed() throws IOException, InterruptedException {
    List<String> serve = command("java -jar .* simulator .*");
    serve.set(serve.indexOf("8080"), "0");
    try (SimulatorProcess simulator = SimulatorProcess.run(serve)) {
      assertThat(simulator.line(0)).startsWith("TypeDB Cloud simulator on http://127.0.0.1:");
      Map<String, String> environment = new HashMap<>(simulator.environment());
      environment.put("TYPEDB_CLOUD_TEAM", "my-team");
      environment.put("TYPEDB_CLOUD_SPACE", "default");

      List<String> sweep = command("java -jar .* sweep .*");
      sweep.addAll(List.of("--ledger", directory.toString()));
      Program dry = Program.run(directory, "", environment, sweep);
      assertThat(dry.exitCode()).as(dry.toString()).isZero();
      sweep.remove("--dry-run");
      assertThat(Program.run(directory, "", environment, sweep).lines())
          .containsExactly("Swept space my-team/default: 0 destroyed, 0 failed.");
    }
  }

  @Test
  void prompt_linesOfThePage_succeed() throws IOException, InterruptedException {
    List<String> jshell = command("jshell .*");
    jshell.add(1, "-J-Djava.util.prefs.userRoot=" + directory);
    String typed =
        blocks("")
            .filter(block -> block.startsWith("jshell> "))
            .findFirst()
            .orElseThrow()
            .replace("jshell> ", "");
    assertThat(typed).contains("show(").endsWith("/exit\n");

    Program prompt = Program.run(directory, typed, Map.of("TERM", "dumb"), jshell);

    assertThat(String.join("\n", prompt.lines()))
        .containsSubsequence(
            "==> starting", "my-cluster: running, 1/1", "ID          STATUS   SERVERS")
        .doesNotContain("Error:", "\u001b[2K");
    assertThat(prompt.exitCode()).isZero();
  }

  @Test
  void classArchive_commandsOfThePage_createAndUseIt() throws IOException, InterruptedException {
    String archive = directory.resolve("cloud.jsa").toString();
    List<String> create = command("java -XX:ArchiveClassesAtExit=.*");
    create.replaceAll(word -> word.replace("cloud.jsa", archive));
    List<String> use = command("java -XX:SharedArchiveFile=.*");
    use.replaceAll(word -> word.replace("cloud.jsa", archive));
    use.add(1, "-Xshare:on"); // fails when the archive cannot be used

    assertThat(Program.run(directory, "", Map.of(), create).exitCode()).isZero();
    assertThat(Path.of(archive)).exists();
    Program help = Program.run(directory, "", Map.of(), use);
    assertThat(help.exitCode()).as(help.toString()).isZero();
  }

  /** The first documented command that matches, with the tool of the JDK that runs this test. */
  private static List<String> command(String pattern) {
    String line =
        blocks("sh")
            .flatMap(String::lines)
            .filter(each -> each.matches(pattern))
            .findFirst()
            .orElseThrow();
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.set(0, Program.tool(words.get(0)));
    return words;
  }

  private static Stream<String> blocks(String language) {
    return Page.manual().stream().flatMap(page -> page.blocks(language).stream());
  }
}
