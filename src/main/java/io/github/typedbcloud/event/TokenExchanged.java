package io.github.typedbcloud.event;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token exchange ended, with success or not. Calls share an exchange that is in-flight.
 *
 * @param call the call that started it
 * @param path the path of the exchange, which differs between projects and spaces
 * @param renewal whether the previous token was still valid when the exchange started
 * @param status the HTTP status of the response; 0 without a response
 * @param duration of the exchange
 * @param failure what happened, a human-readable sentence; null for a success
 */
public record TokenExchanged(
    CallInfo call,
    String path,
    boolean renewal,
    int status,
    Duration duration,
    @Nullable String failure) {

  /** Validates that required components are non-null. */
  public TokenExchanged {
    Objects.requireNonNull(call, "call must not be null");
    Objects.requireNonNull(path, "path must not be null");
    Objects.requireNonNull(duration, "duration must not be null");
  }
}
