package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;

/**
 * The time by which a call must end, with all its attempts and pauses. Not thread-safe.
 *
 * <p>It runs on the machine's monotonic clock, which bounds real I/O. The call's own pauses count
 * by the client's source of time: a pause on a manual clock takes no real time and counts all the
 * same, while the pauses of other threads on that clock do not count.
 */
public final class Deadline {

  private static final TimeSource MACHINE = TimeSource.system();

  /** On the machine's clock, in nanoseconds. */
  private long end;

  private Deadline(long end) {
    this.end = end;
  }

  public static Deadline after(Duration timeout) {
    return new Deadline(MACHINE.elapsedNanos() + timeout.toNanos());
  }

  /** The time remaining; zero or negative after the deadline. */
  public Duration remaining() {
    return Duration.ofNanos(end - MACHINE.elapsedNanos());
  }

  /** Whether no time is left. */
  public boolean isOver() {
    return end - MACHINE.elapsedNanos() <= 0;
  }

  /** Whether it is before another one. */
  public boolean isBefore(Deadline other) {
    return end < other.end;
  }

  /** A deadline before this one. */
  public Deadline minus(Duration duration) {
    return new Deadline(end - duration.toNanos());
  }

  /**
   * Pauses, on the given source of time.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  public void sleep(Duration pause, TimeSource time) throws InterruptedException {
    Duration begun = MACHINE.elapsed();
    time.sleep(pause);
    Duration uncounted = pause.minus(MACHINE.elapsed().minus(begun));
    if (!uncounted.isNegative()) {
      end -= uncounted.toNanos();
    }
  }
}
