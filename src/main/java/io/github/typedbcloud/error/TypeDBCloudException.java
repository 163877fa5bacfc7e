package io.github.typedbcloud.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Any failure of the client. Catch it to catch them all. */
public abstract sealed class TypeDBCloudException extends RuntimeException
    permits ApiException,
        InvalidRequestException,
        OutcomeUnknownException,
        TransportException,
        UnreadableResponseException,
        WaitException {

  private static final long serialVersionUID = 1L;

  TypeDBCloudException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * How long the service asked to wait before another call ({@code Retry-After}), where that was
   * longer than the call's deadline allowed; at most 365 days. Empty when it did not ask.
   */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }
}
