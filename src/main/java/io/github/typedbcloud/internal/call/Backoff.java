package io.github.typedbcloud.internal.call;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Exponential backoff with full jitter: each pause is a random duration from zero up to a limit,
 * and the limit doubles from {@link #BASE} to {@link #CAP}.
 *
 * @param random returns values from 0 inclusive to 1 exclusive
 */
public record Backoff(DoubleSupplier random) {

  /** The limit of the first pause. */
  static final Duration BASE = Duration.ofMillis(200);

  /** The limit of every pause. */
  static final Duration CAP = Duration.ofSeconds(5);

  private static final int DOUBLINGS_TO_CAP = 5;

  /** The pause after a number of failures in a row. */
  public Duration after(int failures) {
    Duration doubled = BASE.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_TO_CAP));
    Duration limit = doubled.compareTo(CAP) < 0 ? doubled : CAP;
    return Duration.ofNanos((long) (limit.toNanos() * random.getAsDouble()));
  }
}
