package io.github.typedbcloud.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * HTTP 5xx, from the service or from a proxy, to a read or to the token exchange of a call; also a
 * status code outside 100 to 599, which RFC 9110 (section 15) says to treat as one of these.
 *
 * <p>A read that fails so changed nothing, and a call whose token exchange fails so was not sent.
 * No 5xx proves that a write was not applied: a write is verified instead, and this exception is
 * then the cause of an {@link OutcomeUnknownException}.
 */
public final class ServerErrorException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * An error response that may say when to retry.
   *
   * @param call the request that failed
   * @param status the HTTP status code
   * @param code the error body's {@code code}; empty when there was none
   * @param serviceMessage the error body's {@code message}; empty when there was none
   * @param message the human-readable message
   * @param retryAfter how long to wait before the next call; null when the response does not say
   */
  public ServerErrorException(
      FailedCall call,
      int status,
      String code,
      String serviceMessage,
      String message,
      @Nullable Duration retryAfter) {
    super(call, status, code, serviceMessage, message, retryAfter);
  }
}
