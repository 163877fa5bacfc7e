package io.github.typedbcloud.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param path from the repository's root
 * @param text Markdown
 */
public record Page(Path path, String text) {

  static final Path README = Path.of("README.md");

  private static final Path GUIDES = Path.of("src", "site", "markdown");

  private static final Path PROJECT_PAGES = Path.of(".github");

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

  /** A comment on the line before a fence: the snippet continues the one before. */
  private static final Pattern JAVA =
      Pattern.compile(
          "^(?<continues><!-- continues -->\\n)?```java\\n(?<source>.*?)^```",
          Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)\\s]+)\\)");

  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

  static Page read(Path path) {
    try {
      return new Page(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The README and the guides, whose snippets and commands run. */
  public static List<Page> manual() {
    return Stream.concat(Stream.of(read(README)), guides().stream()).toList();
  }

  static List<Page> guides() {
    return in(GUIDES);
  }

  /** The pages for contributors, which hold no snippets. */
  static List<Page> projectPages() {
    return in(PROJECT_PAGES);
  }

  private static List<Page> in(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(Page::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The contents of the fenced blocks, in the order of the page.
   *
   * @param language as after the fence; empty for a block without one
   */
  public List<String> blocks(String language) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** The Java snippets, each with those that continue it, in the order of the page. */
  List<SnippetChain> snippets() {
    List<List<String>> chains = new ArrayList<>();
    Matcher snippet = JAVA.matcher(text);
    while (snippet.find()) {
      if (snippet.group("continues") == null) {
        chains.add(new ArrayList<>());
      }
      chains.get(chains.size() - 1).add(snippet.group("source"));
    }
    return chains.stream().map(chain -> new SnippetChain(this, List.copyOf(chain))).toList();
  }

  /**
   * The cells of a table in a guide, row by row, without the heading.
   *
   * @param guide the file's name
   * @param firstHeading the heading of the table's first column
   */
  public static List<List<String>> table(String guide, String firstHeading) {
    List<String> lines = read(GUIDES.resolve(guide)).text().lines().toList();
    int heading =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).startsWith("| " + firstHeading + " |"))
            .findFirst()
            .orElseThrow();
    return lines.stream()
        .skip(heading + 2L)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  /** The links to files and headings of this repository, as written. */
  List<String> links() {
    return LINK.matcher(prose()).results().map(link -> link.group(1)).toList();
  }

  /** What a link must name after its {@code #}, as GitHub derives it from the headings. */
  Set<String> anchors() {
    return HEADING
        .matcher(prose())
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /** The file or directory that a link leads to; this page for a link to one of its headings. */
  Path target(String link) {
    String file = link.contains("#") ? link.substring(0, link.indexOf('#')) : link;
    return file.isEmpty() ? path : path.resolveSibling(file).normalize();
  }

  private String prose() {
    return BLOCK.matcher(text).replaceAll(Matcher.quoteReplacement(""));
  }

  /** The name of a test's invocation. */
  @Override
  public String toString() {
    return path.getFileName().toString();
  }
}
