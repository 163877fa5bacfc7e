package io.github.typedbcloud.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service responded with an error status, or with a status that the operation does not
 * document. 401, 403, 404, 409, 429 and 5xx have subtypes; all other statuses have this type.
 *
 * <p>A 403, 404 or 409 whose body is not an error of the service comes from a proxy, says nothing
 * of a cluster, and has this type too. A 429 or 5xx has its subtype whoever sent it. Of the
 * statuses of a token exchange, 400, 401 and 403 are an {@link UnauthorizedException}, 429 and 5xx
 * have their subtypes, and all others have this type.
 */
public sealed class ApiException extends TypeDBCloudException
    permits ConflictException,
        ForbiddenException,
        NotFoundException,
        RateLimitException,
        ServerErrorException,
        UnauthorizedException {

  private static final long serialVersionUID = 1L;

  private final FailedCall call;
  private final int status;
  private final String code;
  private final String serviceMessage;
  private final @Nullable Duration retryAfter;

  /**
   * An error response of the service.
   *
   * @param call the request that failed
   * @param status the HTTP status code
   * @param code the error body's {@code code}; empty when there was none
   * @param serviceMessage the error body's {@code message}; empty when there was none
   * @param message the human-readable message
   */
  public ApiException(
      FailedCall call, int status, String code, String serviceMessage, String message) {
    this(call, status, code, serviceMessage, message, null);
  }

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
  public ApiException(
      FailedCall call,
      int status,
      String code,
      String serviceMessage,
      String message,
      @Nullable Duration retryAfter) {
    super(message, null);
    this.call = call;
    this.status = status;
    this.code = code;
    this.serviceMessage = serviceMessage;
    this.retryAfter = retryAfter;
  }

  /** The request that failed. */
  public FailedCall call() {
    return call;
  }

  /** The HTTP status code. */
  public int status() {
    return status;
  }

  /**
   * The service's code for the error; empty when the response had none. On one line, at most 100
   * characters; what is longer ends in an ellipsis. Secrets of the client are masked. That of a
   * token exchange is empty unless it consists of letters of one case and underscores.
   */
  public String code() {
    return code;
  }

  /**
   * The service's message; empty when the response had none. On one line, at most 1,000 characters;
   * what is longer ends in an ellipsis. Secrets of the client are masked. Empty for a token
   * exchange, whose response may hold a token that the client does not know.
   */
  public String serviceMessage() {
    return serviceMessage;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
