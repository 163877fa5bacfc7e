package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.model.Cluster;

/** What a snapshot shows of a write whose outcome is unknown. */
sealed interface WriteOutcome {

  /** It was applied, and its response would have held this cluster. */
  record Applied(Cluster cluster) implements WriteOutcome {}

  /** It was not applied. */
  record NotApplied() implements WriteOutcome {}

  /** It changes what no read shows. Applying it twice has the effect of applying it once. */
  record NotVisible() implements WriteOutcome {}

  /** A cluster of somebody else has the ID, so it was not and cannot be applied. */
  record IdTaken(Cluster cluster) implements WriteOutcome {}
}
