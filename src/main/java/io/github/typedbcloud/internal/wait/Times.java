package io.github.typedbcloud.internal.wait;

import java.time.Duration;

/** Lengths of time that cannot overflow, however long a user says. */
final class Times {

  /** Nobody sees the end of it, and it fits a count of nanoseconds twice over. */
  private static final Duration FOREVER = Duration.ofDays(36_500);

  /** So that time passes between two polls. */
  private static final Duration SHORTEST = Duration.ofNanos(1);

  private Times() {}

  static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** A moment later by a length of time. */
  static Duration after(Duration moment, Duration length) {
    return moment.plus(min(length, FOREVER));
  }

  /** A part or a multiple of a length of time, and never nothing. */
  static Duration scaled(Duration length, double factor) {
    return max(Duration.ofNanos((long) (min(length, FOREVER).toNanos() * factor)), SHORTEST);
  }
}
