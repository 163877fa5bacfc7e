package io.github.typedbcloud.event;

import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A wait for one or more clusters is over.
 *
 * @param scope where the clusters are
 * @param clusterIds the clusters
 * @param goal the status that was awaited; null when it was that the clusters are gone
 * @param duration how long it lasted
 * @param failure what the caller gets to see; null when every cluster got there
 */
public record WaitEnded(
    Scope scope,
    List<String> clusterIds,
    @Nullable ClusterStatus goal,
    Duration duration,
    @Nullable Throwable failure) {

  /** Refuses null where it has no meaning. */
  public WaitEnded {
    Objects.requireNonNull(scope, "scope must not be null");
    Objects.requireNonNull(duration, "duration must not be null");
    clusterIds = List.copyOf(clusterIds);
  }
}
