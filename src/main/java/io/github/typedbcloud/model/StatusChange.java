package io.github.typedbcloud.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * A status that a wait saw for the first time in a row.
 *
 * @param status the status
 * @param at when it was seen, by the wall clock of the client
 * @param elapsed how long the wait had lasted then
 */
public record StatusChange(ClusterStatus status, Instant at, Duration elapsed) {

  /** Validates that all components are non-null. */
  public StatusChange {
    Objects.requireNonNull(status, "status must not be null");
    Objects.requireNonNull(at, "at must not be null");
    Objects.requireNonNull(elapsed, "elapsed must not be null");
  }

  /** Human-readable form: {@code starting after 0.0 s}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s after %.1f s", status, elapsed.toMillis() / 1000.0);
  }
}
