package io.github.typedbcloud.internal.observe;

import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.ObservedCall;
import io.github.typedbcloud.event.Retrying;
import io.github.typedbcloud.event.Settled;
import io.github.typedbcloud.internal.api.ApiRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call as it is looked on at. Used by one thread. */
public final class Observation {

  private final Observers observers;
  private final ObservedCall call;
  private final Duration begun;
  private int attempts;
  private int status;

  Observation(Observers observers, ObservedCall call) {
    this.observers = observers;
    this.call = call;
    this.begun = observers.elapsed();
  }

  /**
   * A request was sent.
   *
   * @param newStatus of its answer; 0 for none
   * @param since when it was sent
   * @param failure why there was no answer
   */
  public void attempted(
      ApiRequest request, int newStatus, Duration since, @Nullable Exception failure) {
    attempts++;
    status = newStatus;
    AttemptEnded event =
        new AttemptEnded(
            call,
            request.operation().title(),
            request.operation().method(),
            attempts,
            newStatus,
            observers.elapsed().minus(since),
            failure);
    observers.attemptEnded(event);
  }

  /** A request is about to be sent again. */
  public void retrying(ApiRequest request, Duration pause, String reason) {
    Retrying event = new Retrying(call, request.operation().title(), attempts + 1, pause, reason);
    observers.retrying(event);
  }

  /** Reading has told what became of a write. */
  public void settled(Settled.Result result, String reason) {
    Settled event = new Settled(call, result, reason);
    observers.settled(event);
  }

  void ended(@Nullable Throwable failure) {
    CallEnded event =
        new CallEnded(call, attempts, status, observers.elapsed().minus(begun), failure);
    observers.callEnded(event);
  }
}
