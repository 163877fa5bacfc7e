package io.github.typedbcloud.internal.settle;

import io.github.typedbcloud.model.Cluster;

/** What a reading says of a write. */
public sealed interface WriteOutcome {

  /** It was done, and this is what its answer would have held. */
  record Done(Cluster cluster) implements WriteOutcome {}

  /** It was not done. */
  record NotDone() implements WriteOutcome {}

  /** It changes something that no reading shows; doing it twice changes no more than once. */
  record CannotTell() implements WriteOutcome {}

  /** Somebody else has what it asked for, so it was not done and cannot be. */
  record TakenByAnother(Cluster cluster) implements WriteOutcome {}
}
