package io.github.typedbcloud.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When and how clusters move on by themselves. Not thread-safe. */
final class Transitions {

  private final TransitionTimes times;

  Transitions(TransitionTimes times) {
    this.times = times;
  }

  /** When the transition of a cluster ends; null when it is in none, or stuck in it. */
  @Nullable Duration end(SimulatedCluster cluster) {
    return cluster.status().next() == null
        ? null
        : cluster.since().plus(times.of(cluster.status()));
  }

  /** The cluster after its transition; null when it is gone. */
  @Nullable SimulatedCluster after(SimulatedCluster cluster, Duration at) {
    Status next = cluster.status().next();
    return next == null || next == Status.GONE ? null : cluster.enter(next, at);
  }
}
