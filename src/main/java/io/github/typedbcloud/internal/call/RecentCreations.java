package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.Operation;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The clusters that this client is creating, and those that it created last. A conflict with one of
 * them is that of two calls, and not that of one request that a proxy sent twice. Thread-safe.
 */
final class RecentCreations {

  /** How many created clusters are remembered. */
  private static final int MAX_REMEMBERED = 1000;

  private record Key(@Nullable Scope scope, @Nullable Object id) {}

  private static final class Entry {
    private int inFlight;
    private @Nullable Instant createdAt;
  }

  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock; the entry that was used last is the last one. */
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** A call starts; nothing happens unless it creates a cluster. */
  void started(ApiCall<?> call) {
    Key key = key(call);
    if (key == null) {
      return;
    }
    lock.lock();
    try {
      entries.computeIfAbsent(key, unused -> new Entry()).inFlight++;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A call ended.
   *
   * @param created its result; null when it failed
   */
  void ended(ApiCall<?> call, @Nullable Cluster created) {
    Key key = key(call);
    if (key == null) {
      return;
    }
    lock.lock();
    try {
      Entry entry = entries.get(key);
      if (entry == null) {
        return;
      }
      entry.inFlight--;
      if (created != null) {
        entry.createdAt = created.createdAt();
      }
      if (entry.createdAt == null && entry.inFlight == 0) {
        entries.remove(key);
      } else if (entries.size() > MAX_REMEMBERED) {
        entries
            .values()
            .removeIf(oldest -> entries.size() > MAX_REMEMBERED && oldest.inFlight == 0);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether another in-flight call of this client creates the same cluster. */
  boolean isExplained(ApiCall<?> call) {
    lock.lock();
    try {
      Entry entry = entries.get(key(call));
      return entry != null && entry.inFlight > 1;
    } finally {
      lock.unlock();
    }
  }

  /** Whether another call of this client created a cluster that was read. */
  boolean isKnown(ApiCall<?> call, Cluster cluster) {
    lock.lock();
    try {
      Entry entry = entries.get(key(call));
      return entry != null && cluster.createdAt().equals(entry.createdAt);
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable Key key(ApiCall<?> call) {
    boolean creates = call.operation() == Operation.DEPLOY || call.operation() == Operation.CLONE;
    return creates && call.body() != null ? new Key(call.scope(), call.body().get("id")) : null;
  }
}
