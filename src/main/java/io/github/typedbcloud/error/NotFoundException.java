package io.github.typedbcloud.error;

/**
 * 404 in the words of the service: the cluster, or its project or space, does not exist. A 404 with
 * a body of another form, such as a page of a proxy, is an {@link ApiException}.
 */
public final class NotFoundException extends ApiException {

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
  public NotFoundException(
      FailedCall call, int status, String code, String serviceMessage, String message) {
    super(call, status, code, serviceMessage, message);
  }
}
