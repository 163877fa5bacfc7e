package io.github.typedbcloud.error;

/**
 * No response was received, and nothing was changed: the request was not sent, or it was a read. It
 * is safe to retry.
 */
public final class TransportException extends TypeDBCloudException {

  private static final long serialVersionUID = 1L;

  private final FailedCall call;

  /**
   * A request without a response.
   *
   * @param call the request that failed
   * @param message the human-readable message
   * @param cause the failure of the network, the timeout or the interrupt
   */
  public TransportException(FailedCall call, String message, Throwable cause) {
    super(message, cause);
    this.call = call;
  }

  /** The request that failed. */
  public FailedCall call() {
    return call;
  }
}
