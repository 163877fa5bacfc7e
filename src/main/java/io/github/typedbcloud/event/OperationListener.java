package io.github.typedbcloud.event;

/**
 * Is told of everything that a client does, for metrics, traces and logs. It looks on: nothing that
 * it does or throws changes what a call returns.
 *
 * <p>A call tells {@link #callStarted}, then {@link #attemptEnded} for each request that it sends,
 * with {@link #retryScheduled} and {@link #writeVerified} between them, and {@link #callEnded}
 * last, all on the thread that carries the call out: the caller's, or one of the executor's for
 * {@code async()}. So what {@code callStarted} binds to its thread, {@code callEnded} can take off
 * again. A request that the client's own rules refuse is not a call. Polls of waits are calls as
 * well.
 *
 * <p>Token exchanges are told on the thread that makes them, waits on the thread that waits, or on
 * the executor for {@code async()}. Must be thread-safe, and quick: it runs inside the call. What
 * it throws is logged and goes no further. No event holds a secret.
 *
 * <p>Every method does nothing unless it is overridden, and later releases may add more.
 */
public interface OperationListener {

  /** A call begins; nothing was sent yet. */
  default void callStarted(CallInfo call) {}

  /** A request of a call was sent and answered, or got no answer. */
  default void attemptEnded(AttemptEnded event) {}

  /** A request of a call is about to be sent again, after a pause. */
  default void retryScheduled(RetryScheduled event) {}

  /** Reading has told, or failed to tell, what became of a write. */
  default void writeVerified(WriteVerified event) {}

  /** A call is over. */
  default void callEnded(CallEnded event) {}

  /** The credentials were exchanged for an access token, or were not. */
  default void tokenExchanged(TokenExchanged event) {}

  /** A wait has looked at a cluster. */
  default void waitPolled(WaitPolled event) {}

  /** A wait is over. */
  default void waitEnded(WaitEnded event) {}
}
