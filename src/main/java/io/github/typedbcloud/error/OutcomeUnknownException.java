package io.github.typedbcloud.error;

import java.time.Duration;
import java.util.Optional;

/**
 * A write was sent, its response was lost or inconclusive, and reading the cluster back did not
 * verify the outcome before the deadline: the service may or may not have applied the write. Read
 * the cluster before you write again; the message says how. The last failure of those reads is
 * among {@link #getSuppressed()}.
 */
public final class OutcomeUnknownException extends TypeDBCloudException {

  private static final long serialVersionUID = 1L;

  private final FailedCall call;

  /**
   * An unknown outcome.
   *
   * @param call the request that failed
   * @param message the human-readable message
   * @param cause the failure of the write
   */
  public OutcomeUnknownException(FailedCall call, String message, Throwable cause) {
    super(message, cause);
    this.call = call;
  }

  /** The value in the responses that were received. */
  @Override
  public Optional<Duration> retryAfter() {
    return getCause() instanceof TypeDBCloudException cause ? cause.retryAfter() : Optional.empty();
  }

  /** The request that failed. */
  public FailedCall call() {
    return call;
  }
}
