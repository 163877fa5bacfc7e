package io.github.typedbcloud.internal.wait;

import java.time.Duration;

/** Arithmetic of durations that cannot overflow, however long a user's are. */
public final class Times {

  /** Practically infinite, and its double fits a count of nanoseconds. */
  private static final Duration FOREVER = Duration.ofDays(36_500);

  /** Greater than zero, so that time passes between two polls. */
  private static final Duration SHORTEST = Duration.ofNanos(1);

  private Times() {}

  static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** A duration after a time. */
  public static Duration after(Duration moment, Duration length) {
    return moment.plus(min(length, FOREVER));
  }

  /** A part or multiple of a duration; greater than zero. */
  static Duration scaled(Duration length, double factor) {
    return max(Duration.ofNanos((long) (min(length, FOREVER).toNanos() * factor)), SHORTEST);
  }
}
