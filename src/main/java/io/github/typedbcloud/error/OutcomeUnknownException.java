package io.github.typedbcloud.error;

import java.time.Duration;
import java.util.Optional;

/**
 * A write was sent, its answer was lost or did not tell, and reading the cluster to find out failed
 * too until the deadline: the service may or may not have done it. Read the cluster before you
 * write again; the message says how. What failed last while reading is among {@link
 * #getSuppressed()}.
 */
public final class OutcomeUnknownException extends TypeDBCloudException {

  private static final long serialVersionUID = 1L;

  private final FailedCall call;

  /**
   * An unknown outcome.
   *
   * @param call what was called
   * @param message the whole sentence for people
   * @param cause what came of the write
   */
  public OutcomeUnknownException(FailedCall call, String message, Throwable cause) {
    super(message, cause);
    this.call = call;
  }

  /** What the answers that did come asked for. */
  @Override
  public Optional<Duration> retryAfter() {
    return getCause() instanceof TypeDBCloudException cause ? cause.retryAfter() : Optional.empty();
  }

  /** What was called. */
  public FailedCall call() {
    return call;
  }
}
