package io.github.typedbcloud.internal.http;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {

  /** The longest delay returned; fits a count of nanoseconds. */
  static final Duration MAX = Duration.ofDays(365);

  private RetryAfter() {}

  /**
   * Parses the header.
   *
   * @param header the header's value; null for none
   * @param date the value parsed as a date; null when it is not one
   * @param now the clock that the date refers to: the service's, when it is known
   * @return from zero to {@link #MAX}; null for no header and for one that is invalid
   */
  static @Nullable Duration parse(@Nullable String header, @Nullable Instant date, Instant now) {
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
    return wait.isNegative() ? Duration.ZERO : atMostMax(wait);
  }

  private static Duration seconds(String digits) {
    try {
      return atMostMax(Duration.ofSeconds(Long.parseLong(digits)));
    } catch (NumberFormatException e) {
      // More digits than a long can hold.
      return MAX;
    }
  }

  private static Duration atMostMax(Duration wait) {
    return wait.compareTo(MAX) < 0 ? wait : MAX;
  }
}
