package io.github.typedbcloud.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** When and how clusters move on by themselves, and the faults of that. Not thread-safe. */
final class Transitions {

  private final Supplier<Settings> settings;

  /** Oldest first. */
  private final List<TransitionRule> rules = new ArrayList<>();

  Transitions(Supplier<Settings> settings) {
    this.settings = settings;
  }

  void add(TransitionRule rule) {
    rules.add(rule);
  }

  void remove(TransitionRule rule) {
    rules.remove(rule);
  }

  void clear() {
    rules.clear();
  }

  /** Forgets the clusters to which faults have happened, whose numbers are used again. */
  void forgetClusters() {
    rules.forEach(TransitionRule::forgetClusters);
  }

  /** When the transition of a cluster ends if nothing keeps it; null when it is in none. */
  @Nullable Duration end(SimulatedCluster cluster) {
    Duration duration = settings.get().transitionTimes().of(cluster.status());
    return duration == null ? null : cluster.since().plus(duration);
  }

  /** The status after the transition of a cluster; its own when it is stuck. */
  Status next(SimulatedCluster cluster) {
    for (TransitionRule rule : rules) {
      if (rule.matches(cluster)) {
        rule.happenTo(cluster);
        return rule.fails() ? Status.FAILED : cluster.status();
      }
    }
    Status next = cluster.status().next();
    return next == null ? cluster.status() : next;
  }
}
