package io.github.typedbcloud.error;

/**
 * No answer, and nothing was changed: the request was not sent, or it was a read. It is safe to
 * call again.
 */
public final class TransportException extends TypeDBCloudException {

  private static final long serialVersionUID = 1L;

  private final FailedCall call;

  /**
   * A failed attempt.
   *
   * @param call what was called
   * @param message the whole sentence for people
   * @param cause what the network, the timeout or the interrupt said
   */
  public TransportException(FailedCall call, String message, Throwable cause) {
    super(message, cause);
    this.call = call;
  }

  /** What was called. */
  public FailedCall call() {
    return call;
  }
}
