package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;

/**
 * The moment by which a call must have ended.
 *
 * <p>It bounds real I/O and so runs on the machine's monotonic clock, whatever source of time the
 * client has: other threads that sleep on a manual one must not use up a call's time.
 */
public final class Deadline {

  private static final TimeSource TIME = TimeSource.system();

  private final Duration end;

  private Deadline(Duration end) {
    this.end = end;
  }

  public static Deadline after(Duration timeout) {
    return new Deadline(TIME.elapsed().plus(timeout));
  }

  /** What is left; zero or negative once it has passed. */
  public Duration remaining() {
    return end.minus(TIME.elapsed());
  }
}
