package io.github.typedbcloud.simulator;

import java.util.HashSet;
import java.util.Objects;
import java.util.OptionalLong;
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

  private final Faults faults;
  private final String clusterId;

  LifecycleFaults(Faults faults, String clusterId) {
    this.faults = faults;
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
    Set<Status> statuses = new HashSet<>();
    for (String name : names) {
      statuses.add(transition(name));
    }
    TransitionRule rule =
        new TransitionRule(
            clusterId, statuses.isEmpty() ? Set.copyOf(Status.TRANSITIONS) : statuses, fails);
    return faults.add(rule);
  }

  private static Status transition(String name) {
    return Status.TRANSITIONS.stream()
        .filter(status -> status.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No transition begins with the status \"%s\"; use one of %s."
                        .formatted(name, Status.TRANSITIONS)));
  }

  /** A fault of the lifecycle that was added, with its count. Thread-safe. */
  public static final class Rule implements FaultRule {

    private final Faults faults;
    private final String id;
    private final ClusterStore clusters;
    private final TransitionRule transition;

    Rule(Faults faults, String id, ClusterStore clusters, TransitionRule transition) {
      this.faults = faults;
      this.id = id;
      this.clusters = clusters;
      this.transition = transition;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String description() {
      return transition.toString();
    }

    @Override
    public boolean isActive() {
      return faults.isActive(this);
    }

    /** How many transitions did not end, or ended in {@code failed}, because of this rule. */
    @Override
    public long occurrences() {
      return clusters.occurrences(transition);
    }

    @Override
    public OptionalLong remaining() {
      return isActive() ? OptionalLong.empty() : OptionalLong.of(0);
    }

    @Override
    public void remove() {
      faults.remove(this, transition);
    }

    /** The description. */
    @Override
    public String toString() {
      return description();
    }
  }
}
