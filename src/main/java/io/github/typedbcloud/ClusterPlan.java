package io.github.typedbcloud;

import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.internal.call.ClusterDiff;
import io.github.typedbcloud.internal.call.ClusterDiff.Difference;
import io.github.typedbcloud.internal.text.CleanText;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.validation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ClustersApi#ensure} would do so that a cluster exists and runs as requested.
 *
 * @param request the cluster that should exist
 * @param current the cluster; null when it does not exist
 * @param steps the steps in their order; empty when nothing needs to be done
 * @param update the request of the step {@link Step#UPDATE}; null without that step
 * @param obstacles the differences that no step can change; with any of them {@code ensure} does
 *     nothing
 * @param kept the differences that are left as they are, because {@code ensure} never makes storage
 *     smaller, and never replaces a version by one that is not newer
 */
public record ClusterPlan(
    DeployClusterRequest request,
    @Nullable Cluster current,
    List<Step> steps,
    @Nullable UpdateClusterRequest update,
    List<Violation> obstacles,
    List<Violation> kept) {

  /** One step of a plan. */
  public enum Step {
    /** Wait until the cluster, which is being destroyed, is. */
    AWAIT_DESTROYED("wait until the current one is destroyed"),
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

  private static final List<Step> DEPLOY_FROM_NOTHING = List.of(Step.DEPLOY, Step.AWAIT_RUNNING);

  /** Validates that required components are non-null, and copies the lists. */
  public ClusterPlan {
    Objects.requireNonNull(request, "request must not be null");
    steps = List.copyOf(steps);
    obstacles = List.copyOf(obstacles);
    kept = List.copyOf(kept);
  }

  /**
   * The plan for a cluster as it was found.
   *
   * @param canUpdate whether the scope's version of the API offers updates
   * @param withoutSecrets removes the secrets of the client from a value of the cluster
   */
  static ClusterPlan of(
      DeployClusterRequest request,
      Optional<Cluster> found,
      boolean canUpdate,
      UnaryOperator<String> withoutSecrets) {
    if (found.isEmpty()) {
      return new ClusterPlan(request, null, DEPLOY_FROM_NOTHING, null, List.of(), List.of());
    }
    Cluster cluster = found.get();
    List<Step> steps = new ArrayList<>(stepsUntilRunning(cluster.status()));
    if (steps.contains(Step.DEPLOY)) {
      return new ClusterPlan(request, cluster, steps, null, List.of(), List.of());
    }
    UpdateClusterRequest.Builder update = UpdateClusterRequest.builder();
    List<Violation> obstacles = new ArrayList<>();
    List<Violation> kept = new ArrayList<>();
    boolean changes = false;
    for (Difference difference : ClusterDiff.differences(cluster, request)) {
      String actual =
          CleanText.of(
              withoutSecrets.apply(String.valueOf(difference.actual())), CleanText.MAX_VALUE);
      if (difference.isDowngrade()) {
        kept.add(kept(difference, actual));
      } else if (canUpdate && addChange(update, difference.field(), request)) {
        changes = true;
      } else {
        obstacles.add(obstacle(difference, actual, canUpdate));
      }
    }
    if (changes) {
      steps.add(Step.UPDATE);
      steps.add(Step.AWAIT_RUNNING);
    }
    return new ClusterPlan(
        request, cluster, steps, changes ? update.build() : null, obstacles, kept);
  }

  /** The same for a cluster whose status may be older than a write that ends it. */
  ClusterPlan awaitingRunning() {
    return new ClusterPlan(request, current, List.of(Step.AWAIT_RUNNING), update, obstacles, kept);
  }

  /** An unknown status is awaited, like that of a cluster in transition. */
  private static List<Step> stepsUntilRunning(ClusterStatus status) {
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

  /** Adds a requested value to an update; false for a field that no update can change. */
  private static boolean addChange(
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

  private static Violation obstacle(Difference difference, String actual, boolean canUpdate) {
    return new Violation(
        difference.field(),
        difference.requested(),
        "is not the current value, "
            + actual
            + ", and cannot be changed"
            + (canUpdate ? "" : " in a project")
            + "; request the current value, or destroy the cluster first",
        List.of(),
        null);
  }

  private static Violation kept(Difference difference, String actual) {
    return new Violation(
        difference.field(),
        difference.requested(),
        "is left at the current value, "
            + actual
            + ": ensure does not go back; call update to do so",
        List.of(),
        null);
  }

  /**
   * Whether the cluster exists and runs as requested, but for what is kept, so that nothing needs
   * to be done.
   */
  public boolean isFulfilled() {
    return steps.isEmpty() && obstacles.isEmpty();
  }

  /**
   * Checks that there are no obstacles.
   *
   * @throws InvalidRequestException naming them
   */
  ClusterPlan requirePossible() {
    if (!obstacles.isEmpty()) {
      throw new InvalidRequestException("ensure of cluster '" + request.id() + "'", obstacles);
    }
    return this;
  }

  /**
   * Executes all steps.
   *
   * @param options of a wait that starts now
   */
  Cluster execute(ClustersApi clusters, Supplier<WaitOptions> options) {
    Cluster cluster = requirePossible().current;
    String id = request.id();
    for (Step step : steps) {
      switch (step) {
        case AWAIT_DESTROYED -> clusters.awaitDestroyed(id, options.get());
        case DEPLOY -> cluster = clusters.deploy(request);
        case AWAIT_SUSPENDED ->
            cluster = clusters.await(id, ClusterStatus.SUSPENDED, options.get());
        case RESUME -> cluster = clusters.resume(id);
        case UPDATE -> cluster = clusters.update(id, Objects.requireNonNull(update));
        case AWAIT_RUNNING -> cluster = clusters.await(id, ClusterStatus.RUNNING, options.get());
      }
    }
    return Objects.requireNonNull(cluster);
  }

  /** Human-readable form: one line, and one for each obstacle. */
  @Override
  public String toString() {
    return "cluster '"
        + request.id()
        + "': "
        + (obstacles.isEmpty()
            ? describeSteps()
            : "cannot be changed as requested, so nothing is done")
        + obstacles.stream()
            .map(obstacle -> "\n  impossible: " + obstacle)
            .collect(Collectors.joining())
        + kept.stream().map(left -> "\n  kept: " + left).collect(Collectors.joining());
  }

  private String describeSteps() {
    return steps.isEmpty()
        ? "runs as requested"
        : steps.stream()
            .map(
                step ->
                    step == Step.UPDATE && update != null ? "update " + update.toMap() : step.title)
            .collect(Collectors.joining(", then "));
  }
}
