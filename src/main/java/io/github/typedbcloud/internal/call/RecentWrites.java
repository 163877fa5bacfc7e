package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.ClusterIdentity;
import io.github.typedbcloud.internal.api.Operation;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The writes of this client that are in-flight, and the last one of each cluster that succeeded or
 * whose outcome is unknown. They explain what would otherwise look like somebody else's: a conflict
 * with a cluster that another call creates, or a read that does not show the write yet.
 * Thread-safe.
 */
final class RecentWrites {

  /** How many clusters are remembered. */
  private static final int MAX_REMEMBERED = 1000;

  private record Key(@Nullable Scope scope, String id) {}

  private static final class Entry {
    private int creationsInFlight;
    private @Nullable OwnWrite last;
  }

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock; the entry that was used last is the last one. */
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  RecentWrites(TimeSource time) {
    this.time = time;
  }

  /** A write starts. */
  void started(ApiCall<Cluster> call, String resultId) {
    if (creates(call)) {
      lock.lock();
      try {
        entry(call, resultId).creationsInFlight++;
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * A write ended.
   *
   * @param cluster its result; null when it failed
   * @param isUnknown whether it may have been applied although it failed
   */
  void ended(ApiCall<Cluster> call, String resultId, @Nullable Cluster cluster, boolean isUnknown) {
    lock.lock();
    try {
      Entry entry = entry(call, resultId);
      if (creates(call)) {
        entry.creationsInFlight--;
      }
      if (cluster != null || isUnknown) {
        Duration now = time.elapsed();
        boolean appears = !resultId.equals(call.clusterId()) || creates(call);
        OwnWrite before = entry.last;
        entry.last =
            new OwnWrite(
                call.operation(),
                cluster != null && ClusterIdentity.isKnown(cluster) ? cluster.createdAt() : null,
                appears ? now : before == null ? null : before.appearedAt(),
                now);
      }
      if (entry.last == null && entry.creationsInFlight == 0) {
        entries.remove(new Key(call.scope(), resultId));
      } else if (entries.size() > MAX_REMEMBERED) {
        entries
            .values()
            .removeIf(oldest -> entries.size() > MAX_REMEMBERED && oldest.creationsInFlight == 0);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The last write of this client to a cluster, which ended; null for none. */
  @Nullable OwnWrite last(@Nullable Scope scope, String id) {
    lock.lock();
    try {
      Entry entry = entries.get(new Key(scope, id));
      return entry == null ? null : entry.last;
    } finally {
      lock.unlock();
    }
  }

  /** Whether another in-flight call of this client creates the same cluster. */
  boolean isCreatedByOthers(ApiCall<Cluster> call, String resultId) {
    lock.lock();
    try {
      Entry entry = entries.get(new Key(call.scope(), resultId));
      return entry != null && entry.creationsInFlight > 1;
    } finally {
      lock.unlock();
    }
  }

  private Entry entry(ApiCall<Cluster> call, String resultId) {
    return entries.computeIfAbsent(new Key(call.scope(), resultId), unused -> new Entry());
  }

  private static boolean creates(ApiCall<Cluster> call) {
    return call.operation() == Operation.DEPLOY || call.operation() == Operation.CLONE;
  }
}
