package io.github.typedbcloud.event;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request was sent, and answered or not. One that could not be sent for want of a token is none.
 *
 * @param call the call that it was sent for
 * @param operation what was requested: the call's own operation, or {@code get} or {@code list}
 *     where the call reads what became of a write
 * @param method the HTTP method
 * @param attempt which request of the call this was, from 1
 * @param status the HTTP status of the answer; 0 when there was none
 * @param duration from before it was sent until the answer was read
 * @param failure why there was no answer; null when there was one
 */
public record AttemptEnded(
    CallInfo call,
    String operation,
    String method,
    int attempt,
    int status,
    Duration duration,
    @Nullable Exception failure) {

  /** Refuses null where it has no meaning. */
  public AttemptEnded {
    Objects.requireNonNull(call, "call must not be null");
    Objects.requireNonNull(operation, "operation must not be null");
    Objects.requireNonNull(method, "method must not be null");
    Objects.requireNonNull(duration, "duration must not be null");
  }
}
