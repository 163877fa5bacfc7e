package io.github.typedbcloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.examples.Program;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.validation.Catalog;
import io.github.typedbcloud.validation.MachineType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README, the guides and the pages for contributors. */
final class DocumentationTest {

  private static final int MAX_README_LINES = 250;

  /** Under these names Spring and Jakarta have types, too; so they would be ambiguous. */
  private static final Pattern WILDCARD_IMPORT =
      Pattern.compile("^\\s*import [\\w.]+\\.\\*", Pattern.MULTILINE);

  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

  @TempDir Path directory;

  static Stream<SnippetChain> snippets() {
    return Page.manual().stream().flatMap(page -> page.snippets().stream());
  }

  static Stream<SnippetChain> statements() {
    return snippets().filter(chain -> !chain.isCompilationUnit() && !chain.needsAccount());
  }

  static Stream<SnippetChain> programs() {
    return snippets().filter(chain -> chain.isCompilationUnit() || chain.needsAccount());
  }

  static Stream<Page> pages() {
    return Stream.concat(Page.manual().stream(), Page.projectPages().stream());
  }

  @ParameterizedTest
  @MethodSource("statements")
  void statements_atThePrompt_haveTheirValues(SnippetChain chain) {
    chain.compile(directory);

    try (SnippetRunner runner = new SnippetRunner(chain.page())) {
      chain.snippets().forEach(runner::run);
      assertThat(runner.checkedValues()).isEqualTo(expectedValues(chain));
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void programs_withTheVariablesOfAnAccount_succeed(SnippetChain chain) throws Exception {
    chain.compile(directory);

    assertThat(expectedValues(chain)).isZero();
    try (TypeDBCloudSimulator simulator =
        TypeDBCloudSimulator.builder().transitionTime(Duration.ofMillis(100)).start()) {
      Program program = Program.run(directory, "", account(simulator), command(chain));
      assertThat(program.exitCode()).as("%s: %s", chain, program.lines()).isZero();
    }
  }

  @Test
  void documentation_imports_areSingleTypes() throws IOException {
    try (Stream<Path> examples = Files.walk(Path.of("examples"))) {
      Stream<Page> all =
          Stream.concat(pages(), examples.filter(Files::isRegularFile).map(Page::read));

      assertThat(all)
          .allSatisfy(page -> assertThat(page.text()).doesNotContainPattern(WILDCARD_IMPORT));
    }
  }

  @Test
  void snippets_ofReadmeAndGuides_areFound() {
    assertThat(snippets())
        .extracting(chain -> chain.page().toString())
        .contains("README.md", "jshell.md", "operations.md", "outcomes.md", "testing.md");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void links_withinTheRepository_resolve(Page page) {
    SoftAssertions softly = new SoftAssertions();
    for (String link : page.links()) {
      Path target = page.target(link);
      softly.assertThat(target).as("%s: link %s", page, link).exists();
      if (link.contains("#") && Files.isRegularFile(target)) {
        softly
            .assertThat(Page.read(target).anchors())
            .as("%s: heading of link %s", page, link)
            .contains(link.substring(link.indexOf('#') + 1));
      }
    }
    softly.assertAll();
  }

  @Test
  void guides_fromReadmeAndIndex_areLinked() {
    Page readme = Page.read(Page.README);
    Page index =
        Page.guides().stream()
            .filter(page -> page.toString().equals("index.md"))
            .findFirst()
            .orElseThrow();
    List<Path> guides = Page.guides().stream().map(Page::path).toList();

    assertThat(readme.links().stream().map(readme::target)).containsAll(guides);
    assertThat(Stream.concat(index.links().stream().map(index::target), Stream.of(index.path())))
        .containsAll(guides);
  }

  @Test
  void compatibilityGuide_wholePom_isThatOfAConsumerProject() throws IOException {
    String guide = Files.readString(Path.of("src", "site", "markdown", "compatibility.md"));
    String pom = Files.readString(Path.of("src", "it", "starter", "pom.xml"));
    Matcher version = VERSION.matcher(Files.readString(Page.README));

    assertThat(version.find()).isTrue();
    assertThat(guide)
        .contains("```xml\n" + pom.replace("${client.version}", version.group(1)) + "```\n");
  }

  @Test
  void readme_length_isBounded() {
    assertThat(Page.read(Page.README).text().lines().count()).isLessThanOrEqualTo(MAX_README_LINES);
  }

  @Test
  void readme_firstCommands_areQuickstartAndVerify() throws IOException {
    List<String> commands =
        Page.read(Page.README)
            .text()
            .lines()
            .filter(line -> line.startsWith("mvn"))
            .limit(2)
            .toList();

    assertThat(commands).containsExactly("mvn -q test-compile exec:java", "mvn -B -ntp verify");
    assertThat(Files.readString(Path.of(".ci/run"))).contains(commands.get(1));
  }

  @Test
  void validationGuide_machineTypes_matchCatalog() {
    List<String> fromCatalog = new ArrayList<>();
    for (Provider provider : Catalog.spaces().providers()) {
      for (MachineType type : Catalog.spaces().machineTypes(provider)) {
        fromCatalog.add(provider + " " + type.name() + " " + type.regions());
      }
    }
    List<String> fromGuide = new ArrayList<>();
    Matcher row =
        Pattern.compile("^\\| `(gcp|aws)` \\| ([^|]*) \\| ([^|]*) \\|", Pattern.MULTILINE)
            .matcher(Page.read(Path.of("src/site/markdown/validation.md")).text());
    while (row.find()) {
      for (String type : codeWords(row.group(2))) {
        fromGuide.add(row.group(1) + " " + type + " " + codeWords(row.group(3)));
      }
    }

    assertThat(fromGuide).isNotEmpty().containsExactlyElementsOf(fromCatalog);
  }

  private static int expectedValues(SnippetChain chain) {
    return String.join("", chain.snippets()).split(SnippetRunner.VALUE_MARK, -1).length - 1;
  }

  private static Map<String, String> account(TypeDBCloudSimulator simulator) {
    return Map.of(
        "TYPEDB_CLOUD_URL", simulator.url(),
        "TYPEDB_CLOUD_CLIENT_ID", simulator.clientId(),
        "TYPEDB_CLOUD_CLIENT_SECRET", simulator.clientSecret(),
        "TYPEDB_CLOUD_TEAM", "my-team",
        "TYPEDB_CLOUD_SPACE", "default");
  }

  /** A main class runs as it is, a class of tests with JUnit. */
  private List<String> command(SnippetChain chain) {
    List<String> command = new ArrayList<>();
    command.add(Program.tool("java"));
    command.add("-cp");
    command.add(directory + File.pathSeparator + Program.CLASS_PATH);
    if (String.join("", chain.snippets()).contains("import org.junit.")) {
      command.add(SnippetTests.class.getName());
    }
    command.add(chain.className());
    return command;
  }

  private static List<String> codeWords(String cell) {
    return Pattern.compile("`([^`]+)`").matcher(cell).results().map(r -> r.group(1)).toList();
  }
}
