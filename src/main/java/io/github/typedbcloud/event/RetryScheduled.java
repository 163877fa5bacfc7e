package io.github.typedbcloud.event;

import java.time.Duration;
import java.util.Objects;

/**
 * A request is about to be sent again.
 *
 * @param call the call
 * @param operation what is requested again: the call's own operation, or {@code get} or {@code
 *     list} where the call reads what became of a write
 * @param attempt which request of the call this will be, from 2
 * @param pause how long the call pauses before; zero when it does not
 * @param reason what happened to the one before, a sentence for people
 */
public record RetryScheduled(
    CallInfo call, String operation, int attempt, Duration pause, String reason) {

  /** Refuses null. */
  public RetryScheduled {
    Objects.requireNonNull(call, "call must not be null");
    Objects.requireNonNull(operation, "operation must not be null");
    Objects.requireNonNull(pause, "pause must not be null");
    Objects.requireNonNull(reason, "reason must not be null");
  }
}
