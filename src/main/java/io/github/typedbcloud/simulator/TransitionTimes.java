package io.github.typedbcloud.simulator;

import java.time.Duration;

/** How long a cluster stays in each status that it leaves by itself. */
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
      case RUNNING, SUSPENDED, GONE ->
          throw new IllegalArgumentException("A cluster rests in " + status.text() + ".");
    };
  }
}
