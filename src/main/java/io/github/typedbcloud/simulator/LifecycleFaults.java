package io.github.typedbcloud.simulator;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Faults of the lifecycle of clusters: transitions that do not end, or end in the status {@code
 * failed}. Created by {@link Faults#lifecycle}.
 *
 * <pre>{@code
 * LifecycleFaults.Rule stuck = simulator.faults().lifecycle("a").stuckIn("starting");
 * // ... check what the client does ...
 * stuck.remove();
 * }</pre>
 *
 * <p>A transition still takes the simulator's transition time. The oldest matching rule applies to
 * it. Rules also apply to clusters that are deployed later. Immutable and thread-safe.
 */
public final class LifecycleFaults {

  private static final Set<Status> TRANSITIONS =
      Collections.unmodifiableSet(
          EnumSet.of(Status.STARTING, Status.SUSPENDING, Status.RESUMING, Status.DESTROYING));

  private final ClusterStore clusters;
  private final String clusterId;

  LifecycleFaults(ClusterStore clusters, String clusterId) {
    this.clusters = clusters;
    this.clusterId = clusterId;
  }

  /**
   * Clusters never leave these statuses by themselves. Writes change them as usual. When the rule
   * is removed, the transitions whose time has passed end at once.
   *
   * @param statuses {@code starting}, {@code suspending}, {@code resuming}, {@code destroying};
   *     none for all four
   * @throws IllegalArgumentException for any other status
   */
  public Rule stuckIn(String... statuses) {
    Objects.requireNonNull(statuses, "statuses must not be null");
    return add(false, statuses);
  }

  /**
   * Clusters become {@code failed} when they leave these statuses, instead of their next status. A
   * failed cluster can be updated, cloned and destroyed, but not suspended or resumed. It stays
   * failed when the rule is removed.
   *
   * @param statuses {@code starting}, {@code suspending}, {@code resuming}, {@code destroying};
   *     none for all four
   * @throws IllegalArgumentException for any other status
   */
  public Rule failsAfter(String... statuses) {
    Objects.requireNonNull(statuses, "statuses must not be null");
    return add(true, statuses);
  }

  private Rule add(boolean fails, String... names) {
    Set<Status> statuses = EnumSet.noneOf(Status.class);
    for (String name : names) {
      statuses.add(transition(name));
    }
    TransitionRule rule =
        new TransitionRule(clusterId, statuses.isEmpty() ? TRANSITIONS : statuses, fails);
    clusters.add(rule);
    return new Rule(clusters, rule);
  }

  private static Status transition(String name) {
    return TRANSITIONS.stream()
        .filter(status -> status.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No transition begins with the status \"%s\"; use one of %s."
                        .formatted(name, TRANSITIONS.stream().map(Status::text).toList())));
  }

  /** A lifecycle fault that was added, with its count. Thread-safe. */
  public static final class Rule {

    private final ClusterStore clusters;
    private final TransitionRule rule;

    Rule(ClusterStore clusters, TransitionRule rule) {
      this.clusters = clusters;
      this.rule = rule;
    }

    /** How many transitions did not end, or ended in {@code failed}, because of this rule. */
    public long occurrences() {
      return clusters.occurrences(rule);
    }

    /** Removes this rule. Removing it twice does nothing. */
    public void remove() {
      clusters.remove(rule);
    }

    /** The fault and the clusters. */
    @Override
    public String toString() {
      return rule.toString();
    }
  }
}
