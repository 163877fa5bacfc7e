package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a wait waits for.
 *
 * @param clusterId the cluster
 * @param description the cluster with its scope, for messages
 * @param status the awaited status; null for the end of the cluster
 */
public record WaitTarget(String clusterId, String description, @Nullable ClusterStatus status) {

  /** What a poll shows of the target. */
  enum State {
    REACHED,
    PENDING,
    UNREACHABLE
  }

  /**
   * Evaluates a poll.
   *
   * @param found empty when the cluster does not exist
   */
  State evaluate(Optional<Cluster> found) {
    if (status == null) {
      return found.isEmpty() ? State.REACHED : State.PENDING;
    }
    if (found.isEmpty()) {
      return State.UNREACHABLE;
    }
    ClusterStatus current = found.get().status();
    if (current.equals(status)) {
      return State.REACHED;
    }
    return current.equals(ClusterStatus.DESTROYING) || current.equals(blockingStatus())
        ? State.UNREACHABLE
        : State.PENDING;
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
    ClusterStatus current = found.get().status();
    if (current.equals(ClusterStatus.SUSPENDED)) {
      return "the cluster is suspended; call resume first";
    }
    if (current.equals(ClusterStatus.RUNNING)) {
      return "the cluster is running; call suspend first";
    }
    return "the cluster is being destroyed; deploy another one afterwards";
  }

  /** Human-readable form: {@code cluster 'a' in project my-org/default to be running}. */
  @Override
  public String toString() {
    return description + (status == null ? " to be destroyed" : " to be " + status);
  }
}
