package io.github.typedbcloud;

import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.validation.Violation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ClustersApi#ensure} would do to have a cluster exist and run as asked.
 *
 * @param request what is asked for
 * @param current the cluster as it is; null when there is none
 * @param steps what would be done, in this order; empty when nothing needs to be
 * @param update what the step {@link Step#UPDATE} would change; null without that step
 * @param obstacles what cannot be had of the cluster that there is: with any of them {@code ensure}
 *     does nothing
 */
public record ClusterPlan(
    DeployClusterRequest request,
    @Nullable Cluster current,
    List<Step> steps,
    @Nullable UpdateClusterRequest update,
    List<Violation> obstacles) {

  /** One step of a plan. */
  public enum Step {
    /** Wait until the cluster that is being destroyed is gone. */
    AWAIT_DESTROYED("wait until the one that is being destroyed is gone"),
    /** Deploy the cluster. */
    DEPLOY("deploy"),
    /** Wait until the cluster, which is being suspended, is. */
    AWAIT_SUSPENDED("wait until it is suspended"),
    /** Resume the cluster. */
    RESUME("resume"),
    /** Update the cluster. */
    UPDATE("update"),
    /** Wait until the cluster is running. */
    AWAIT_RUNNING("wait until it is running");

    private final String title;

    Step(String title) {
      this.title = title;
    }
  }

  /** Refuses null where it has no meaning and copies the lists. */
  public ClusterPlan {
    Objects.requireNonNull(request, "request must not be null");
    steps = List.copyOf(steps);
    obstacles = List.copyOf(obstacles);
  }

  /** Whether the cluster exists and runs as asked, so that nothing needs to be done. */
  public boolean isFulfilled() {
    return steps.isEmpty() && obstacles.isEmpty();
  }

  /** Whether it would deploy a cluster. */
  boolean deploys() {
    return steps.contains(Step.DEPLOY);
  }

  /**
   * Refuses to go on with obstacles.
   *
   * @throws InvalidRequestException naming them
   */
  ClusterPlan requirePossible() {
    if (!obstacles.isEmpty()) {
      throw new InvalidRequestException("ensure of cluster '" + request.id() + "'", obstacles);
    }
    return this;
  }

  /** Does all steps. */
  Cluster carryOut(ClustersApi clusters, WaitOptions options) {
    Cluster cluster = requirePossible().current;
    String id = request.id();
    for (Step step : steps) {
      switch (step) {
        case AWAIT_DESTROYED -> clusters.awaitDestroyed(id, options);
        case DEPLOY -> cluster = clusters.deploy(request);
        case AWAIT_SUSPENDED -> cluster = clusters.await(id, ClusterStatus.SUSPENDED, options);
        case RESUME -> cluster = clusters.resume(id);
        case UPDATE -> cluster = clusters.update(id, Objects.requireNonNull(update));
        case AWAIT_RUNNING -> cluster = clusters.await(id, ClusterStatus.RUNNING, options);
      }
    }
    return Objects.requireNonNull(cluster);
  }

  /** One line for people, or one more for each obstacle. */
  @Override
  public String toString() {
    return "cluster '"
        + request.id()
        + "': "
        + (obstacles.isEmpty() ? whatIsDone() : "cannot be had as asked, and nothing is done")
        + obstacles.stream()
            .map(obstacle -> "\n  impossible: " + obstacle)
            .collect(Collectors.joining());
  }

  private String whatIsDone() {
    return steps.isEmpty()
        ? "runs as asked"
        : steps.stream()
            .map(
                step ->
                    step == Step.UPDATE && update != null ? "update " + update.toMap() : step.title)
            .collect(Collectors.joining(", then "));
  }
}
