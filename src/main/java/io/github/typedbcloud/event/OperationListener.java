package io.github.typedbcloud.event;

/**
 * Is notified of what a client does, for metrics, traces and logs. A listener cannot change what a
 * call returns: an exception that it throws is logged and otherwise ignored.
 *
 * <p>The events of a call are {@link #callStarted}, {@link #attemptEnded} for each request, {@link
 * #retryScheduled} and {@link #writeVerified} in between, and {@link #callEnded}. They arrive on
 * the thread that executes the call: the caller's thread, or a thread of the executor for {@code
 * async()}. What {@code callStarted} binds to the thread, {@code callEnded} can therefore remove. A
 * request that the client's own validation rejects is not a call. Polls of waits are calls that
 * name the wait ({@link CallInfo#waitInfo}); because waits share them, their events arrive on a
 * thread of their own, beside the one that sends the requests. What {@code callStarted} of a poll
 * binds to that thread does not reach the requests, and with a {@code taskDecorator} it is gone at
 * the next event.
 *
 * <p>Token exchanges arrive on the thread of the exchange. {@link #waitStarted} arrives on the
 * thread that starts the wait; {@link #waitPolled} and {@link #waitEnded} arrive there too, or on a
 * thread of the client for {@code async()}, so that nothing that {@code waitStarted} binds to its
 * thread can be removed reliably. Threads of the client run in the context that {@code
 * taskDecorator} of the client's builder captures. Implementations must be thread-safe and fast,
 * because they run inside the call: one that blocks blocks that call. Callers that wait for a token
 * exchange, and polls, wait for a listener at most a second; while it blocks, it misses the events
 * of the next polls. No event contains a secret.
 *
 * <p>Every method has an empty default implementation, and later releases may add methods.
 */
public interface OperationListener {

  /** A call started; nothing was sent yet. */
  default void callStarted(CallInfo call) {}

  /** A request was sent, and a response was received or not. */
  default void attemptEnded(AttemptEnded event) {}

  /** A request will be sent again, after a pause. */
  default void retryScheduled(RetryScheduled event) {}

  /** A write whose outcome was unknown was verified by reading, or could not be verified. */
  default void writeVerified(WriteVerified event) {}

  /** A call ended. */
  default void callEnded(CallEnded event) {}

  /** A token exchange ended, with success or not. */
  default void tokenExchanged(TokenExchanged event) {}

  /** A wait started; it has not polled yet. */
  default void waitStarted(WaitInfo waitInfo) {}

  /** A wait polled a cluster. */
  default void waitPolled(WaitPolled event) {}

  /** A wait ended. */
  default void waitEnded(WaitEnded event) {}
}
