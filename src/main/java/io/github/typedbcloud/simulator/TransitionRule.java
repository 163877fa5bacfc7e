package io.github.typedbcloud.simulator;

import java.util.HashSet;
import java.util.Set;

/**
 * A fault of the transitions of clusters. Guarded by the lock of the store.
 *
 * <p>Not a record, because two rules with the same settings are different rules.
 */
final class TransitionRule {

  private final String clusterId;
  private final Set<Status> statuses;
  private final boolean fails;

  /** The numbers of the clusters to which it has happened, with the status. */
  private final Set<String> happened = new HashSet<>();

  /** How often it has happened to clusters that were forgotten. */
  private long forgotten;

  /**
   * Creates a rule.
   *
   * @param clusterId empty for any
   * @param statuses the statuses whose end it changes
   * @param fails whether clusters become failed; otherwise they are stuck
   */
  TransitionRule(String clusterId, Set<Status> statuses, boolean fails) {
    this.clusterId = clusterId;
    this.statuses = Set.copyOf(statuses);
    this.fails = fails;
  }

  boolean matches(SimulatedCluster cluster) {
    return statuses.contains(cluster.status())
        && (clusterId.isEmpty() || clusterId.equals(cluster.id()));
  }

  boolean fails() {
    return fails;
  }

  /** Counts a transition once, however often it is looked at. */
  void happenTo(SimulatedCluster cluster) {
    happened.add(cluster.number() + " " + cluster.status() + " " + cluster.since());
  }

  /** Keeps the count, so that the numbers of clusters can be used again. */
  void forgetClusters() {
    forgotten += happened.size();
    happened.clear();
  }

  long occurrences() {
    return forgotten + happened.size();
  }

  @Override
  public String toString() {
    return "%s %s of %s"
        .formatted(
            fails ? "failure after" : "stuck in",
            Status.TRANSITIONS.stream().filter(statuses::contains).toList(),
            clusterId.isEmpty() ? "every cluster" : "the cluster " + clusterId);
  }
}
