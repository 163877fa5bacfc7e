package io.github.typedbcloud.error;

/**
 * The service responded with success and a body that the operation does not document: invalid or
 * truncated JSON, too large, or a field of the wrong type. If the request was a write, it was
 * probably applied.
 */
public final class UnreadableResponseException extends TypeDBCloudException {

  private static final long serialVersionUID = 1L;

  private final FailedCall call;
  private final int status;

  /**
   * A response that could not be read.
   *
   * @param call the request that failed
   * @param status the HTTP status code, from 200 to 299
   * @param message the human-readable message
   * @param cause what was wrong with the body
   */
  public UnreadableResponseException(FailedCall call, int status, String message, Throwable cause) {
    super(message, cause);
    this.call = call;
    this.status = status;
  }

  /** The request that failed. */
  public FailedCall call() {
    return call;
  }

  /** The HTTP status code, from 200 to 299. */
  public int status() {
    return status;
  }
}
