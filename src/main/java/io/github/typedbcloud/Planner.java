package io.github.typedbcloud;

import io.github.typedbcloud.ClusterPlan.Step;
import io.github.typedbcloud.internal.settle.ClusterDiff;
import io.github.typedbcloud.internal.settle.ClusterDiff.Difference;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.validation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what has a cluster exist and run as asked. */
final class Planner {

  private static final List<Step> FROM_NOTHING = List.of(Step.DEPLOY, Step.AWAIT_RUNNING);

  private final boolean updates;

  /**
   * A planner.
   *
   * @param updates whether clusters can be updated in this scope
   */
  Planner(boolean updates) {
    this.updates = updates;
  }

  ClusterPlan plan(DeployClusterRequest request, Optional<Cluster> found) {
    if (found.isEmpty()) {
      return new ClusterPlan(request, null, FROM_NOTHING, null, List.of());
    }
    Cluster cluster = found.get();
    List<Step> steps = new ArrayList<>(towardsRunning(cluster.status()));
    if (steps.contains(Step.DEPLOY)) {
      return new ClusterPlan(request, cluster, steps, null, List.of());
    }
    UpdateClusterRequest.Builder update = UpdateClusterRequest.builder();
    List<Violation> obstacles = new ArrayList<>();
    boolean changes = false;
    for (Difference difference : ClusterDiff.differences(cluster, request)) {
      if (updates && change(update, difference.field(), request)) {
        changes = true;
      } else {
        obstacles.add(obstacle(difference));
      }
    }
    if (changes) {
      steps.add(Step.UPDATE);
      steps.add(Step.AWAIT_RUNNING);
    }
    return new ClusterPlan(request, cluster, steps, changes ? update.build() : null, obstacles);
  }

  /** A status that is not known here is waited for, as any that is on its way. */
  private static List<Step> towardsRunning(ClusterStatus status) {
    if (status.equals(ClusterStatus.RUNNING)) {
      return List.of();
    }
    if (status.equals(ClusterStatus.DESTROYING)) {
      return List.of(Step.AWAIT_DESTROYED, Step.DEPLOY, Step.AWAIT_RUNNING);
    }
    if (status.equals(ClusterStatus.SUSPENDING)) {
      return List.of(Step.AWAIT_SUSPENDED, Step.RESUME, Step.AWAIT_RUNNING);
    }
    return status.equals(ClusterStatus.SUSPENDED)
        ? List.of(Step.RESUME, Step.AWAIT_RUNNING)
        : List.of(Step.AWAIT_RUNNING);
  }

  private static boolean change(
      UpdateClusterRequest.Builder update, String field, DeployClusterRequest request) {
    switch (field) {
      case "storageSizeGB" -> update.storageSizeGB(request.storageSizeGB());
      case "machineType" -> update.machineType(request.machineType());
      case "version" -> update.version(request.version());
      default -> {
        return false;
      }
    }
    return true;
  }

  private Violation obstacle(Difference difference) {
    return new Violation(
        difference.field(),
        difference.asked(),
        "is not what the cluster has, "
            + difference.has()
            + ", and cannot be changed"
            + (updates ? "" : " in a project")
            + "; ask for what it has, or destroy it first",
        List.of(),
        null);
  }
}
