package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster should get to.
 *
 * @param clusterId which cluster
 * @param target the same for people, with its scope
 * @param status the status to reach; null for a cluster that is gone
 */
public record WaitTarget(String clusterId, String target, @Nullable ClusterStatus status) {

  /** What a poll means for the goal. */
  enum Verdict {
    REACHED,
    PENDING,
    IMPOSSIBLE
  }

  /**
   * What a poll means.
   *
   * @param found empty when the service knows no such cluster
   */
  Verdict judge(Optional<Cluster> found) {
    if (status == null) {
      return found.isEmpty() ? Verdict.REACHED : Verdict.PENDING;
    }
    if (found.isEmpty()) {
      return Verdict.IMPOSSIBLE;
    }
    ClusterStatus now = found.get().status();
    if (now.equals(status)) {
      return Verdict.REACHED;
    }
    return now.equals(ClusterStatus.DESTROYING) || now.equals(restElsewhere())
        ? Verdict.IMPOSSIBLE
        : Verdict.PENDING;
  }

  /** Where a cluster stays until somebody asks for something else. */
  private @Nullable ClusterStatus restElsewhere() {
    if (ClusterStatus.RUNNING.equals(status)) {
      return ClusterStatus.SUSPENDED;
    }
    return ClusterStatus.SUSPENDED.equals(status) ? ClusterStatus.RUNNING : null;
  }

  /** Why the goal is out of reach, and what would help, for people. */
  String obstacle(Optional<Cluster> found) {
    if (found.isEmpty()) {
      return "there is no such cluster; check the ID, or deploy it";
    }
    ClusterStatus now = found.get().status();
    if (now.equals(ClusterStatus.SUSPENDED)) {
      return "it rests in suspended; call resume first";
    }
    if (now.equals(ClusterStatus.RUNNING)) {
      return "it rests in running; call suspend first";
    }
    return "it is being destroyed; deploy another when it is gone";
  }

  /** For people: {@code cluster 'a' in project my-org/default to be running}. */
  @Override
  public String toString() {
    return target + (status == null ? " to be gone" : " to be " + status);
  }
}
