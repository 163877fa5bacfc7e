package io.github.typedbcloud.simulator;

import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All clusters of all projects and spaces.
 *
 * <p>Transitions and late writes need no thread: every operation first applies what is due by the
 * elapsed time, in the order in which it is due, so any source of time works. Thread-safe; each
 * operation is atomic.
 */
final class ClusterStore {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterStore.class);

  /** The end of a transition. */
  private record End(SimulatedCluster cluster, Status next, Duration at) {}

  private record ScopedId(CloudScope scope, String id) {}

  /** A cluster to be added as it is. */
  record NewCluster(CloudScope scope, ClusterSettings settings, Status status, Instant createdAt) {}

  private final TimeSource time;
  private final Transitions transitions;
  private final ClusterTable table;

  /** Next due first; writes that are due at the same time in the order of their acceptance. */
  private final Queue<PendingWrite> pending =
      new PriorityQueue<>(
          Comparator.comparing((PendingWrite write) -> write.due().elapsed())
              .thenComparing(PendingWrite::order));

  private final ClusterRules rules;

  /** Up to when everything that was due has been applied. */
  private Duration applied;

  private long nextNumber = 1;

  /** How many writes were accepted to be applied later. */
  private long accepted;

  private List<CloudScope> scopesAtStart = List.of();
  private List<SimulatedCluster> clustersAtStart = List.of();

  ClusterStore(Collection<CloudScope> scopes, TimeSource time, Supplier<Settings> settings) {
    this.time = time;
    this.transitions = new Transitions(settings);
    this.table = new ClusterTable(scopes);
    this.rules = new ClusterRules(table, pending, settings);
    this.applied = time.elapsed();
  }

  /** The projects and spaces, in the order in which they were added. */
  synchronized List<CloudScope> scopes() {
    return List.copyOf(table.scopes());
  }

  synchronized boolean has(CloudScope scope) {
    return table.scopes().contains(scope);
  }

  /** Adds a project or space. Does nothing when it exists. */
  synchronized void addScope(CloudScope scope) {
    table.addScope(scope);
  }

  /** Makes the current scopes and clusters those to which {@link #reset} returns. */
  synchronized void markStart() {
    scopesAtStart = scopes();
    clustersAtStart = all();
  }

  /**
   * Returns to the scopes and clusters of the start, whose statuses begin again. The history and
   * the writes to be applied later are dropped. Faults of the lifecycle stay.
   */
  synchronized void reset() {
    applied = time.elapsed();
    transitions.forgetClusters();
    pending.clear();
    table.clear(scopesAtStart);
    nextNumber = 1;
    for (SimulatedCluster cluster : clustersAtStart) {
      table.write(null, cluster.again(nextNumber++, applied), applied);
    }
  }

  /**
   * Adds scopes, and then clusters in any status, which begins now. The limits of the service are
   * not enforced.
   *
   * @throws ApiError 404 for an unknown scope, 409 when an ID is in use; then nothing is added
   */
  synchronized List<SimulatedCluster> addAll(
      Collection<CloudScope> scopes, List<NewCluster> clusters) {
    requireAddable(scopes, clusters);
    scopes.forEach(table::addScope);
    return clusters.stream().map(this::add).toList();
  }

  private SimulatedCluster add(NewCluster cluster) {
    Status status = cluster.status();
    SimulatedCluster created =
        new SimulatedCluster(
            nextNumber++,
            cluster.scope(),
            cluster.settings(),
            cluster.createdAt(),
            status,
            applied,
            status.serverStatus());
    table.write(null, created, applied);
    return created;
  }

  private void requireAddable(Collection<CloudScope> scopes, List<NewCluster> clusters) {
    applyDue();
    Set<ScopedId> ids = new HashSet<>();
    for (NewCluster cluster : clusters) {
      CloudScope scope = cluster.scope();
      String id = cluster.settings().id();
      boolean used = table.scopes().contains(scope) && !rules.isUnused(scope, id);
      if (used || !ids.add(new ScopedId(scope, id))) {
        throw ApiError.idInUse(409, id, scope);
      }
      if (!scopes.contains(scope)) {
        require(scope);
      }
    }
  }

  /**
   * Sets the status of a cluster, which begins now. A write of it that is still to be applied is
   * dropped.
   *
   * @throws ApiError 404 for an unknown scope or cluster
   */
  synchronized SimulatedCluster setStatus(CloudScope scope, String id, Status status) {
    applyDue();
    SimulatedCluster before = rules.get(scope, id);
    pending.removeIf(write -> write.changes(before));
    SimulatedCluster after = before.enter(status, applied);
    table.write(before, after, applied);
    return after;
  }

  /**
   * Removes a cluster at once. A write of it that is still to be applied is dropped.
   *
   * @throws ApiError 404 for an unknown scope or cluster
   */
  synchronized void remove(CloudScope scope, String id) {
    applyDue();
    SimulatedCluster cluster = rules.get(scope, id);
    pending.removeIf(write -> write.changes(cluster));
    table.remove(cluster, applied);
  }

  /** The clusters of all scopes in the order in which they were created. */
  synchronized List<SimulatedCluster> all() {
    applyDue();
    return table.scopes().stream()
        .flatMap(scope -> table.in(scope).values().stream())
        .sorted(Comparator.comparingLong(SimulatedCluster::number))
        .toList();
  }

  /** Rejects an unknown scope with HTTP 404. */
  synchronized void require(CloudScope scope) {
    table.in(scope);
  }

  /**
   * Validates a write and applies it.
   *
   * @param lateness how much later it is applied; null for at once
   * @return the cluster after the write, even when it is applied later
   * @throws ApiError when the write is rejected
   */
  synchronized SimulatedCluster write(ClusterWrite write, @Nullable Duration lateness) {
    applyDue();
    long number = nextNumber;
    Moment when =
        lateness == null
            ? new Moment(time::now, applied)
            : Moment.of(time.now().plus(lateness), applied.plus(lateness));
    SimulatedCluster after = write.decision().decide(rules, number, when);
    SimulatedCluster before = table.in(write.scope()).get(write.target());
    if (before == null) {
      nextNumber++;
    }
    if (lateness == null) {
      table.write(before, after, applied);
    } else {
      pending.add(new PendingWrite(accepted++, write, when, before, after));
    }
    return after;
  }

  /** Returns a cluster, or its past state when the read is stale. */
  synchronized SimulatedCluster get(CloudScope scope, String id, @Nullable Staleness staleness) {
    SimulatedCluster cluster = visible(scope, staleness).get(id);
    if (cluster == null) {
      throw ApiError.clusterNotFound(id, scope);
    }
    return cluster;
  }

  /** Returns the clusters in the order in which they were created, or their past state. */
  synchronized List<SimulatedCluster> list(CloudScope scope, @Nullable Staleness staleness) {
    return visible(scope, staleness).values().stream()
        .sorted(Comparator.comparingLong(SimulatedCluster::number))
        .toList();
  }

  /** Changes the transitions that end from now on. */
  synchronized void add(TransitionRule rule) {
    applyDue();
    transitions.add(rule);
  }

  /** Lets the transitions go on, from now on. */
  synchronized void remove(TransitionRule rule) {
    applyDue();
    transitions.remove(rule);
  }

  /** Removes all transition rules. */
  synchronized void removeTransitionRules() {
    applyDue();
    transitions.clear();
  }

  synchronized long occurrences(TransitionRule rule) {
    applyDue();
    return rule.occurrences();
  }

  synchronized ClusterSnapshot snapshot(CloudScope scope) {
    Map<String, String> statuses = new LinkedHashMap<>();
    list(scope, null).forEach(cluster -> statuses.put(cluster.id(), cluster.status().text()));
    return new ClusterSnapshot(statuses, table.created(scope));
  }

  int count() {
    return all().size();
  }

  private Map<String, SimulatedCluster> visible(CloudScope scope, @Nullable Staleness staleness) {
    applyDue();
    if (staleness == null) {
      return table.in(scope);
    }
    Duration lag = staleness.lag();
    return lag == null ? table.beforeLastWrite(scope) : table.at(applied.minus(lag), scope);
  }

  /** Ends the transitions and applies the late writes that are due. */
  private void applyDue() {
    Duration now = time.elapsed();
    PendingWrite next = pending.peek();
    while (next != null && next.due().elapsed().compareTo(now) <= 0) {
      endTransitions(next.due().elapsed());
      pending.remove();
      apply(next);
      next = pending.peek();
    }
    endTransitions(now);
  }

  private void endTransitions(Duration until) {
    List<End> ends = new ArrayList<>();
    for (CloudScope scope : table.scopes()) {
      for (SimulatedCluster cluster : table.in(scope).values()) {
        Duration end = transitions.end(cluster);
        if (end != null && end.compareTo(until) <= 0) {
          // A transition that was stuck ends later than it was due.
          Duration at = end.compareTo(applied) < 0 ? applied : end;
          ends.add(new End(cluster, transitions.next(cluster), at));
        }
      }
    }
    ends.sort(Comparator.comparing(End::at));
    ends.forEach(end -> table.move(end.cluster(), end.next(), end.at()));
    applied = until;
  }

  /** Applies a late write, or drops it when it is not possible any more. */
  private void apply(PendingWrite late) {
    ClusterWrite write = late.write();
    SimulatedCluster before = table.in(write.scope()).get(write.target());
    if (late.before() != null && (before == null || !late.changes(before))) {
      LOG.debug("Dropped {}: its cluster is gone", late);
      return;
    }
    try {
      Moment due = late.due();
      SimulatedCluster after = write.decision().decide(rules, late.after().number(), due);
      table.write(before, after, due.elapsed());
    } catch (ApiError e) {
      LOG.debug("Dropped {}", late, e);
    }
  }
}
