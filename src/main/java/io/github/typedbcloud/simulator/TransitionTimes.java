package io.github.typedbcloud.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long each transition of a cluster takes. */
record TransitionTimes(
    Duration starting, Duration suspending, Duration resuming, Duration destroying) {

  TransitionTimes {
    for (Duration time : new Duration[] {starting, suspending, resuming, destroying}) {
      Durations.notNegative(time);
    }
  }

  static TransitionTimes all(Duration each) {
    return new TransitionTimes(each, each, each, each);
  }

  TransitionTimes withStarting(Duration time) {
    return new TransitionTimes(time, suspending, resuming, destroying);
  }

  TransitionTimes withSuspending(Duration time) {
    return new TransitionTimes(starting, time, resuming, destroying);
  }

  TransitionTimes withResuming(Duration time) {
    return new TransitionTimes(starting, suspending, time, destroying);
  }

  TransitionTimes withDestroying(Duration time) {
    return new TransitionTimes(starting, suspending, resuming, time);
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
