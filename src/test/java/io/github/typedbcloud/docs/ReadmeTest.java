package io.github.typedbcloud.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.validation.Catalog;
import io.github.typedbcloud.validation.MachineType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The README says what is so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReadmeTest {

  /** What a JShell prompt imports by itself, as far as the README needs it. */
  private static final List<String> PROMPT_IMPORTS =
      List.of("import java.util.*;", "import java.util.function.*;");

  private String readme;

  @BeforeAll
  void read() throws IOException {
    readme = Files.readString(Path.of("README.md"));
  }

  @Test
  void everySnippetRunsInTheOrderOfThePage() {
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      for (String entry :
          System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1)) {
        shell.addToClasspath(entry);
      }
      PROMPT_IMPORTS.forEach(line -> run(shell, line));
      List<String> snippets = blocks("java");
      assertThat(snippets).hasSizeGreaterThan(8);
      snippets.forEach(snippet -> run(shell, snippet));
      assertThat(snippets).anyMatch(snippet -> snippet.contains("class DeploymentTest"));
      run(shell, TestRun.class.getName() + ".succeeds(DeploymentTest.class);");
      run(shell, "cloud.close(); simulator.close();");
    }
  }

  @Test
  void theFirstTwoMavenCommandsAreTheQuickstartAndTheTests() throws IOException {
    List<String> commands =
        blocks("sh").stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("mvn "))
            .limit(2)
            .toList();

    assertThat(commands).containsExactly("mvn -q test-compile exec:java", "mvn -B -ntp verify");
    assertThat(Files.readString(Path.of(".ci/run"))).contains(commands.get(1));
  }

  @Test
  void theMatrixIsThatOfTheCatalog() {
    List<String> fromCatalog = new ArrayList<>();
    List<String> fromReadme = new ArrayList<>();
    for (Provider provider : Catalog.spaces().providers()) {
      for (MachineType type : Catalog.spaces().machineTypes(provider)) {
        fromCatalog.add(provider + " " + type.name() + " " + type.regions());
      }
    }
    Matcher row =
        Pattern.compile("^\\| `(gcp|aws)` \\| ([^|]*) \\| ([^|]*) \\|", Pattern.MULTILINE)
            .matcher(readme);
    while (row.find()) {
      for (String type : words(row.group(2))) {
        fromReadme.add(row.group(1) + " " + type + " " + words(row.group(3)));
      }
    }

    assertThat(fromReadme).isNotEmpty().containsExactlyElementsOf(fromCatalog);
  }

  @Test
  void everyFileThatItLinksToIsThere() {
    Matcher link = Pattern.compile("]\\((?!https?:|#)([^)]+)\\)").matcher(readme);
    while (link.find()) {
      assertThat(Path.of(link.group(1))).exists();
    }
  }

  private static void run(JShell shell, String source) {
    SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
    String rest = source;
    while (!rest.isBlank()) {
      SourceCodeAnalysis.CompletionInfo statement = analysis.analyzeCompletion(rest);
      String code = statement.completeness().isComplete() ? statement.source() : rest;
      for (SnippetEvent event : shell.eval(code)) {
        if (event.exception() != null) {
          fail("The README's snippet failed: " + code, event.exception());
        }
        if (event.status() == Snippet.Status.REJECTED) {
          fail(
              "The README's snippet does not compile: %s%n%s",
              code, shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).toList());
        }
      }
      rest = statement.completeness().isComplete() ? statement.remaining() : "";
    }
  }

  private List<String> blocks(String language) {
    Matcher block =
        Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(readme);
    return block.results().map(result -> result.group(1)).toList();
  }

  private static List<String> words(String cell) {
    return Pattern.compile("`([^`]+)`").matcher(cell).results().map(r -> r.group(1)).toList();
  }
}
