package io.github.typedbcloud.error;

/**
 * HTTP 404 with the documented error body: the cluster, or its project or space, does not exist. A
 * 404 with another body, such as the page of a proxy, is an {@link ApiException}.
 */
public final class NotFoundException extends ApiException {

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
  public NotFoundException(
      FailedCall call, int status, String code, String serviceMessage, String message) {
    super(call, status, code, serviceMessage, message);
  }
}
