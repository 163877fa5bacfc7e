package io.github.typedbcloud.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * When a write is applied.
 *
 * @param wall the wall clock, for {@code createdAt}; read only for new clusters
 * @param elapsed by {@code TimeSource.elapsed()}
 */
record Moment(Supplier<Instant> wall, Duration elapsed) {

  static Moment of(Instant wall, Duration elapsed) {
    return new Moment(() -> wall, elapsed);
  }
}
