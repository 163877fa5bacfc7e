package io.github.typedbcloud.event;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token exchange ended, with success or not.
 *
 * @param path the path of the exchange, which differs between projects and spaces
 * @param renewal whether the previous token was still valid when the exchange started
 * @param duration of the exchange
 * @param failure what happened, a human-readable sentence; null for a success
 */
public record TokenExchanged(
    String path, boolean renewal, Duration duration, @Nullable String failure) {

  /** Validates that required components are non-null. */
  public TokenExchanged {
    Objects.requireNonNull(path, "path must not be null");
    Objects.requireNonNull(duration, "duration must not be null");
  }
}
