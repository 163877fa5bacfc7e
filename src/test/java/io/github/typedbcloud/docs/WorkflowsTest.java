package io.github.typedbcloud.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.typedbcloud.examples.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows of GitHub, and the script that a release needs. */
final class WorkflowsTest {

  private static final Pattern USES = Pattern.compile("uses: (.*)");

  private static final String PINNED = "[\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+";

  static Stream<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(".github", "workflows"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void actions_ofWorkflow_arePinnedByCommit(Path workflow) throws IOException {
    List<String> actions =
        USES.matcher(Files.readString(workflow))
            .results()
            .map((MatchResult action) -> action.group(1))
            .toList();

    assertThat(actions).isNotEmpty().allMatch(action -> action.matches(PINNED));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void permissions_ofWorkflow_areGrantedToSingleJobs(Path workflow) throws IOException {
    String text = Files.readString(workflow);

    assertThat(text).containsPattern("(?m)^permissions: \\{}$");
    assertThat(text.split("(?m)^ {4}permissions:\\n", -1).length - 1)
        .isEqualTo(
            (int) Pattern.compile("(?m)^ {4}runs-on:").matcher(text).results().count()
                - (int) Pattern.compile("(?m)^ {4}permissions: \\{}").matcher(text).results().count());
  }

  @ParameterizedTest
  @CsvSource({"0.1.1, one", "0.1.10, ten"})
  void releaseNotes_ofVersion_areItsSectionAlone(
      String version, String notes, @TempDir Path directory) throws Exception {
    assertThat(releaseNotes(version, directory)).isEqualTo(new Program(0, List.of(notes)));
  }

  @Test
  void releaseNotes_ofUnknownVersion_fail(@TempDir Path directory) throws Exception {
    assertThat(releaseNotes("0.1", directory)).isEqualTo(new Program(1, List.of()));
  }

  private static Program releaseNotes(String version, Path directory) throws Exception {
    assumeTrue(File.separatorChar == '/', "needs a POSIX shell");
    Path changelog =
        Files.writeString(
            directory.resolve("changelog"),
            "# Changelog\n## 0.1.10, 2 January\nten\n## 0.1.1, 1 January\none\n");
    return Program.run(
        directory, "", Map.of(), List.of(".ci/release-notes", version, changelog.toString()));
  }
}
