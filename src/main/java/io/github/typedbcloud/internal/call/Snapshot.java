package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The clusters as they were read to verify a write.
 *
 * @param clusters those that were read: the one of an ID, or all of the scope
 * @param serverTime the service's clock at that time, rounded down to the second
 * @param sinceStart the time from the start of the call until the read, by the client's monotonic
 *     clock
 */
public record Snapshot(List<Cluster> clusters, Instant serverTime, Duration sinceStart) {

  /**
   * How far the clocks of the machines behind one service may be apart. An identical cluster that
   * somebody else created within this time before the call is taken for the call's own.
   */
  static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  /** The resolution of a {@code Date} header. */
  private static final Duration DATE_RESOLUTION = Duration.ofSeconds(1);

  Optional<Cluster> find(String id) {
    return clusters.stream().filter(cluster -> cluster.id().equals(id)).findFirst();
  }

  /**
   * Whether the call may have created a cluster. Durations are compared, each measured on one
   * clock, so a constant offset between the service's clock and the client's does not matter.
   */
  boolean mayBeCreatedSinceCall(Cluster cluster) {
    return hasNoDate(cluster) || age(cluster).compareTo(sinceStart.plus(CLOCK_TOLERANCE)) <= 0;
  }

  /** Whether a cluster was certainly created after the call started. */
  boolean isCreatedSinceCall(Cluster cluster) {
    Duration maxAge = age(cluster).plus(DATE_RESOLUTION).plus(CLOCK_TOLERANCE);
    return !hasNoDate(cluster) && maxAge.compareTo(sinceStart) < 0;
  }

  private Duration age(Cluster cluster) {
    return Duration.between(cluster.createdAt(), serverTime);
  }

  private static boolean hasNoDate(Cluster cluster) {
    return cluster.createdAt().equals(Instant.EPOCH);
  }
}
