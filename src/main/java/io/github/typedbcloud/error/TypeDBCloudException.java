package io.github.typedbcloud.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The supertype of all exceptions of the client. */
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
   * How long to wait before another call, from the response's {@code Retry-After}, if that was
   * longer than the call's deadline allowed; at most 365 days. Empty if there was none.
   */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }
}
