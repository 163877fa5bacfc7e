package io.github.typedbcloud.error;

import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A write was sent, its response was lost or inconclusive, and reading the cluster back did not
 * show the outcome before the verification window or the deadline ended: the service may or may not
 * have applied the write, and may still apply it. Read the cluster before you write again; the
 * message says how. A failure of those reads, and the rejection of a later attempt, are among
 * {@link #getSuppressed()}.
 */
public final class OutcomeUnknownException extends TypeDBCloudException {

  private static final long serialVersionUID = 1L;

  private final FailedCall call;
  private final transient @Nullable Cluster lastSeen;
  private final @Nullable Instant lastReadAt;
  private final @Nullable ApiException rejection;

  /**
   * An unknown outcome.
   *
   * @param call the request that failed
   * @param lastSeen the cluster as last read; null when there was none, or no read succeeded
   * @param lastReadAt when it was last read; null when no read succeeded
   * @param rejection of a later attempt; null for none
   * @param message the human-readable message
   * @param cause the failure of the write
   */
  public OutcomeUnknownException(
      FailedCall call,
      @Nullable Cluster lastSeen,
      @Nullable Instant lastReadAt,
      @Nullable ApiException rejection,
      String message,
      Throwable cause) {
    super(message, cause);
    this.call = call;
    this.lastSeen = lastSeen;
    this.lastReadAt = lastReadAt;
    this.rejection = rejection;
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

  /**
   * The cluster that shows the outcome, as last read. Empty when the last read showed no such
   * cluster, when no read succeeded, and in a copy that was made by Java serialization.
   */
  public Optional<Cluster> lastSeen() {
    return Optional.ofNullable(lastSeen);
  }

  /**
   * When the cluster was last read with success, by the clock of the client; the service may have
   * responded with an older state. Empty when no read succeeded.
   */
  public Optional<Instant> lastReadAt() {
    return Optional.ofNullable(lastReadAt);
  }

  /**
   * The rejection of a later attempt, which may be caused by the success of an earlier one: a 409
   * of a cluster that was deployed after all, for example. Empty when there was none.
   */
  public Optional<ApiException> rejection() {
    return Optional.ofNullable(rejection);
  }
}
