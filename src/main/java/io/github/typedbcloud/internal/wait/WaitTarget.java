package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.internal.api.ClusterIdentity;
import io.github.typedbcloud.internal.validation.Spelling;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a wait waits for.
 *
 * @param clusterId the cluster
 * @param description the cluster with its scope, for messages
 * @param status the awaited status; null for the end of the cluster
 * @param ownWrite the last write of the client to this cluster; null for none
 */
public record WaitTarget(
    String clusterId,
    String description,
    @Nullable ClusterStatus status,
    @Nullable RecentWrite ownWrite) {

  /** No status of the API, although it reads like one. */
  private static final String DESTROYED = "destroyed";

  /** What a poll shows of the target. */
  enum State {
    REACHED,
    PENDING,
    UNREACHABLE,
    /** The cluster has a status that means failure. */
    FAILED
  }

  /**
   * Evaluates a poll.
   *
   * @param found empty when the cluster does not exist
   * @param before the cluster as an earlier poll of this wait showed it first; null for none
   * @param failureStatuses those that mean failure
   * @param now by the client's monotonic clock
   */
  State evaluate(
      Optional<Cluster> found,
      @Nullable Cluster before,
      Set<ClusterStatus> failureStatuses,
      Duration now) {
    if (status == null) {
      return evaluateEnd(found, before, now);
    }
    boolean isOther = found.isPresent() && isReplaced(found.get());
    boolean mayLag = ownWrite != null && now.compareTo(ownWrite.stateVisibleBy()) < 0;
    if (found.isPresent() && found.get().status().equals(status) && !isOther) {
      boolean mayBeOlder = mayLag && ownWrite != null && status.equals(ownWrite.before());
      return mayBeOlder ? State.PENDING : State.REACHED;
    }
    // Expected for a while after an own write: the state before it, and absence.
    if (mayLag && !isDecisive(found, isOther, failureStatuses)) {
      return State.PENDING;
    }
    if (found.isEmpty() || isOther) {
      return State.UNREACHABLE;
    }
    ClusterStatus current = found.get().status();
    if (failureStatuses.contains(current)) {
      return State.FAILED;
    }
    return current.equals(ClusterStatus.DESTROYING) || current.equals(blockingStatus())
        ? State.UNREACHABLE
        : State.PENDING;
  }

  /** Whether the state can only be one after the own write. */
  private boolean isDecisive(
      Optional<Cluster> found, boolean isOther, Set<ClusterStatus> failureStatuses) {
    if (found.isEmpty() || isOther || ownWrite == null) {
      return false;
    }
    ClusterStatus current = found.get().status();
    // Of a new cluster there is no state before; and what is destroyed stays so.
    boolean isNew =
        ownWrite.creationVisibleBy().compareTo(ownWrite.stateVisibleBy()) >= 0
            && ClusterIdentity.isSame(found.get(), ownWrite.createdAt());
    return isNew
        ? failureStatuses.contains(current) || current.equals(ClusterStatus.DESTROYING)
        : ownWrite.creationVisibleBy().isZero() && current.equals(ClusterStatus.DESTROYING);
  }

  private State evaluateEnd(Optional<Cluster> found, @Nullable Cluster before, Duration now) {
    if (found.isEmpty()) {
      // A cluster that was just deployed and was never seen may not be visible yet.
      return before == null && ownWrite != null && now.compareTo(ownWrite.creationVisibleBy()) < 0
          ? State.PENDING
          : State.REACHED;
    }
    // The ID was deployed again: the awaited cluster is gone.
    Instant own = ownWrite == null ? null : ownWrite.createdAt();
    return ClusterIdentity.isLater(found.get(), own)
            || (before != null && ClusterIdentity.isLater(found.get(), before.createdAt()))
        ? State.REACHED
        : State.PENDING;
  }

  /**
   * Whether absence must be confirmed by a second read, because something shows that it existed.
   */
  boolean mustConfirmAbsence(@Nullable Cluster before) {
    return before != null || ownWrite != null;
  }

  private boolean isReplaced(Cluster cluster) {
    return ownWrite != null && ClusterIdentity.isOther(cluster, ownWrite.createdAt());
  }

  /** The status that a cluster keeps until an operation changes it. */
  private @Nullable ClusterStatus blockingStatus() {
    if (ClusterStatus.RUNNING.equals(status)) {
      return ClusterStatus.SUSPENDED;
    }
    return ClusterStatus.SUSPENDED.equals(status) ? ClusterStatus.RUNNING : null;
  }

  /** Why the target is unreachable, and what to do, for messages. */
  String unreachableReason(Optional<Cluster> found) {
    if (found.isEmpty()) {
      return "there is no such cluster; check the ID, or deploy it";
    }
    if (isReplaced(found.get())) {
      return "another cluster has the ID, created at "
          + found.get().createdAt()
          + "; the one that this client wrote to does not exist any more";
    }
    ClusterStatus current = found.get().status();
    if (current.equals(ClusterStatus.SUSPENDED)) {
      return "the cluster is suspended; call resume first";
    }
    if (current.equals(ClusterStatus.RUNNING)) {
      return "the cluster is running; call suspend first";
    }
    return "the cluster is being destroyed; deploy another one afterwards";
  }

  /** A sentence about a status that is neither documented nor was seen in the wait; else empty. */
  String spellingAdvice(StatusHistory history) {
    if (status == null
        || ClusterStatus.documented().contains(status)
        || history.changes().stream().anyMatch(change -> change.status().equals(status))) {
      return "";
    }
    String suggestion = suggestion();
    return "The API documents no status '"
        + status
        + "'"
        + (suggestion == null ? ". " : "; " + suggestion + " ");
  }

  /** What was probably meant by a status that is not documented, up to the full stop; else null. */
  @Nullable String suggestion() {
    if (status == null || ClusterStatus.documented().contains(status)) {
      return null;
    }
    if (status.value().equalsIgnoreCase(DESTROYED)) {
      return "a destroyed cluster has no status: call awaitDestroyed.";
    }
    String nearest =
        Spelling.nearest(
            status.value(), ClusterStatus.documented().stream().map(ClusterStatus::value).toList());
    return nearest == null ? null : "did you mean '" + nearest + "'?";
  }

  /** Human-readable form: {@code cluster 'a' in project my-org/default to be running}. */
  @Override
  public String toString() {
    return description + (status == null ? " to be destroyed" : " to be " + status);
  }
}
