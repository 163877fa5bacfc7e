package io.github.typedbcloud.event;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The credentials were exchanged for an access token, or were not.
 *
 * @param path the path of the exchange, which differs between projects and spaces
 * @param renewal whether an older token still served when it began
 * @param duration how long it took
 * @param failure what happened, a sentence for people; null when there is a new token
 */
public record TokenExchanged(
    String path, boolean renewal, Duration duration, @Nullable String failure) {

  /** Refuses null where it has no meaning. */
  public TokenExchanged {
    Objects.requireNonNull(path, "path must not be null");
    Objects.requireNonNull(duration, "duration must not be null");
  }
}
