package io.github.typedbcloud.internal.listeners;

import io.github.typedbcloud.event.WaitEnded;
import io.github.typedbcloud.event.WaitPolled;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.WaitProgress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one wait, for one or more clusters. Thread-safe. */
public final class WaitEvents {

  private final ListenerDispatcher listeners;
  private final Scope scope;
  private final List<String> clusterIds;
  private final @Nullable ClusterStatus awaitedStatus;
  private final Duration startedAt;

  WaitEvents(
      ListenerDispatcher listeners,
      Scope scope,
      Collection<String> clusterIds,
      @Nullable ClusterStatus awaitedStatus) {
    this.listeners = listeners;
    this.scope = scope;
    this.clusterIds = List.copyOf(clusterIds);
    this.awaitedStatus = awaitedStatus;
    this.startedAt = listeners.elapsed();
  }

  /** A poll read a cluster. */
  public void polled(WaitProgress progress) {
    WaitPolled event = new WaitPolled(scope, awaitedStatus, progress);
    listeners.waitPolled(event);
  }

  /**
   * The wait ended.
   *
   * @param failure what the caller gets; null for a success
   */
  public void ended(@Nullable Throwable failure) {
    WaitEnded event =
        new WaitEnded(
            scope, clusterIds, awaitedStatus, listeners.elapsed().minus(startedAt), failure);
    listeners.waitEnded(event);
  }
}
