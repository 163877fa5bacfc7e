package io.github.typedbcloud.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service answered and did not do what was asked, or answered with a status that no operation
 * documents. The documented statuses that users tell apart have subtypes; 400, 500 and whatever a
 * proxy answers stay with this type.
 */
public sealed class ApiException extends TypeDBCloudException
    permits ConflictException, ForbiddenException, NotFoundException, UnauthorizedException {

  private static final long serialVersionUID = 1L;

  private final FailedCall call;
  private final int status;
  private final String code;
  private final String serviceMessage;
  private final @Nullable Duration retryAfter;

  /**
   * A refusal by the service.
   *
   * @param call what was called
   * @param status the HTTP status
   * @param code the error body's {@code code}; empty when there was none
   * @param serviceMessage the error body's {@code message}; empty when there was none
   * @param message the whole sentence for people
   */
  public ApiException(
      FailedCall call, int status, String code, String serviceMessage, String message) {
    this(call, status, code, serviceMessage, message, null);
  }

  /**
   * A refusal by the service that may say when to come back.
   *
   * @param call what was called
   * @param status the HTTP status
   * @param code the error body's {@code code}; empty when there was none
   * @param serviceMessage the error body's {@code message}; empty when there was none
   * @param message the whole sentence for people
   * @param retryAfter how long to wait before the next call; null when the answer does not say
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

  /** What was called. */
  public FailedCall call() {
    return call;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The service's own code for the error; empty when its answer had none. */
  public String code() {
    return code;
  }

  /** The service's own words; empty when its answer had none. */
  public String serviceMessage() {
    return serviceMessage;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
