package io.github.typedbcloud.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A status that a wait saw for the first time in a row.
 *
 * @param status the status
 * @param at when it was seen, by the wall clock of the client
 * @param elapsed how long the wait had lasted then
 */
public record StatusChange(ClusterStatus status, Instant at, Duration elapsed) {

  /** For people: {@code starting after 0.0 s}. */
  @Override
  public String toString() {
    return "%s after %.1f s".formatted(status, elapsed.toMillis() / 1000.0);
  }
}
