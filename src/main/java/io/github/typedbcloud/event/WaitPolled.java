package io.github.typedbcloud.event;

import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.WaitProgress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A wait polled a cluster. Waits share polls, so there are more of these events than calls.
 *
 * @param scope the project or space
 * @param awaitedStatus the awaited status; null for the end of the cluster
 * @param progress the cluster as the poll showed it, and the time waited
 */
public record WaitPolled(
    Scope scope, @Nullable ClusterStatus awaitedStatus, WaitProgress progress) {

  /** Validates that required components are non-null. */
  public WaitPolled {
    Objects.requireNonNull(scope, "scope must not be null");
    Objects.requireNonNull(progress, "progress must not be null");
  }
}
