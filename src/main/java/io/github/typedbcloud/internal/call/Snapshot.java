package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.api.ClusterIdentity;
import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The clusters as one read showed them.
 *
 * @param clusters those that were read: the one of an ID, or all of the scope
 * @param serverTime the {@code Date} of the response, rounded down to the second; null for none
 * @param sinceSent the time from the first attempt that may have been applied until the read was
 *     sent, by the client's monotonic clock
 * @param untilReceived the same until its response was received
 * @param readAt the time of the read by the client's wall clock, for messages only
 */
record Snapshot(
    List<Cluster> clusters,
    @Nullable Instant serverTime,
    Duration sinceSent,
    Duration untilReceived,
    Instant readAt) {

  /** How far the clocks of the machines behind one service may be apart. */
  static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  Optional<Cluster> find(String id) {
    return clusters.stream().filter(cluster -> cluster.id().equals(id)).findFirst();
  }

  /**
   * The age of a cluster by the service's own clock; null when it is not known: a date is missing,
   * or the cluster is from the future, so that its date and that of the response do not come from
   * clocks that agree.
   */
  private @Nullable Duration age(Cluster cluster) {
    if (serverTime == null || !ClusterIdentity.isKnown(cluster)) {
      return null;
    }
    Duration age = Duration.between(cluster.createdAt(), serverTime);
    return age.plus(CLOCK_TOLERANCE).isNegative() ? null : age;
  }

  boolean isAgeKnown(Cluster cluster) {
    return age(cluster) != null;
  }

  /**
   * Whether the write may have created a cluster. Durations are compared, each measured on one
   * clock, so a constant offset between the service's clock and the client's does not matter.
   *
   * @param tolerance how much older than the write it may look
   */
  boolean isCreatedSinceSent(Cluster cluster, Duration tolerance) {
    Duration age = age(cluster);
    return age != null && age.compareTo(sinceSent.plus(tolerance)) <= 0;
  }

  /** Whether a cluster certainly existed when the write was sent. */
  boolean isOlderThanWrite(Cluster cluster) {
    return isAgeKnown(cluster) && !isCreatedSinceSent(cluster, CLOCK_TOLERANCE);
  }
}
