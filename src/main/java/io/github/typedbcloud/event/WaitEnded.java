package io.github.typedbcloud.event;

import io.github.typedbcloud.internal.text.CleanText;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A wait for one or more clusters ended.
 *
 * @param scope the project or space
 * @param clusterIds the clusters
 * @param awaitedStatus the awaited status; null for the end of the clusters
 * @param duration of the wait
 * @param failure what the caller gets; null for a success
 */
public record WaitEnded(
    Scope scope,
    List<String> clusterIds,
    @Nullable ClusterStatus awaitedStatus,
    Duration duration,
    @Nullable Throwable failure) {

  /** Validates that required components are non-null. */
  public WaitEnded {
    Objects.requireNonNull(scope, "scope must not be null");
    Objects.requireNonNull(duration, "duration must not be null");
    clusterIds = List.copyOf(clusterIds);
  }

  /** Human-readable form, in one line. */
  @Override
  public String toString() {
    return "wait for %s of %s in %s: %s after %s ms"
        .formatted(
            awaitedStatus == null ? "destruction" : awaitedStatus,
            CleanText.of(clusterIds.toString(), CleanText.MAX_VALUE),
            scope,
            failure == null ? "succeeded" : failure.toString(),
            duration.toMillis());
  }
}
