package io.github.typedbcloud.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prepares the source of the site, {@code mvn site}, from the guides as GitHub shows them: links to
 * files outside the site lead to GitHub, and headings get the anchors that GitHub gives them. Runs
 * as a program of one source file, so it depends only on the JDK.
 */
final class SiteSource {

  private static final Pattern LINK =
      Pattern.compile("(!?)(\\[[^\\]]*])\\(([^)\\s#]+)(#[^)\\s]*)?\\)");
  private static final Pattern HEADING = Pattern.compile("#+ (.*)");

  private final Path root;
  private final String repository;

  /**
   * A checkout.
   *
   * @param root its directory
   * @param repository its URL on GitHub
   */
  SiteSource(Path root, String repository) {
    this.root = root.toAbsolutePath().normalize();
    this.repository = repository;
  }

  /** Arguments: the directory of the checkout, its URL on GitHub, the directory to write to. */
  public static void main(String... args) throws IOException {
    new SiteSource(Path.of(args[0]), args[1]).write(Path.of(args[2]));
  }

  private void write(Path target) throws IOException {
    Path source = root.resolve("src/site");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        if (file.toString().endsWith(".md")) {
          Files.writeString(copy, page(file, Files.readAllLines(file)));
        } else {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /** The text of a page of the site. */
  String page(Path file, List<String> lines) {
    StringBuilder text = new StringBuilder();
    Map<String, Integer> anchors = new HashMap<>();
    boolean isCode = false;
    for (String line : lines) {
      if (line.startsWith("```")) {
        isCode = !isCode;
      }
      if (isCode) {
        text.append(line).append('\n');
        continue;
      }
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        text.append("<a id=\"").append(anchor(heading.group(1), anchors)).append("\"></a>\n\n");
      }
      text.append(LINK.matcher(line).replaceAll(link -> Matcher.quoteReplacement(link(file, link))))
          .append('\n');
    }
    return text.toString();
  }

  private static String anchor(String heading, Map<String, Integer> earlier) {
    String anchor =
        heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
    int count = earlier.merge(anchor, 1, Integer::sum);
    return count == 1 ? anchor : anchor + "-" + (count - 1);
  }

  private String link(Path page, MatchResult link) {
    String to = link.group(3);
    if (to.contains(":")) {
      return link.group();
    }
    Path file = root.resolve(page).resolveSibling(to).normalize();
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(page + " links to " + to + ", which does not exist");
    }
    if (file.startsWith(root.resolve("src/site"))) {
      return link.group();
    }
    String kind =
        link.group(1).isEmpty()
            ? (Files.isDirectory(file) ? "/tree/main/" : "/blob/main/")
            : "/raw/main/";
    String path = root.relativize(file).toString().replace('\\', '/');
    String anchor = link.group(4) == null ? "" : link.group(4);
    return link.group(1) + link.group(2) + "(" + repository + kind + path + anchor + ")";
  }
}
