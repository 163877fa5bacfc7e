package io.github.typedbcloud.error;

/**
 * 401, or the token exchange refused the credentials (its 400, 401 or 403): {@link #status()} tells
 * which.
 */
public final class UnauthorizedException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * A refusal by the service.
   *
   * @param call what was called
   * @param status the HTTP status
   * @param code the error body's {@code code}; empty when there was none
   * @param serviceMessage the error body's {@code message}; empty when there was none
   * @param message the whole sentence for people
   */
  public UnauthorizedException(
      FailedCall call, int status, String code, String serviceMessage, String message) {
    super(call, status, code, serviceMessage, message);
  }
}
