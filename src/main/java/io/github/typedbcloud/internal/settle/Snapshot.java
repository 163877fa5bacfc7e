package io.github.typedbcloud.internal.settle;

import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The clusters as they were read after a write of unknown outcome.
 *
 * @param clusters those that were read, of one ID or of the whole scope
 * @param serviceTime the service's clock then, to the second below
 * @param sinceBegun how long before the answer was read the first attempt of the write began, by
 *     the client's monotonic clock
 */
public record Snapshot(List<Cluster> clusters, Instant serviceTime, Duration sinceBegun) {

  /**
   * How far the clocks of the machines behind one service may be apart. Somebody else who makes the
   * very same cluster within this time before us is taken for us.
   */
  static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** The service's clock as {@link #serviceTime} tells it lacks up to this much. */
  private static final Duration RESOLUTION = Duration.ofSeconds(1);

  Optional<Cluster> find(String id) {
    return clusters.stream().filter(cluster -> cluster.id().equals(id)).findFirst();
  }

  /**
   * Whether a cluster may have been made by the write. Ages are compared, both ends of each on one
   * clock, so that it does not matter how far the service's clock and ours are apart.
   */
  boolean mayBeCreatedSince(Cluster cluster) {
    return isUndated(cluster) || age(cluster).compareTo(sinceBegun.plus(TOLERANCE)) <= 0;
  }

  /** Whether a cluster was made after the write began, beyond doubt. */
  boolean isCreatedSince(Cluster cluster) {
    return !isUndated(cluster)
        && age(cluster).plus(RESOLUTION).plus(TOLERANCE).compareTo(sinceBegun) < 0;
  }

  private Duration age(Cluster cluster) {
    return Duration.between(cluster.createdAt(), serviceTime);
  }

  private static boolean isUndated(Cluster cluster) {
    return cluster.createdAt().equals(Instant.EPOCH);
  }
}
