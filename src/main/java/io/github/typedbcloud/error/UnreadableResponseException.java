package io.github.typedbcloud.error;

/**
 * The service answered with success and a body that is not what the operation documents: no JSON,
 * cut short, too large, or a field of the wrong type. A write that is answered so was probably
 * done.
 */
public final class UnreadableResponseException extends TypeDBCloudException {

  private static final long serialVersionUID = 1L;

  private final FailedCall call;
  private final int status;

  /**
   * An answer that could not be read.
   *
   * @param call what was called
   * @param status the HTTP status, from 200 to 299
   * @param message the whole sentence for people
   * @param cause what was wrong with the body
   */
  public UnreadableResponseException(FailedCall call, int status, String message, Throwable cause) {
    super(message, cause);
    this.call = call;
    this.status = status;
  }

  /** What was called. */
  public FailedCall call() {
    return call;
  }

  /** The HTTP status, from 200 to 299. */
  public int status() {
    return status;
  }
}
