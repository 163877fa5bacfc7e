package io.github.typedbcloud.simulator;

import java.time.Duration;

/** How long each transition of a cluster takes. */
record TransitionTimes(
    Duration starting, Duration suspending, Duration resuming, Duration destroying) {

  static TransitionTimes all(Duration each) {
    return new TransitionTimes(each, each, each, each);
  }

  Duration of(Status status) {
    return switch (status) {
      case STARTING -> starting;
      case SUSPENDING -> suspending;
      case RESUMING -> resuming;
      case DESTROYING -> destroying;
      case RUNNING, SUSPENDED, FAILED, GONE ->
          throw new IllegalArgumentException("The status " + status.text() + " has no transition.");
    };
  }
}
