package io.github.typedbcloud.internal.http;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {

  /** Longer than anybody waits, and short enough to be counted in nanoseconds. */
  static final Duration MAX = Duration.ofDays(365);

  private RetryAfter() {}

  /**
   * How long to wait.
   *
   * @param header the header's value; null when there is none
   * @param date the same read as a date; null when it is none
   * @param now the clock by which the date is meant: the service's, where it is known
   * @return from zero to {@link #MAX}; null for no header, and for one that cannot be read
   */
  static @Nullable Duration read(@Nullable String header, @Nullable Instant date, Instant now) {
    if (header == null) {
      return null;
    }
    if (!header.isEmpty() && header.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return seconds(header);
    }
    if (date == null) {
      return null;
    }
    Duration wait = Duration.between(now, date);
    return wait.isNegative() ? Duration.ZERO : shorter(wait);
  }

  private static Duration seconds(String digits) {
    try {
      return shorter(Duration.ofSeconds(Long.parseLong(digits)));
    } catch (NumberFormatException e) {
      // More digits than a long has.
      return MAX;
    }
  }

  private static Duration shorter(Duration wait) {
    return wait.compareTo(MAX) < 0 ? wait : MAX;
  }
}
