package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;

/** The moment by which a call must have ended, on the monotonic clock. */
public final class Deadline {

  private final TimeSource time;
  private final Duration end;

  private Deadline(TimeSource time, Duration end) {
    this.time = time;
    this.end = end;
  }

  public static Deadline after(TimeSource time, Duration timeout) {
    return new Deadline(time, time.elapsed().plus(timeout));
  }

  /** What is left; zero or negative once it has passed. */
  public Duration remaining() {
    return end.minus(time.elapsed());
  }
}
