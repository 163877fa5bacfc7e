package io.github.typedbcloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that takes a release's notes from the changelog. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "releases are built on Linux")
final class ReleaseNotesTest {

  @TempDir Path directory;

  private Path changelog;

  @BeforeEach
  void writeChangelog() throws IOException {
    changelog =
        Files.writeString(
            directory.resolve("CHANGELOG.md"),
            """
            # Changelog

            ## Unreleased

            ## 0.1.10 (2026-12-02)

            ### Added

            - ten

            ## 0.1.1 (2026-12-01)

            ### Fixed

            - one
            """);
  }

  @Test
  void version_prefixOfAnother_hasItsOwnSection() throws IOException, InterruptedException {
    assertThat(notes("0.1.1")).isEqualTo("### Fixed\n\n- one\n");
    assertThat(notes("0.1.10")).isEqualTo("### Added\n\n- ten\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1", "0.1.2", "0.1.11", "Unreleased"})
  void version_withoutEntries_fails(String version) throws IOException, InterruptedException {
    Process script = start(version);

    assertThat(script.inputReader().readLine()).isNull();
    assertThat(script.errorReader().readLine())
        .endsWith("has no entries under the heading \"## " + version + "\"");
    assertThat(script.waitFor()).isEqualTo(1);
  }

  private String notes(String version) throws IOException, InterruptedException {
    Process script = start(version);
    String printed = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(script.waitFor()).isZero();
    return printed;
  }

  private Process start(String version) throws IOException {
    return new ProcessBuilder("bash", ".ci/release-notes", version, changelog.toString()).start();
  }
}
