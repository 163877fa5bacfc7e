package io.github.typedbcloud.internal.listeners;

import io.github.typedbcloud.event.WaitEnded;
import io.github.typedbcloud.event.WaitInfo;
import io.github.typedbcloud.event.WaitPolled;
import io.github.typedbcloud.model.WaitProgress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The events of one wait, for one or more clusters. Thread-safe. */
public final class WaitEvents {

  private final ListenerDispatcher listeners;
  private final WaitInfo info;
  private final Duration startedAt;

  WaitEvents(ListenerDispatcher listeners, WaitInfo info) {
    this.listeners = listeners;
    this.info = info;
    this.startedAt = listeners.elapsed();
  }

  /** The wait, for the calls that poll for it. */
  public WaitInfo info() {
    return info;
  }

  /** A poll read a cluster. */
  public void polled(WaitProgress progress) {
    listeners.waitPolled(new WaitPolled(info, progress));
  }

  /**
   * The wait ended.
   *
   * @param failure what the caller gets; null for a success
   */
  public void ended(@Nullable Throwable failure) {
    listeners.waitEnded(new WaitEnded(info, listeners.elapsed().minus(startedAt), failure));
  }
}
