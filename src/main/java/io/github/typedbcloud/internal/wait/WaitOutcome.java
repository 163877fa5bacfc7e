package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.util.Optional;

/** How a wait ended, as data: its exception is made on the thread that throws it. */
sealed interface WaitOutcome {

  /** The goal is reached. */
  record Reached(Optional<Cluster> found) implements WaitOutcome {}

  /** The goal was not reached. */
  record Missed(WaitException.Reason reason, String why, Duration after) implements WaitOutcome {}

  /** A poll failed in a way that will not pass. */
  record Failed(Throwable failure) implements WaitOutcome {}

  /** The client was closed. */
  record Closed() implements WaitOutcome {}
}
