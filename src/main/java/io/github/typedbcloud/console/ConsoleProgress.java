package io.github.typedbcloud.console;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.WaitProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Prints the progress of a wait: one line that is redrawn at each poll on a terminal, and one line
 * per poll elsewhere.
 *
 * <pre>{@code
 * WaitOptions options = WaitOptions.builder().listener(ConsoleProgress.on(System.out)).build();
 * }</pre>
 *
 * <p>Use a new instance for each wait. Thread-safe.
 */
public final class ConsoleProgress implements Consumer<WaitProgress> {

  /** Moves to the start of the line and clears it. */
  private static final String REDRAW = "\r\u001b[2K";

  private static final int DEFAULT_COLUMNS = 80;

  private final PrintStream out;
  private final boolean live;
  private final int columns;
  private final ReentrantLock lock = new ReentrantLock();

  /** The last poll of each cluster, including clusters whose wait has ended. */
  private final Map<String, WaitProgress> lastPolls = new LinkedHashMap<>();

  private ConsoleProgress(PrintStream out, boolean live, int columns) {
    this.out = Objects.requireNonNull(out, "out must not be null");
    this.live = live;
    this.columns = columns;
  }

  /**
   * Redraws one line if {@code out} is {@code System.out} and goes to a terminal that supports it.
   * Otherwise, such as with {@code TERM} unset or {@code dumb}, or output to a file or a pipe,
   * prints one line per poll.
   *
   * @param out where to print
   */
  public static ConsoleProgress on(PrintStream out) {
    return out == System.out && Terminal.isInteractive() ? live(out) : plain(out);
  }

  /**
   * Redraws one line at each poll, cut to the width of the terminal: {@code COLUMNS}, or 80
   * columns.
   *
   * @param out a terminal
   */
  public static ConsoleProgress live(PrintStream out) {
    return new ConsoleProgress(out, true, Terminal.columns(DEFAULT_COLUMNS));
  }

  /**
   * Prints one line per poll.
   *
   * @param out where to print
   */
  public static ConsoleProgress plain(PrintStream out) {
    return new ConsoleProgress(out, false, DEFAULT_COLUMNS);
  }

  @Override
  public void accept(WaitProgress progress) {
    Objects.requireNonNull(progress, "progress must not be null");
    lock.lock();
    try {
      if (live) {
        lastPolls.put(progress.clusterId(), progress);
        redraw(progress);
      } else {
        out.println(progress);
      }
    } finally {
      lock.unlock();
    }
  }

  private void redraw(WaitProgress progress) {
    String line = lastPolls.size() == 1 ? progress.toString() : summary(progress);
    out.print(REDRAW);
    out.print(line.length() < columns ? line : line.substring(0, columns - 1));
    if (lastPolls.values().stream().allMatch(each -> each.nextPoll().isZero())) {
      out.println();
    }
    out.flush();
  }

  private String summary(WaitProgress latest) {
    Map<String, Long> counts =
        lastPolls.values().stream()
            .collect(
                Collectors.groupingBy(ConsoleProgress::state, TreeMap::new, Collectors.counting()));
    Duration next =
        lastPolls.values().stream()
            .map(WaitProgress::nextPoll)
            .filter(pause -> !pause.isZero())
            .min(Duration::compareTo)
            .orElse(Duration.ZERO);
    return counts.entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(Collectors.joining(", ", lastPolls.size() + " clusters: ", ""))
        + String.format(Locale.ROOT, ", %.1f s", latest.elapsed().toMillis() / 1000.0)
        + (next.isZero()
            ? ""
            : String.format(Locale.ROOT, ", next poll in %.1f s", next.toMillis() / 1000.0));
  }

  private static String state(WaitProgress progress) {
    Cluster cluster = progress.cluster();
    if (cluster != null) {
      return cluster.status().value();
    }
    return progress.failure() == null ? "gone" : "poll failed";
  }
}
