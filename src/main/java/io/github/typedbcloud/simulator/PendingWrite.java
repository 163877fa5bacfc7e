package io.github.typedbcloud.simulator;

import org.jspecify.annotations.Nullable;

/**
 * A write that was accepted and is applied later.
 *
 * @param order counts these writes in the order of their acceptance
 * @param before the cluster that it changes; null when it creates one
 * @param after the cluster after the write, as in the response
 */
record PendingWrite(
    long order,
    ClusterWrite write,
    Moment due,
    @Nullable SimulatedCluster before,
    SimulatedCluster after) {

  /** Whether the write gives a cluster this ID, which must stay free until then. */
  boolean reserves(CloudScope scope, String id) {
    return takesId() && write.scope().equals(scope) && after.id().equals(id);
  }

  /** Whether it changes this cluster. */
  boolean changes(SimulatedCluster cluster) {
    return before != null && before.number() == cluster.number();
  }

  /** Whether it creates the free cluster of an owner. */
  boolean takesFreeCluster(CloudScope scope) {
    return before == null && after.settings().isFree() && write.scope().sameOwner(scope);
  }

  private boolean takesId() {
    return before == null || !before.id().equals(after.id());
  }
}
