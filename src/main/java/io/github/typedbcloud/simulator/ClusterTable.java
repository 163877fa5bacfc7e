package io.github.typedbcloud.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The clusters of each project and space, now and in the past. Not thread-safe. */
final class ClusterTable {

  /** How many changes of clusters can be undone; bounds the memory. */
  static final int MAX_CHANGES = 10_000;

  /**
   * A change of one cluster.
   *
   * @param at when it happened, by {@code TimeSource.elapsed()}
   * @param isWrite whether a write changed it, rather than the end of a transition
   * @param before null for a new cluster
   * @param after null for a cluster that is gone
   */
  private record Change(
      Duration at,
      CloudScope scope,
      boolean isWrite,
      @Nullable SimulatedCluster before,
      @Nullable SimulatedCluster after) {}

  /** In the order in which the scopes were added. */
  private final Map<CloudScope, Map<String, SimulatedCluster>> clusters = new LinkedHashMap<>();

  private final Map<CloudScope, Map<String, Integer>> created = new HashMap<>();

  /** Newest first. */
  private final Deque<Change> changes = new ArrayDeque<>();

  ClusterTable(Collection<CloudScope> scopes) {
    scopes.forEach(this::addScope);
  }

  /** Does nothing when the scope exists. */
  void addScope(CloudScope scope) {
    clusters.putIfAbsent(scope, new HashMap<>());
  }

  /** Removes all clusters and their history, and has these scopes from now on. */
  void clear(Collection<CloudScope> scopes) {
    clusters.clear();
    created.clear();
    changes.clear();
    scopes.forEach(this::addScope);
  }

  Set<CloudScope> scopes() {
    return clusters.keySet();
  }

  /**
   * The clusters of a scope by their ID.
   *
   * @throws ApiError 404 for an unknown scope
   */
  Map<String, SimulatedCluster> in(CloudScope scope) {
    Map<String, SimulatedCluster> ours = clusters.get(scope);
    if (ours == null) {
      throw ApiError.scopeNotFound(scope);
    }
    return ours;
  }

  /** How many clusters were created with each ID. */
  Map<String, Integer> created(CloudScope scope) {
    return created.getOrDefault(scope, Map.of());
  }

  /** Applies a write; before is null for a new cluster. */
  void write(@Nullable SimulatedCluster before, SimulatedCluster after, Duration at) {
    if (before == null) {
      created
          .computeIfAbsent(after.scope(), first -> new LinkedHashMap<>())
          .merge(after.id(), 1, Integer::sum);
    }
    if (!after.equals(before)) {
      change(new Change(at, after.scope(), true, before, after));
    }
  }

  /** Removes a cluster at once. */
  void remove(SimulatedCluster cluster, Duration at) {
    change(new Change(at, cluster.scope(), true, cluster, null));
  }

  /** Ends a transition; the next status is the same when the cluster is stuck. */
  void move(SimulatedCluster before, Status next, Duration at) {
    if (next != before.status()) {
      SimulatedCluster after = next == Status.GONE ? null : before.enter(next, at);
      change(new Change(at, before.scope(), false, before, after));
    }
  }

  private void change(Change change) {
    replace(in(change.scope()), change.before(), change.after());
    changes.addFirst(change);
    if (changes.size() > MAX_CHANGES) {
      changes.removeLast();
    }
  }

  private static void replace(
      Map<String, SimulatedCluster> clusters,
      @Nullable SimulatedCluster old,
      @Nullable SimulatedCluster replacement) {
    if (old != null) {
      clusters.remove(old.id());
    }
    if (replacement != null) {
      clusters.put(replacement.id(), replacement);
    }
  }

  /** The clusters of a scope at an earlier time, or at the oldest one that is known. */
  Map<String, SimulatedCluster> at(Duration time, CloudScope scope) {
    Map<String, SimulatedCluster> past = new HashMap<>(in(scope));
    Iterator<Change> newestFirst = changes.iterator();
    while (newestFirst.hasNext()) {
      Change change = newestFirst.next();
      if (change.at().compareTo(time) <= 0) {
        break;
      }
      undo(change, scope, past);
    }
    return past;
  }

  /** The clusters of a scope just before the last write that changed one of them. */
  Map<String, SimulatedCluster> beforeLastWrite(CloudScope scope) {
    Map<String, SimulatedCluster> past = new HashMap<>(in(scope));
    for (Change change : changes) {
      undo(change, scope, past);
      if (change.isWrite() && change.scope().equals(scope)) {
        return past;
      }
    }
    // There was no write, so there is nothing to undo.
    return in(scope);
  }

  private static void undo(Change change, CloudScope scope, Map<String, SimulatedCluster> past) {
    if (change.scope().equals(scope)) {
      replace(past, change.after(), change.before());
    }
  }
}
