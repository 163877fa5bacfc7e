package io.github.typedbcloud.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands that need the packaged jar, as they stand there but for the port. */
final class ReadmeCommandsIT {

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void simulatorServesAndSweepSweepsIt() throws IOException, InterruptedException {
    List<String> serve = command("java -jar .* simulator .*");
    serve.set(serve.indexOf("8080"), "0");
    try (ServedSimulator simulator = ServedSimulator.run(serve)) {
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
          .containsExactly("Swept space my-team/default: 0 destroyed, 0 left.");
    }
  }

  @Test
  void promptDoesWhatIsTyped() throws IOException, InterruptedException {
    List<String> jshell = command("jshell .*");
    jshell.add(1, "-J-Djava.util.prefs.userRoot=" + directory);
    String typed =
        blocks().stream()
            .filter(block -> block.startsWith("jshell> "))
            .findFirst()
            .orElseThrow()
            .replace("jshell> ", "");
    assertThat(typed).contains("show(").endsWith("/exit\n");

    Program prompt = Program.run(directory, typed, Map.of("TERM", "dumb"), jshell);

    assertThat(String.join("\n", prompt.lines()))
        .containsSubsequence(
            "==> starting", "my-cluster: running, 1/1", "ID          STATUS   SERVERS")
        .doesNotContain("Error:");
    assertThat(prompt.exitCode()).isZero();
  }

  /** With the tool of the JDK that these tests run on. */
  private static List<String> command(String pattern) throws IOException {
    String line =
        blocks().stream()
            .flatMap(String::lines)
            .filter(each -> each.matches(pattern))
            .findFirst()
            .orElseThrow();
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.set(0, Program.tool(words.get(0)));
    return words;
  }

  private static List<String> blocks() throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .filter(result -> !result.group(1).equals("java"))
        .map(result -> result.group(2))
        .toList();
  }
}
