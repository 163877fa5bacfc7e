package io.github.typedbcloud.event;

import io.github.typedbcloud.internal.text.CleanText;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a wait for one or more clusters. Equal in all events of one wait, and different for
 * every wait of the process.
 *
 * @param number the number of the wait in the process, from 1
 * @param scope the project or space
 * @param clusterIds the clusters. Has unbounded values, so it suits logs and traces, not the tags
 *     of a metric
 * @param awaitedStatus the awaited status; null for the end of the clusters
 */
public record WaitInfo(
    long number, Scope scope, List<String> clusterIds, @Nullable ClusterStatus awaitedStatus) {

  /** Validates that required components are non-null. */
  public WaitInfo {
    Objects.requireNonNull(scope, "scope must not be null");
    clusterIds = List.copyOf(clusterIds);
  }

  /** {@code destroyed}, or the awaited status. Has few values, so it suits the tag of a metric. */
  public String goal() {
    return awaitedStatus == null ? "destroyed" : awaitedStatus.value();
  }

  /** Human-readable form: {@code wait for running of [a] in space my-team/default}. */
  @Override
  public String toString() {
    return "wait for "
        + CleanText.of(goal(), CleanText.MAX_VALUE)
        + " of "
        + CleanText.of(clusterIds.toString(), CleanText.MAX_VALUE)
        + " in "
        + scope;
  }
}
