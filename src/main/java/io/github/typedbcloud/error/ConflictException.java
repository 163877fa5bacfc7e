package io.github.typedbcloud.error;

/**
 * 409: the ID is already in use; on another operation than deploy, clone and update, undocumented.
 */
public final class ConflictException extends ApiException {

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
  public ConflictException(
      FailedCall call, int status, String code, String serviceMessage, String message) {
    super(call, status, code, serviceMessage, message);
  }
}
