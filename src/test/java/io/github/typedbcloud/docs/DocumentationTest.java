package io.github.typedbcloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README, the guides and the pages for contributors. */
final class DocumentationTest {

  private static final int MAX_README_LINES = 250;

  private static final Pattern TEST_CLASS = Pattern.compile("@TypeDBCloudTest\\s+class (\\w+)");

  static Stream<Page> pagesWithSnippets() {
    return Page.manual().stream().filter(page -> !page.blocks("java").isEmpty());
  }

  static Stream<Page> pages() {
    return Stream.concat(Page.manual().stream(), Page.projectPages().stream());
  }

  @ParameterizedTest
  @MethodSource("pagesWithSnippets")
  void snippets_inOrderOfThePage_succeed(Page page) {
    try (SnippetRunner runner = new SnippetRunner(page)) {
      page.blocks("java").forEach(runner::run);
      assertThat(runner.checkedValues()).isEqualTo(expectedValues(page));
      TEST_CLASS
          .matcher(page.text())
          .results()
          .map(declared -> declared.group(1))
          .forEach(name -> runner.run(SnippetTests.class.getName() + ".run(" + name + ".class);"));
    }
  }

  @Test
  void snippets_ofReadmeAndGuides_areFound() {
    assertThat(pagesWithSnippets())
        .extracting(Page::toString)
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

  private static int expectedValues(Page page) {
    return String.join("", page.blocks("java")).split(SnippetRunner.VALUE_MARK, -1).length - 1;
  }

  private static List<String> codeWords(String cell) {
    return Pattern.compile("`([^`]+)`").matcher(cell).results().map(r -> r.group(1)).toList();
  }
}
