package io.github.typedbcloud.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long each transition of a cluster takes. */
record TransitionTimes(
    Duration starting, Duration suspending, Duration resuming, Duration destroying) {

  static TransitionTimes all(Duration each) {
    return new TransitionTimes(each, each, each, each);
  }

  /** How long a status lasts; null when it does not end by itself. */
  @Nullable Duration of(Status status) {
    if (status == Status.STARTING) {
      return starting;
    }
    if (status == Status.SUSPENDING) {
      return suspending;
    }
    if (status == Status.RESUMING) {
      return resuming;
    }
    return status == Status.DESTROYING ? destroying : null;
  }
}
