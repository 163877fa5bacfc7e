package io.github.typedbcloud.simulator;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations in JSON: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d} or ISO 8601.
 */
final class Durations {

  static final String FORM = "a duration such as 500ms, 30s, 5m, 2h, 1d or PT5M";

  private static final Pattern MILLIS = Pattern.compile("(-?[0-9]{1,15})ms");
  private static final Pattern SHORT = Pattern.compile("(-?)([0-9]{1,9}(?:\\.[0-9]{1,9})?[smhd])");

  /** Keeps every moment that is reached within what clocks and dates can express. */
  static final Duration MAX = Duration.ofDays(100 * 365);

  private Durations() {}

  /**
   * Requires a duration of zero or more, up to 100 years.
   *
   * @throws IllegalArgumentException for any other
   */
  static Duration notNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(duration + " is negative; it must be zero or more.");
    }
    return limited(duration);
  }

  /**
   * Requires a duration of more than zero, up to 100 years.
   *
   * @throws IllegalArgumentException for any other
   */
  static Duration positive(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(duration + " is invalid; it must be more than zero.");
    }
    return limited(duration);
  }

  /**
   * Requires a duration of at most 100 years, or minus 100 years if it is negative.
   *
   * @throws IllegalArgumentException for any other
   */
  static Duration limited(Duration duration) {
    if (duration.compareTo(MAX) > 0 || duration.compareTo(MAX.negated()) < 0) {
      throw new IllegalArgumentException(
          "%s is too long; the maximum is %s days.".formatted(duration, MAX.toDays()));
    }
    return duration;
  }

  /**
   * Reads a duration, which may be negative.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  static Duration parse(String text) {
    Matcher millis = MILLIS.matcher(text);
    if (millis.matches()) {
      return Duration.ofMillis(Long.parseLong(millis.group(1)));
    }
    Matcher shortForm = SHORT.matcher(text);
    try {
      if (!shortForm.matches()) {
        return Duration.parse(text);
      }
      String amount = shortForm.group(2).toUpperCase(Locale.ROOT);
      return Duration.parse(shortForm.group(1) + (amount.endsWith("D") ? "P" : "PT") + amount);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("\"%s\" is not %s.".formatted(text, FORM), e);
    }
  }
}
