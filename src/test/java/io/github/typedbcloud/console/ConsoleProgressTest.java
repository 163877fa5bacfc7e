package io.github.typedbcloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.WaitProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The progress of a wait on a terminal and elsewhere. */
final class ConsoleProgressTest {

  private static final String REDRAW = "\r\u001b[2K";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void terminal_wait_redrawsOneLine() {
    ConsoleProgress progress = ConsoleProgress.live(out);
    progress.accept(poll("a", ClusterStatus.STARTING, 0, 2));
    progress.accept(poll("a", ClusterStatus.RUNNING, 2, 0));

    assertThat(printed())
        .isEqualTo(
            REDRAW
                + "a: starting, 0/1 servers running, 0.0 s, next poll in 2.0 s"
                + REDRAW
                + "a: running, 0/1 servers running, 2.0 s"
                + System.lineSeparator());
  }

  @Test
  void otherOutput_wait_printsLinePerPoll() {
    ConsoleProgress progress = ConsoleProgress.plain(out);
    progress.accept(poll("a", ClusterStatus.STARTING, 0, 2));
    progress.accept(poll("a", ClusterStatus.RUNNING, 2, 0));

    assertThat(printed().lines())
        .containsExactly(
            "a: starting, 0/1 servers running, 0.0 s, next poll in 2.0 s",
            "a: running, 0/1 servers running, 2.0 s");
  }

  @Test
  void otherStream_onTerminal_isPlain() {
    ConsoleProgress.on(out).accept(poll("a", ClusterStatus.RUNNING, 2, 0));

    assertThat(printed()).doesNotContain("\u001b");
  }

  @Test
  void severalClusters_share_oneLine() {
    ConsoleProgress progress = ConsoleProgress.live(out);
    progress.accept(poll("a", ClusterStatus.STARTING, 0, 2));
    progress.accept(poll("b", ClusterStatus.STARTING, 0, 3));
    progress.accept(poll("a", ClusterStatus.RUNNING, 2, 0));
    progress.accept(new WaitProgress("c", 1, Duration.ofSeconds(2), null, null, Duration.ZERO));
    assertThat(printed()).doesNotContain(System.lineSeparator());
    progress.accept(poll("b", ClusterStatus.RUNNING, 4, 0));

    assertThat(printed())
        .contains(
            REDRAW + "2 clusters: 2 starting, 0.0 s, next poll in 2.0 s",
            REDRAW + "3 clusters: 1 gone, 1 running, 1 starting, 2.0 s, next poll in 3.0 s")
        .endsWith(REDRAW + "3 clusters: 1 gone, 2 running, 4.0 s" + System.lineSeparator());
  }

  @Test
  void line_longerThanTerminal_isCut() {
    ConsoleProgress.live(out).accept(poll("a".repeat(300), ClusterStatus.STARTING, 0, 2));

    assertThat(printed()).hasSizeLessThan(REDRAW.length() + Terminal.columns(80));
  }

  @Test
  void width_fromEnvironment_isUsed() {
    assertThat(Terminal.columns(Map.of("COLUMNS", "132"), 80)).isEqualTo(132);
    assertThat(Terminal.columns(Map.of("COLUMNS", "wide"), 80)).isEqualTo(80);
    assertThat(Terminal.columns(Map.of("COLUMNS", "0"), 80)).isEqualTo(80);
    assertThat(Terminal.columns(Map.of(), 80)).isEqualTo(80);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static WaitProgress poll(String id, ClusterStatus status, int elapsed, int next) {
    Cluster cluster = Cluster.builder(id).serverCount(1).status(status).build();
    return new WaitProgress(
        id, 1, Duration.ofSeconds(elapsed), cluster, null, Duration.ofSeconds(next));
  }
}
