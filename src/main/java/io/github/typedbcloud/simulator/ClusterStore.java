package io.github.typedbcloud.simulator;

import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All clusters of all projects and spaces, and the rules that depend on them.
 *
 * <p>Transitions need no thread: every read first updates the status from the elapsed time, so any
 * source of time works. Thread-safe; each operation is atomic.
 */
final class ClusterStore {

  private final TimeSource time;
  private final TransitionTimes transitionTimes;
  private final boolean paymentMethod;
  private final Map<CloudScope, Map<String, SimulatedCluster>> clusters = new HashMap<>();
  private final Map<CloudScope, Map<String, Integer>> created = new HashMap<>();
  private long nextNumber = 1;

  ClusterStore(
      Collection<CloudScope> scopes,
      TimeSource time,
      TransitionTimes transitionTimes,
      boolean paymentMethod) {
    this.time = time;
    this.transitionTimes = transitionTimes;
    this.paymentMethod = paymentMethod;
    scopes.forEach(scope -> clusters.put(scope, new HashMap<>()));
  }

  /** Rejects an unknown scope with HTTP 404. */
  synchronized void require(CloudScope scope) {
    clustersOf(scope);
  }

  synchronized SimulatedCluster deploy(CloudScope scope, ClusterSettings settings) {
    requireUnused(scope, settings.id());
    if (settings.isFree()) {
      requireNoFreeCluster(scope);
    } else {
      requirePaymentMethod("a cluster that is not free");
    }
    SimulatedCluster cluster =
        SimulatedCluster.starting(nextNumber, scope, settings, time.now(), time.elapsed());
    nextNumber++;
    created
        .computeIfAbsent(scope, first -> new LinkedHashMap<>())
        .merge(settings.id(), 1, Integer::sum);
    return put(cluster);
  }

  synchronized SimulatedCluster get(CloudScope scope, String id) {
    SimulatedCluster cluster = find(scope, id);
    if (cluster == null) {
      throw ApiError.clusterNotFound(id, scope);
    }
    return cluster;
  }

  /** In the order in which they were created. */
  synchronized List<SimulatedCluster> list(CloudScope scope) {
    return current(scope).stream()
        .sorted(Comparator.comparingLong(SimulatedCluster::number))
        .toList();
  }

  synchronized SimulatedCluster update(CloudScope scope, String id, ClusterChange change) {
    SimulatedCluster old = notDestroying(scope, id);
    if (old.settings().isFree() && change.costs()) {
      requirePaymentMethod("changing more than the ID of a free cluster");
    }
    SimulatedCluster updated = old.with(change.applyTo(old.settings()));
    if (!updated.id().equals(id)) {
      requireUnused(scope, updated.id());
    }
    clustersOf(scope).remove(id);
    return put(updated);
  }

  synchronized SimulatedCluster clone(CloudScope scope, String id, String newId) {
    return deploy(scope, notDestroying(scope, id).settings().withId(newId));
  }

  /** Does nothing when the cluster is suspending or suspended. */
  synchronized SimulatedCluster suspend(CloudScope scope, String id) {
    return move(
        notDestroying(scope, id),
        Status.RUNNING,
        Status.SUSPENDING,
        Set.of(Status.SUSPENDING, Status.SUSPENDED));
  }

  /** Does nothing when the cluster is resuming or running. */
  synchronized SimulatedCluster resume(CloudScope scope, String id) {
    return move(
        notDestroying(scope, id),
        Status.SUSPENDED,
        Status.RESUMING,
        Set.of(Status.RESUMING, Status.RUNNING));
  }

  /** Does nothing when the cluster is destroying. Its ID stays in use until it is destroyed. */
  synchronized SimulatedCluster destroy(CloudScope scope, String id) {
    SimulatedCluster cluster = get(scope, id);
    return cluster.status() == Status.DESTROYING
        ? cluster
        : put(cluster.enter(Status.DESTROYING, time.elapsed()));
  }

  synchronized ClusterSnapshot snapshot(CloudScope scope) {
    Map<String, String> statuses = new LinkedHashMap<>();
    list(scope).forEach(cluster -> statuses.put(cluster.id(), cluster.status().text()));
    return new ClusterSnapshot(statuses, created.getOrDefault(scope, Map.of()));
  }

  synchronized int count() {
    return clusters.keySet().stream().mapToInt(scope -> current(scope).size()).sum();
  }

  private SimulatedCluster move(
      SimulatedCluster cluster, Status from, Status to, Set<Status> already) {
    if (cluster.status() == from) {
      return put(cluster.enter(to, time.elapsed()));
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

  private void requireUnused(CloudScope scope, String id) {
    if (find(scope, id) != null) {
      throw ApiError.idInUse(id, scope);
    }
  }

  private void requireNoFreeCluster(CloudScope scope) {
    boolean taken =
        clusters.keySet().stream()
            .filter(scope::sameOwner)
            .flatMap(mine -> current(mine).stream())
            .anyMatch(cluster -> cluster.settings().isFree());
    if (taken) {
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

  private SimulatedCluster put(SimulatedCluster cluster) {
    clustersOf(cluster.scope()).put(cluster.id(), cluster);
    return cluster;
  }

  /** The cluster with its current status; null when there is none. */
  private @Nullable SimulatedCluster find(CloudScope scope, String id) {
    return clustersOf(scope).computeIfPresent(id, (same, cluster) -> now(cluster, time.elapsed()));
  }

  /** All clusters of a scope with their current statuses. */
  private Collection<SimulatedCluster> current(CloudScope scope) {
    Duration elapsed = time.elapsed();
    Map<String, SimulatedCluster> ours = clustersOf(scope);
    List.copyOf(ours.keySet())
        .forEach(id -> ours.computeIfPresent(id, (same, cluster) -> now(cluster, elapsed)));
    return ours.values();
  }

  private @Nullable SimulatedCluster now(SimulatedCluster cluster, Duration elapsed) {
    SimulatedCluster now = cluster.at(elapsed, transitionTimes);
    return now.status() == Status.GONE ? null : now;
  }

  private Map<String, SimulatedCluster> clustersOf(CloudScope scope) {
    Map<String, SimulatedCluster> ours = clusters.get(scope);
    if (ours == null) {
      throw ApiError.scopeNotFound(scope);
    }
    return ours;
  }
}
