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

/** One wait, for one or more clusters, as it is looked on at. */
public final class WaitEvents {

  private final ListenerDispatcher observers;
  private final Scope scope;
  private final List<String> clusterIds;
  private final @Nullable ClusterStatus goal;
  private final Duration begun;

  WaitEvents(
      ListenerDispatcher observers,
      Scope scope,
      Collection<String> clusterIds,
      @Nullable ClusterStatus goal) {
    this.observers = observers;
    this.scope = scope;
    this.clusterIds = List.copyOf(clusterIds);
    this.goal = goal;
    this.begun = observers.elapsed();
  }

  /** It has looked at a cluster. */
  public void polled(WaitProgress progress) {
    WaitPolled event = new WaitPolled(scope, goal, progress);
    observers.waitPolled(event);
  }

  /**
   * It is over.
   *
   * @param failure null when every cluster got there
   */
  public void ended(@Nullable Throwable failure) {
    WaitEnded event =
        new WaitEnded(scope, clusterIds, goal, observers.elapsed().minus(begun), failure);
    observers.waitEnded(event);
  }
}
