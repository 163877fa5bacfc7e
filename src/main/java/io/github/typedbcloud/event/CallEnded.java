package io.github.typedbcloud.event;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call ended.
 *
 * @param call the call
 * @param attempts the number of requests sent, including reads that precede or verify a write
 * @param status the HTTP status of the call's own last request, or, when that was not sent, of the
 *     read before it; 0 without a response. A write that got none can succeed, because it was
 *     verified
 * @param duration of the whole call: token exchange, attempts, pauses
 * @param failure what the caller gets; null for a success
 */
public record CallEnded(
    CallInfo call, int attempts, int status, Duration duration, @Nullable Throwable failure) {

  /** Validates that required components are non-null. */
  public CallEnded {
    Objects.requireNonNull(call, "call must not be null");
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
