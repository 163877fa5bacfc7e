package io.github.typedbcloud.event;

import io.github.typedbcloud.model.WaitProgress;
import java.util.Objects;

/**
 * A wait polled a cluster. Waits share polls, so there are more of these events than calls.
 *
 * @param waitInfo the wait
 * @param progress the cluster as the poll showed it, and the time waited
 */
public record WaitPolled(WaitInfo waitInfo, WaitProgress progress) {

  /** Validates that all components are non-null. */
  public WaitPolled {
    Objects.requireNonNull(waitInfo, "waitInfo must not be null");
    Objects.requireNonNull(progress, "progress must not be null");
  }
}
