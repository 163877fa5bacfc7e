package io.github.typedbcloud.event;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call is over.
 *
 * @param call the call
 * @param attempts how many requests it sent, those that read what became of a write included
 * @param status the HTTP status of the last answer; 0 when there was none
 * @param duration of all of it: token exchange, attempts, pauses
 * @param failure what the caller gets to see; null when the call succeeded
 */
public record CallEnded(
    CallInfo call, int attempts, int status, Duration duration, @Nullable Throwable failure) {

  /** Refuses null where it has no meaning. */
  public CallEnded {
    Objects.requireNonNull(call, "call must not be null");
    Objects.requireNonNull(duration, "duration must not be null");
  }

  /**
   * {@code success}, or the simple name of the exception: of few values, for the tag of a metric.
   */
  public String outcome() {
    return failure == null ? "success" : failure.getClass().getSimpleName();
  }
}
