package io.github.typedbcloud.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which past state a stale read shows.
 *
 * @param lag how old it is; null for the state from just before the last write
 */
record Staleness(@Nullable Duration lag) {

  static final Staleness BEFORE_LAST_WRITE = new Staleness(null);
}
