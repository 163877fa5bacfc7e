package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.util.Optional;

/** How a wait ended, as data: the exception is made on the caller's thread. */
sealed interface WaitOutcome {

  /** The target was reached. */
  record Reached(Optional<Cluster> found) implements WaitOutcome {}

  /** The target was not reached. */
  record NotReached(WaitException.Reason reason, String why, Duration elapsed)
      implements WaitOutcome {}

  /** A poll failed, and another would fail too. */
  record Failed(Throwable failure) implements WaitOutcome {}

  /** The client was closed. */
  record Closed() implements WaitOutcome {}
}
