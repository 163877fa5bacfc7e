package io.github.typedbcloud.retry;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.support.Fixtures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A write that the service permits, and the only effect that it may have. Immutable.
 *
 * @param id the cluster that is written to
 * @param resultId the ID of the cluster after the write; a new one for clone and rename
 * @param storageSizeGB the requested size; 0 for an operation that has none
 */
record RandomWrite(Kind kind, String id, String resultId, int storageSizeGB) {

  /** The IDs in use, so few that each is used by one cluster after another. */
  private static final int IDS = 8;

  /**
   * What a service holds of a cluster, once its status no longer changes.
   *
   * @param createdAt identifies it; null in an expectation, for a new cluster
   */
  record Held(ClusterStatus status, int storageSizeGB, @Nullable Instant createdAt) {

    static Held of(Cluster cluster) {
      return new Held(cluster.status(), cluster.storageSizeGB(), cluster.createdAt());
    }
  }

  /** The operations, and the statuses that their result may have. */
  enum Kind {
    DEPLOY(ClusterStatus.STARTING, ClusterStatus.RUNNING),
    CLONE(ClusterStatus.STARTING, ClusterStatus.RUNNING),
    SUSPEND(ClusterStatus.SUSPENDING, ClusterStatus.SUSPENDED),
    RESUME(ClusterStatus.RESUMING, ClusterStatus.RUNNING),
    UPDATE(ClusterStatus.RUNNING, ClusterStatus.SUSPENDED),
    RENAME(ClusterStatus.RUNNING, ClusterStatus.SUSPENDED),
    DESTROY(ClusterStatus.DESTROYING);

    @SuppressWarnings("ImmutableEnumChecker") // it is immutable
    private final Set<ClusterStatus> results;

    Kind(ClusterStatus... results) {
      this.results = Set.of(results);
    }

    boolean isOnlyOfSpaces() {
      return this == CLONE || this == UPDATE || this == RENAME;
    }
  }

  /** Deploys one of a few IDs that is free. */
  static RandomWrite deploy(Random random, Map<String, Held> held) {
    List<String> free = free(held);
    String id = free.get(random.nextInt(free.size()));
    return new RandomWrite(Kind.DEPLOY, id, id, 10 + random.nextInt(50));
  }

  /** Any operation that the clusters permit. */
  static RandomWrite any(Random random, Map<String, Held> held, boolean isSpace) {
    while (true) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      List<String> free = free(held);
      boolean isPossible =
          (isSpace || !kind.isOnlyOfSpaces())
              && (!free.isEmpty() || kind != Kind.DEPLOY)
              && (!free.isEmpty() || (kind != Kind.CLONE && kind != Kind.RENAME));
      if (isPossible && kind == Kind.DEPLOY) {
        return deploy(random, held);
      }
      if (isPossible && !held.isEmpty()) {
        String id = List.copyOf(held.keySet()).get(random.nextInt(held.size()));
        Held cluster = held.get(id);
        boolean changesId = kind == Kind.CLONE || kind == Kind.RENAME;
        int size = kind == Kind.UPDATE ? cluster.storageSizeGB() % 60 + 10 : 0;
        RandomWrite write =
            new RandomWrite(kind, id, changesId ? free.get(random.nextInt(free.size())) : id, size);
        if (write.suits(cluster.status())) {
          return write;
        }
      }
    }
  }

  private static List<String> free(Map<String, Held> held) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < IDS; i++) {
      if (!held.containsKey("cluster-" + i)) {
        ids.add("cluster-" + i);
      }
    }
    return ids;
  }

  private boolean suits(ClusterStatus status) {
    return switch (kind) {
      case SUSPEND -> status.equals(ClusterStatus.RUNNING);
      case RESUME -> status.equals(ClusterStatus.SUSPENDED);
      default -> true;
    };
  }

  /** Whether it makes a new cluster. */
  boolean creates() {
    return kind == Kind.DEPLOY || kind == Kind.CLONE;
  }

  Cluster on(ClustersApi clusters) {
    return switch (kind) {
      case DEPLOY -> clusters.deploy(Fixtures.paidCluster(id).storageSizeGB(storageSizeGB).build());
      case CLONE -> clusters.clone(id, resultId);
      case SUSPEND -> clusters.suspend(id);
      case RESUME -> clusters.resume(id);
      case UPDATE ->
          clusters.update(id, UpdateClusterRequest.builder().storageSizeGB(storageSizeGB).build());
      case RENAME -> clusters.update(id, UpdateClusterRequest.builder().id(resultId).build());
      case DESTROY -> clusters.destroy(id);
    };
  }

  /**
   * The clusters after it, once they no longer change.
   *
   * @param before the clusters before it
   */
  Map<String, Held> appliedTo(Map<String, Held> before) {
    Map<String, Held> after = new TreeMap<>(before);
    Held old = before.get(id);
    switch (kind) {
      case DEPLOY -> after.put(id, new Held(ClusterStatus.RUNNING, storageSizeGB, null));
      case CLONE -> after.put(resultId, new Held(ClusterStatus.RUNNING, old.storageSizeGB(), null));
      case SUSPEND ->
          after.put(id, new Held(ClusterStatus.SUSPENDED, old.storageSizeGB(), old.createdAt()));
      case RESUME ->
          after.put(id, new Held(ClusterStatus.RUNNING, old.storageSizeGB(), old.createdAt()));
      case UPDATE -> after.put(id, new Held(old.status(), storageSizeGB, old.createdAt()));
      case RENAME -> {
        after.remove(id);
        after.put(resultId, old);
      }
      case DESTROY -> after.remove(id);
      default -> throw new IllegalStateException(kind.name());
    }
    return after;
  }

  /** Whether a result is the cluster as this write left it. */
  boolean isResult(Cluster result, Held before) {
    boolean isSameCluster =
        before == null || creates() || result.createdAt().equals(before.createdAt());
    boolean hasSize =
        switch (kind) {
          case DEPLOY, UPDATE -> result.storageSizeGB() == storageSizeGB;
          case DESTROY -> true;
          default -> result.storageSizeGB() == before.storageSizeGB();
        };
    return result.id().equals(resultId)
        && kind.results.contains(result.status())
        && hasSize
        && (isSameCluster || (kind == Kind.DESTROY && result.createdAt().equals(Instant.EPOCH)));
  }
}
