package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.model.Cluster;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes clusters that have the same ID, one after the other, by their {@code createdAt}. A
 * response without it is read as the epoch; nothing is known of such a cluster.
 */
public final class ClusterIdentity {

  private ClusterIdentity() {}

  /** Whether a response had a {@code createdAt}. */
  public static boolean isKnown(Cluster cluster) {
    return isKnown(cluster.createdAt());
  }

  private static boolean isKnown(@Nullable Instant createdAt) {
    return createdAt != null && !createdAt.equals(Instant.EPOCH);
  }

  /**
   * Whether a cluster certainly is the one of that {@code createdAt}.
   *
   * @param createdAt null or the epoch when it is not known
   */
  public static boolean isSame(Cluster cluster, @Nullable Instant createdAt) {
    return isKnown(createdAt) && cluster.createdAt().equals(createdAt);
  }

  /** Whether it certainly is another one. */
  public static boolean isOther(Cluster cluster, @Nullable Instant createdAt) {
    return isKnown(createdAt) && isKnown(cluster) && !cluster.createdAt().equals(createdAt);
  }

  /** Whether it certainly is another one that was created later. */
  public static boolean isLater(Cluster cluster, @Nullable Instant createdAt) {
    return createdAt != null
        && isOther(cluster, createdAt)
        && cluster.createdAt().isAfter(createdAt);
  }
}
