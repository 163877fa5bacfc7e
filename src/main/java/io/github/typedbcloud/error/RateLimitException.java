package io.github.typedbcloud.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * HTTP 429, from the service or from a proxy, to a call or to its token exchange: too many
 * requests. The request was not processed, and the retries of the call were used up or {@link
 * #retryAfter()} was longer than its deadline allowed. Safe to call again after that time.
 */
public final class RateLimitException extends ApiException {

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
  public RateLimitException(
      FailedCall call,
      int status,
      String code,
      String serviceMessage,
      String message,
      @Nullable Duration retryAfter) {
    super(call, status, code, serviceMessage, message, retryAfter);
  }
}
