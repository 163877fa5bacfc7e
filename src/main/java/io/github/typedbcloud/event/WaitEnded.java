package io.github.typedbcloud.event;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A wait ended.
 *
 * @param waitInfo the wait
 * @param duration of the wait
 * @param failure what the caller gets; null for a success
 */
public record WaitEnded(WaitInfo waitInfo, Duration duration, @Nullable Throwable failure) {

  /** Validates that required components are non-null. */
  public WaitEnded {
    Objects.requireNonNull(waitInfo, "waitInfo must not be null");
    Objects.requireNonNull(duration, "duration must not be null");
  }

  /**
   * {@code success}, or the simple name of the exception. Has few values, so it suits the tag of a
   * metric.
   */
  public String outcome() {
    return failure == null ? "success" : failure.getClass().getSimpleName();
  }
}
