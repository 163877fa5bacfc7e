package io.github.typedbcloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows of GitHub Actions: what runs in them, and with which permissions. */
final class WorkflowsTest {

  private static final String PINNED =
      "uses: ([\\w/-]+)@([0-9a-f]{40}) # v[0-9]+\\.[0-9]+\\.[0-9]+";

  private static final String SECRETS = "${{ secrets.";

  static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(".github/workflows"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void actions_arePinnedByCommit(Path workflow) throws IOException {
    assertThat(uses(workflow)).isNotEmpty().allMatch(use -> use.matches(PINNED));
  }

  @Test
  void actions_inAllWorkflows_haveOneVersion() throws IOException {
    Map<String, List<String>> versions =
        workflows().stream()
            .flatMap(workflow -> uses(workflow).stream())
            .distinct()
            .collect(Collectors.groupingBy(use -> use.replaceAll("@.*", "")));

    assertThat(versions.values()).allSatisfy(uses -> assertThat(uses).hasSize(1));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void jobs_haveOwnPermissionsAndTimeout(Path workflow) throws IOException {
    JsonNode parsed = new YAMLMapper().readTree(workflow.toFile());

    assertThat(parsed.path("permissions").toString()).as("of the workflow").isEqualTo("{}");
    assertThat(jobs(workflow))
        .isNotEmpty()
        .allSatisfy(
            job -> {
              assertThat(job.path("permissions").isObject()).isTrue();
              assertThat(job.has("timeout-minutes")).isTrue();
            });
  }

  @Test
  void secrets_onlyInProtectedEnvironment() throws IOException {
    List<JsonNode> withSecrets =
        workflows().stream()
            .flatMap(workflow -> jobs(workflow).stream())
            .filter(job -> job.toString().contains(SECRETS))
            .toList();

    assertThat(withSecrets)
        .singleElement()
        .satisfies(job -> assertThat(job.path("environment").asText()).isEqualTo("release"));
  }

  private static List<String> uses(Path workflow) {
    return Page.read(workflow)
        .text()
        .lines()
        .filter(line -> line.contains("uses:"))
        .map(line -> line.replaceFirst("^[ -]*", ""))
        .toList();
  }

  private static Collection<JsonNode> jobs(Path workflow) {
    try {
      return new YAMLMapper()
          .readTree(Page.read(workflow).text())
          .path("jobs")
          .findParents("runs-on");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
