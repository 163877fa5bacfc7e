package io.github.typedbcloud.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The rules of writes that depend on the clusters that exist and on the pending writes. Each method
 * returns the cluster after a write without applying it. Not thread-safe.
 */
final class ClusterRules {

  private final ClusterTable table;
  private final Collection<PendingWrite> pending;
  private final boolean paymentMethod;

  /**
   * Creates the rules.
   *
   * @param pending the writes to be applied later, a live view
   */
  ClusterRules(ClusterTable table, Collection<PendingWrite> pending, boolean paymentMethod) {
    this.table = table;
    this.pending = pending;
    this.paymentMethod = paymentMethod;
  }

  SimulatedCluster deploy(CloudScope scope, ClusterSettings settings, long number, Moment now) {
    requireUnused(scope, settings.id());
    if (settings.isFree()) {
      requireNoFreeCluster(scope);
    } else {
      requirePaymentMethod("a cluster that is not free");
    }
    return SimulatedCluster.starting(number, scope, settings, now.wall().get(), now.elapsed());
  }

  SimulatedCluster clone(CloudScope scope, String id, String newId, long number, Moment now) {
    return deploy(scope, notDestroying(scope, id).settings().withId(newId), number, now);
  }

  SimulatedCluster update(CloudScope scope, String id, ClusterChange change) {
    SimulatedCluster old = writable(notDestroying(scope, id));
    if (old.settings().isFree() && change.costs()) {
      requirePaymentMethod("changing more than the ID of a free cluster");
    }
    SimulatedCluster updated = old.with(change.applyTo(old.settings()));
    if (!updated.id().equals(id)) {
      requireUnused(scope, updated.id());
    }
    return updated;
  }

  /** Does nothing when the cluster is suspending or suspended. */
  SimulatedCluster suspend(CloudScope scope, String id, Duration now) {
    return move(
        notDestroying(scope, id),
        Status.RUNNING,
        Status.SUSPENDING,
        Set.of(Status.SUSPENDING, Status.SUSPENDED),
        now);
  }

  /** Does nothing when the cluster is resuming or running. */
  SimulatedCluster resume(CloudScope scope, String id, Duration now) {
    return move(
        notDestroying(scope, id),
        Status.SUSPENDED,
        Status.RESUMING,
        Set.of(Status.RESUMING, Status.RUNNING),
        now);
  }

  /** Does nothing when the cluster is destroying. Its ID stays in use until it is destroyed. */
  SimulatedCluster destroy(CloudScope scope, String id, Duration now) {
    SimulatedCluster cluster = writable(get(scope, id));
    return cluster.status() == Status.DESTROYING ? cluster : cluster.enter(Status.DESTROYING, now);
  }

  SimulatedCluster get(CloudScope scope, String id) {
    SimulatedCluster cluster = table.in(scope).get(id);
    if (cluster == null) {
      throw ApiError.clusterNotFound(id, scope);
    }
    return cluster;
  }

  private SimulatedCluster move(
      SimulatedCluster cluster, Status from, Status to, Set<Status> already, Duration now) {
    writable(cluster);
    if (cluster.status() == from) {
      return cluster.enter(to, now);
    }
    if (already.contains(cluster.status())) {
      return cluster;
    }
    throw ApiError.badRequest(
        "invalid_cluster_status",
        "The cluster \"%s\" is %s; this operation requires the status %s."
            .formatted(cluster.id(), cluster.status().text(), from.text()));
  }

  private SimulatedCluster notDestroying(CloudScope scope, String id) {
    SimulatedCluster cluster = get(scope, id);
    if (cluster.status() == Status.DESTROYING) {
      throw ApiError.badRequest(
          "cluster_destroying",
          "The cluster \"%s\" is being destroyed and cannot be changed.".formatted(id));
    }
    return cluster;
  }

  /** Requires that no other write of the cluster is still to be applied. */
  private SimulatedCluster writable(SimulatedCluster cluster) {
    if (pending.stream().anyMatch(write -> write.changes(cluster))) {
      throw ApiError.badRequest(
          "write_in_progress",
          "Another write of the cluster \"%s\" is in progress; wait until it is applied."
              .formatted(cluster.id()));
    }
    return cluster;
  }

  void requireUnused(CloudScope scope, String id) {
    if (table.in(scope).containsKey(id)
        || pending.stream().anyMatch(write -> write.reserves(scope, id))) {
      throw ApiError.idInUse(id, scope);
    }
  }

  private void requireNoFreeCluster(CloudScope scope) {
    List<SimulatedCluster> ofOwner = new ArrayList<>();
    table.scopes().stream()
        .filter(scope::sameOwner)
        .forEach(mine -> ofOwner.addAll(table.in(mine).values()));
    if (ofOwner.stream().anyMatch(cluster -> cluster.settings().isFree())
        || pending.stream().anyMatch(write -> write.takesFreeCluster(scope))) {
      throw ApiError.badRequest(
          "free_cluster_limit",
          "The %s %s already has a free cluster; the limit is one free cluster per owner."
              .formatted(scope.apiVersion().ownerNoun(), scope.owner()));
    }
  }

  private void requirePaymentMethod(String what) {
    if (!paymentMethod) {
      throw ApiError.badRequest(
          "payment_method_required", "A valid payment method is required for %s.".formatted(what));
    }
  }
}
