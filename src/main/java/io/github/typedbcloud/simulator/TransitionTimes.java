package io.github.typedbcloud.simulator;

import java.time.Duration;

/** How long each transition of a cluster takes. */
record TransitionTimes(
    Duration starting, Duration suspending, Duration resuming, Duration destroying) {

  TransitionTimes {
    for (Duration time : new Duration[] {starting, suspending, resuming, destroying}) {
      if (time.isNegative()) {
        throw new IllegalArgumentException(time + " is negative; it must be zero or more.");
      }
    }
  }

  static TransitionTimes all(Duration each) {
    return new TransitionTimes(each, each, each, each);
  }

  /** With another time for one status. */
  TransitionTimes with(Status status, Duration time) {
    return switch (status) {
      case STARTING -> new TransitionTimes(time, suspending, resuming, destroying);
      case SUSPENDING -> new TransitionTimes(starting, time, resuming, destroying);
      case RESUMING -> new TransitionTimes(starting, suspending, time, destroying);
      case DESTROYING -> new TransitionTimes(starting, suspending, resuming, time);
      case RUNNING, SUSPENDED, FAILED, GONE -> throw noTransition(status);
    };
  }

  Duration of(Status status) {
    return switch (status) {
      case STARTING -> starting;
      case SUSPENDING -> suspending;
      case RESUMING -> resuming;
      case DESTROYING -> destroying;
      case RUNNING, SUSPENDED, FAILED, GONE -> throw noTransition(status);
    };
  }

  private static IllegalArgumentException noTransition(Status status) {
    return new IllegalArgumentException("The status " + status.text() + " has no transition.");
  }
}
