package io.github.typedbcloud.error;

/**
 * A write was sent and its answer was lost: the service may or may not have done it. Read the
 * cluster before you write again; the message says how.
 */
public final class OutcomeUnknownException extends TypeDBCloudException {

  private static final long serialVersionUID = 1L;

  private final FailedCall call;

  /**
   * A lost answer.
   *
   * @param call what was called
   * @param message the whole sentence for people
   * @param cause what the network or the timeout said
   */
  public OutcomeUnknownException(FailedCall call, String message, Throwable cause) {
    super(message, cause);
    this.call = call;
  }

  /** What was called. */
  public FailedCall call() {
    return call;
  }
}
