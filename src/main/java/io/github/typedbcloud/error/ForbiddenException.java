package io.github.typedbcloud.error;

/**
 * HTTP 403: the API token lacks the access level that the operation needs; the message names it.
 */
public final class ForbiddenException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * An error response of the service.
   *
   * @param call the request that failed
   * @param status the HTTP status code
   * @param code the error body's {@code code}; empty when there was none
   * @param serviceMessage the error body's {@code message}; empty when there was none
   * @param message the human-readable message
   */
  public ForbiddenException(
      FailedCall call, int status, String code, String serviceMessage, String message) {
    super(call, status, code, serviceMessage, message);
  }
}
