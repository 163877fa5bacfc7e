package io.github.typedbcloud.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guides as pages of the site. {@code .ci/site} checks the links of the built site. */
final class SiteSourceTest {

  private static final Path PAGE = Path.of("src/site/markdown/index.md");

  private final SiteSource site = new SiteSource(Path.of(""), "https://example.com/repo");

  @Test
  void link_toAnotherGuide_isKept() {
    assertThat(page("See [a](outcomes.md#waits), [b](#c) and [d](https://example.com/e)."))
        .isEqualTo("See [a](outcomes.md#waits), [b](#c) and [d](https://example.com/e).\n");
  }

  @Test
  void link_outsideTheSite_leadsToGitHub() {
    assertThat(
            page("[r](../../../README.md#tour), [i](../../it) ![s](../../../.github/console.svg)"))
        .isEqualTo(
            "[r](https://example.com/repo/blob/main/README.md#tour),"
                + " [i](https://example.com/repo/tree/main/src/it)"
                + " ![s](https://example.com/repo/raw/main/.github/console.svg)\n");
  }

  @Test
  void link_toAbsentFile_fails() {
    assertThatThrownBy(() -> page("[r](../../../READ.md)"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("links to ../../../READ.md, which does not exist");
  }

  @Test
  void heading_getsAnchorOfGitHub() {
    assertThat(page("# The `x` of y, z\n\n## A\n\n## A"))
        .isEqualTo(
            """
            <a id="the-x-of-y-z"></a>

            # The `x` of y, z

            <a id="a"></a>

            ## A

            <a id="a-1"></a>

            ## A
            """);
  }

  @Test
  void code_isKept() {
    String code = "```sh\n# comment\necho [r](../../../README.md)\n```\n";

    assertThat(page(code)).isEqualTo(code);
  }

  @Test
  void menu_hasEveryGuide() throws IOException {
    List<String> items =
        Pattern.compile("href=\"([\\w-]+)\\.html\"")
            .matcher(Files.readString(Path.of("src/site/site.xml")))
            .results()
            .map(item -> item.group(1) + ".md")
            .toList();

    assertThat(items)
        .containsExactlyInAnyOrderElementsOf(Page.guides().stream().map(Page::toString).toList());
  }

  private String page(String text) {
    return site.page(PAGE, text.lines().toList());
  }
}
