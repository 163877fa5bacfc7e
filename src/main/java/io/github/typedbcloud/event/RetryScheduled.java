package io.github.typedbcloud.event;

import java.time.Duration;
import java.util.Objects;

/**
 * A request will be sent again.
 *
 * @param call the call
 * @param operation the operation of the request: the call's own, or {@code get} or {@code list}
 *     when it precedes, verifies or completes it
 * @param attempt the number that the attempt will have among those of the operation in the call,
 *     from 2; 0 for a read that verifies a write of unknown outcome, because these are not counted
 * @param maxAttempts the maximum number of attempts; 0 for a read that verifies a write of unknown
 *     outcome, because these are bounded by the deadline alone
 * @param status the HTTP status of what failed, the request or the token exchange before it; 0
 *     without a response
 * @param pause the pause that follows this event, before the request; zero for none
 * @param reason what happened to the previous request, a human-readable sentence
 */
public record RetryScheduled(
    CallInfo call,
    String operation,
    int attempt,
    int maxAttempts,
    int status,
    Duration pause,
    String reason) {

  /** Validates that all components are non-null. */
  public RetryScheduled {
    Objects.requireNonNull(call, "call must not be null");
    Objects.requireNonNull(operation, "operation must not be null");
    Objects.requireNonNull(pause, "pause must not be null");
    Objects.requireNonNull(reason, "reason must not be null");
  }
}
