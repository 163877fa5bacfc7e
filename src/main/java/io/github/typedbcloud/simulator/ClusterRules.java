package io.github.typedbcloud.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of writes that depend on the clusters that exist and on the pending writes. Each method
 * returns the cluster after a write without applying it. Not thread-safe.
 */
final class ClusterRules {

  private final ClusterTable table;
  private final Collection<PendingWrite> pending;
  private final Supplier<Settings> settings;

  /**
   * Creates the rules.
   *
   * @param pending the writes to be applied later, a live view
   * @param settings the current ones
   */
  ClusterRules(ClusterTable table, Collection<PendingWrite> pending, Supplier<Settings> settings) {
    this.table = table;
    this.pending = pending;
    this.settings = settings;
  }

  SimulatedCluster deploy(CloudScope scope, ClusterSettings deployed, long number, Moment now) {
    if (!isUnused(scope, deployed.id())) {
      throw ApiError.idInUse(409, deployed.id(), scope);
    }
    if (deployed.isFree() && !mayBeFree(scope)) {
      throw freeClusterLimit(scope);
    }
    return create(scope, deployed, number, now);
  }

  SimulatedCluster clone(CloudScope scope, String id, String newId, long number, Moment now) {
    SimulatedCluster source = notDestroying(scope, id);
    requireStrictly(source, Status.RUNNING, Status.SUSPENDED);
    requireUnused(scope, newId);
    ClusterSettings cloned = source.settings().withId(newId);
    boolean free = cloned.isFree() && mayBeFree(scope);
    return create(scope, cloned.withFree(free), number, now);
  }

  private SimulatedCluster create(
      CloudScope scope, ClusterSettings created, long number, Moment now) {
    if (!created.isFree()) {
      requirePaymentMethod("a cluster that is not free");
    }
    return SimulatedCluster.starting(number, scope, created, now.wall().get(), now.elapsed());
  }

  SimulatedCluster update(CloudScope scope, String id, ClusterChange change) {
    SimulatedCluster old = writable(notDestroying(scope, id));
    requireStrictly(old, Status.RUNNING);
    if (old.settings().isFree() && change.costs()) {
      requirePaymentMethod("changing more than the ID of a free cluster");
    }
    SimulatedCluster updated = old.with(change.applyTo(old.settings(), settings.get()));
    if (!updated.id().equals(id)) {
      requireUnused(scope, updated.id());
    }
    return updated;
  }

  /** Suspends a running cluster. */
  SimulatedCluster suspend(CloudScope scope, String id, Duration now) {
    return move(
        notDestroying(scope, id),
        Status.RUNNING,
        Status.SUSPENDING,
        Set.of(Status.SUSPENDING, Status.SUSPENDED),
        now);
  }

  /** Resumes a suspended cluster. */
  SimulatedCluster resume(CloudScope scope, String id, Duration now) {
    return move(
        notDestroying(scope, id),
        Status.SUSPENDED,
        Status.RESUMING,
        Set.of(Status.RESUMING, Status.RUNNING),
        now);
  }

  /** Destroys a cluster of any status. Its ID stays in use until it is destroyed. */
  SimulatedCluster destroy(CloudScope scope, String id, Duration now) {
    SimulatedCluster cluster = writable(get(scope, id));
    if (cluster.status() != Status.DESTROYING) {
      return cluster.enter(Status.DESTROYING, now);
    }
    if (settings.get().isStrict(Assumption.REPEATED_TRANSITION)) {
      throw destroying(cluster);
    }
    return cluster;
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
    if (already.contains(cluster.status())
        && !settings.get().isStrict(Assumption.REPEATED_TRANSITION)) {
      return cluster;
    }
    throw wrongStatus(cluster, from);
  }

  private void requireStrictly(SimulatedCluster cluster, Status... allowed) {
    if (settings.get().isStrict(Assumption.UPDATE_AND_CLONE_STATUS)
        && !List.of(allowed).contains(cluster.status())) {
      throw wrongStatus(cluster, allowed);
    }
  }

  private static ApiError wrongStatus(SimulatedCluster cluster, Status... required) {
    return ApiError.badRequest(
        "invalid_cluster_status",
        "The cluster \"%s\" is %s; this operation requires the status %s."
            .formatted(
                cluster.id(),
                cluster.status().text(),
                Stream.of(required).map(Status::text).collect(Collectors.joining(" or "))));
  }

  private SimulatedCluster notDestroying(CloudScope scope, String id) {
    SimulatedCluster cluster = get(scope, id);
    if (cluster.status() == Status.DESTROYING) {
      throw destroying(cluster);
    }
    return cluster;
  }

  private static ApiError destroying(SimulatedCluster cluster) {
    return ApiError.badRequest(
        "cluster_destroying",
        "The cluster \"%s\" is being destroyed and cannot be changed.".formatted(cluster.id()));
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

  private void requireUnused(CloudScope scope, String id) {
    if (!isUnused(scope, id)) {
      int status = settings.get().isStrict(Assumption.ID_IN_USE_STATUS) ? 400 : 409;
      throw ApiError.idInUse(status, id, scope);
    }
  }

  boolean isUnused(CloudScope scope, String id) {
    return !table.in(scope).containsKey(id)
        && pending.stream().noneMatch(write -> write.reserves(scope, id));
  }

  private boolean mayBeFree(CloudScope scope) {
    List<SimulatedCluster> ofOwner = new ArrayList<>();
    table.scopes().stream()
        .filter(scope::sameOwner)
        .forEach(mine -> ofOwner.addAll(table.in(mine).values()));
    long free =
        ofOwner.stream().filter(cluster -> cluster.settings().isFree()).count()
            + pending.stream().filter(write -> write.takesFreeCluster(scope)).count();
    return free < settings.get().freeClusterLimit();
  }

  private ApiError freeClusterLimit(CloudScope scope) {
    int limit = settings.get().freeClusterLimit();
    return ApiError.badRequest(
        "free_cluster_limit",
        "The %s %s already has %s; the limit is %s."
            .formatted(
                scope.kind().ownerNoun(),
                scope.owner(),
                limit == 1 ? "a free cluster" : "its free clusters",
                limit == 1 ? "one free cluster per owner" : limit));
  }

  private void requirePaymentMethod(String what) {
    if (!settings.get().paymentMethod()) {
      throw ApiError.badRequest(
          "payment_method_required", "A valid payment method is required for %s.".formatted(what));
    }
  }
}
