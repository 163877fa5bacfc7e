package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.api.ClusterIdentity;
import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the reads that verify one write have shown so far: the evidence that a {@link
 * WriteVerification} uses. Not thread-safe.
 */
final class ReadHistory {

  /**
   * The longest time between a write and the next read within which nobody can have undone the
   * write without a trace. Suspending and resuming a cluster takes the service longer.
   */
  static final Duration MAX_GAP_AFTER_WRITE = Duration.ofSeconds(1);

  /** The same between two reads, of which the first already showed the write not applied. */
  static final Duration MAX_GAP_BETWEEN_READS = Duration.ofMillis(2500);

  private final @Nullable Instant knownCreatedAt;
  private final boolean isCurrent;
  private final List<Snapshot> reads = new ArrayList<>();
  private boolean gapless = true;
  private boolean successReported;

  /**
   * A history without reads.
   *
   * @param knownCreatedAt of the cluster, from an earlier write; null when it is not known
   * @param isCurrent whether that write was so short a time ago that it had the ID until this one
   */
  ReadHistory(@Nullable Instant knownCreatedAt, boolean isCurrent) {
    this.knownCreatedAt = knownCreatedAt;
    this.isCurrent = isCurrent;
  }

  /**
   * Adds a read.
   *
   * @param gap the time since the last write or read
   * @param afterWrite whether that was a write
   */
  void add(Snapshot read, Duration gap, boolean afterWrite) {
    gapless &= gap.compareTo(afterWrite ? MAX_GAP_AFTER_WRITE : MAX_GAP_BETWEEN_READS) <= 0;
    reads.add(read);
  }

  /** An attempt got a success that cannot be read. */
  void successReported() {
    successReported = true;
  }

  boolean isSuccessReported() {
    return successReported;
  }

  boolean isEmpty() {
    return reads.isEmpty();
  }

  Snapshot last() {
    return reads.get(reads.size() - 1);
  }

  /** The cluster as last read. */
  Optional<Cluster> find(String id) {
    return last().find(id);
  }

  /** The cluster as first read by this call. */
  Optional<Cluster> first(String id) {
    return reads.stream().flatMap(read -> read.find(id).stream()).findFirst();
  }

  /** Whether a read showed that there was no such cluster. */
  boolean wasAbsent(String id) {
    return reads.stream().anyMatch(read -> read.find(id).isEmpty());
  }

  /**
   * The earliest time, by the service's clock, at which the write can have been sent; null when the
   * reads do not show it. The {@code Date} of a response has a resolution of a second, so it takes
   * two reads between which a second began.
   */
  @Nullable Instant earliestStartOfWrite() {
    for (int i = 1; i < reads.size(); i++) {
      Instant before = reads.get(i - 1).serverTime();
      Instant after = reads.get(i).serverTime();
      if (before != null && after != null && after.isAfter(before)) {
        return after.minus(reads.get(i).untilReceived());
      }
    }
    return null;
  }

  /**
   * Whether the write had no effect so far, and nobody can have undone it: every read showed the
   * same value, and there was no time between them for a change and its opposite.
   */
  boolean isUnchanged(String id, Function<Cluster, Object> value) {
    return gapless
        && reads.stream().map(read -> read.find(id).map(value).orElse(null)).distinct().count()
            == 1;
  }

  /** The {@code createdAt} of the cluster that was known before, or read first; else the epoch. */
  Instant identity(String id) {
    return knownCreatedAt != null && isCurrent
        ? knownCreatedAt
        : first(id).map(Cluster::createdAt).orElse(Instant.EPOCH);
  }

  /** Whether a cluster is the one that was known before the write. */
  boolean isKnown(Cluster cluster) {
    return ClusterIdentity.isSame(cluster, knownCreatedAt);
  }

  /**
   * Whether a later cluster has the ID now than the one that was known before the write, or that
   * was read first. An earlier one is that of a read that lags.
   */
  boolean isReplaced(Cluster now) {
    return (isCurrent && ClusterIdentity.isLater(now, knownCreatedAt))
        || first(now.id())
            .filter(before -> ClusterIdentity.isLater(now, before.createdAt()))
            .isPresent();
  }
}
