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
 * Shows people how a wait gets on: one line that is drawn anew at each poll on a terminal, and a
 * line for each poll elsewhere.
 *
 * <pre>{@code
 * WaitOptions watching = WaitOptions.builder().listener(ConsoleProgress.on(System.out)).build();
 * }</pre>
 *
 * <p>Make one for each wait. Thread-safe.
 */
public final class ConsoleProgress implements Consumer<WaitProgress> {

  /** Back to the begin of the line, and clear it. */
  private static final String REDRAW = "\r\u001b[2K";

  private static final int DEFAULT_COLUMNS = 80;

  private final PrintStream out;
  private final boolean live;
  private final int columns;
  private final ReentrantLock lock = new ReentrantLock();

  /** What was last seen of each cluster; those that are done included. */
  private final Map<String, WaitProgress> last = new LinkedHashMap<>();

  private ConsoleProgress(PrintStream out, boolean live, int columns) {
    this.out = Objects.requireNonNull(out, "out must not be null");
    this.live = live;
    this.columns = columns;
  }

  /**
   * A live line where this process has a terminal that can draw one, and plain lines elsewhere:
   * with {@code TERM} unset or {@code dumb}, or output that goes to a file or a pipe.
   *
   * @param out where to print; what is not {@code System.out} gets plain lines
   */
  public static ConsoleProgress on(PrintStream out) {
    return out == System.out && Terminal.isThere() ? live(out) : plain(out);
  }

  /**
   * A line that is drawn anew at each poll, cut to the width of the terminal ({@code COLUMNS}, or
   * 80).
   *
   * @param out a terminal
   */
  public static ConsoleProgress live(PrintStream out) {
    return new ConsoleProgress(out, true, Terminal.columns(DEFAULT_COLUMNS));
  }

  /**
   * A line for each poll.
   *
   * @param out where to print
   */
  public static ConsoleProgress plain(PrintStream out) {
    return new ConsoleProgress(out, false, DEFAULT_COLUMNS);
  }

  @Override
  public void accept(WaitProgress progress) {
    lock.lock();
    try {
      if (live) {
        last.put(progress.clusterId(), progress);
        draw(progress);
      } else {
        out.println(progress);
      }
    } finally {
      lock.unlock();
    }
  }

  private void draw(WaitProgress progress) {
    String line = last.size() == 1 ? progress.toString() : summary(progress);
    out.print(REDRAW);
    out.print(line.length() < columns ? line : line.substring(0, columns - 1));
    if (last.values().stream().allMatch(each -> each.nextPoll().isZero())) {
      out.println();
    }
    out.flush();
  }

  private String summary(WaitProgress latest) {
    Map<String, Long> counts =
        last.values().stream()
            .collect(
                Collectors.groupingBy(ConsoleProgress::state, TreeMap::new, Collectors.counting()));
    Duration next =
        last.values().stream()
            .map(WaitProgress::nextPoll)
            .filter(pause -> !pause.isZero())
            .min(Duration::compareTo)
            .orElse(Duration.ZERO);
    return counts.entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(Collectors.joining(", ", last.size() + " clusters: ", ""))
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
