package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.model.Cluster;

/** What reads show of a write whose outcome is unknown. */
sealed interface WriteOutcome {

  /** Decisive: it was applied, and its response would have held this cluster. */
  record Applied(Cluster cluster) implements WriteOutcome {}

  /** Decisive: a cluster of somebody else has the ID, so it was not and cannot be applied. */
  record IdTaken(Cluster cluster) implements WriteOutcome {}

  /**
   * Not decisive: the effect is not to be seen, and reads may lag, or the service may be slow.
   *
   * @param isRetrySafe whether another attempt cannot do harm, right after this read
   */
  record Undecided(boolean isRetrySafe) implements WriteOutcome {}
}
