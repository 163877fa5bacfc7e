package io.github.typedbcloud.event;

import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.WaitProgress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A wait has looked at a cluster. Waits share the requests for it, so these are more than calls.
 *
 * @param scope where the cluster is
 * @param goal the status that is awaited; null when it is that the cluster is gone
 * @param progress what it saw, and how long it has waited
 */
public record WaitPolled(Scope scope, @Nullable ClusterStatus goal, WaitProgress progress) {

  /** Refuses null where it has no meaning. */
  public WaitPolled {
    Objects.requireNonNull(scope, "scope must not be null");
    Objects.requireNonNull(progress, "progress must not be null");
  }
}
