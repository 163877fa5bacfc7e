package io.github.typedbcloud.event;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request was sent, and a response was received or not. A request that could not be sent because
 * there was no token is not an attempt.
 *
 * @param call the call
 * @param operation the operation of the request: the call's own, or {@code get} or {@code list}
 *     when it precedes, verifies or completes it
 * @param method the HTTP method
 * @param pathTemplate the path below the base URL with names in place of the scope and the cluster,
 *     such as {@code /api/v1/team/{team}/spaces/{space}/clusters/{id}}
 * @param attempt the number of the request in the call, from 1
 * @param status the HTTP status of the response; 0 without a response
 * @param duration from before the request was sent until the response was read
 * @param failure why there is no response; null with a response
 */
public record AttemptEnded(
    CallInfo call,
    String operation,
    String method,
    String pathTemplate,
    int attempt,
    int status,
    Duration duration,
    @Nullable Exception failure) {

  /** Validates that required components are non-null. */
  public AttemptEnded {
    Objects.requireNonNull(call, "call must not be null");
    Objects.requireNonNull(operation, "operation must not be null");
    Objects.requireNonNull(method, "method must not be null");
    Objects.requireNonNull(pathTemplate, "pathTemplate must not be null");
    Objects.requireNonNull(duration, "duration must not be null");
  }
}
