package io.github.typedbcloud.internal.listeners;

import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.event.RetryScheduled;
import io.github.typedbcloud.event.WriteVerified;
import io.github.typedbcloud.internal.api.ApiRequest;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call as it is looked on at; costs next to nothing while nobody does. Used by one thread. */
public final class CallEvents {

  private final ListenerDispatcher observers;
  private final ApiRequest request;
  private final long number;
  private final long begun;

  /** Whether anybody hears of calls that go well. */
  private final boolean isHeard;

  private @Nullable CallInfo call;
  private int attempts;
  private int status;

  CallEvents(ListenerDispatcher observers, ApiRequest request, long number) {
    this.observers = observers;
    this.request = request;
    this.number = number;
    this.begun = observers.elapsedNanos();
    this.isHeard = observers.hearCalls();
  }

  void started() {
    if (isHeard) {
      observers.callStarted(call());
    }
  }

  /**
   * A request was sent.
   *
   * @param newStatus of its answer; 0 for none
   * @param since when it was sent, in nanoseconds of the client's source of time
   * @param failure why there was no answer
   */
  public void attempted(ApiRequest sent, int newStatus, long since, @Nullable Exception failure) {
    attempts++;
    status = newStatus;
    if (isHeard) {
      observers.attemptEnded(
          new AttemptEnded(
              call(),
              sent.operation().title(),
              sent.operation().method(),
              attempts,
              newStatus,
              since(since),
              failure));
    }
  }

  /** A request is about to be sent again. */
  public void retryScheduled(ApiRequest again, Duration pause, String reason) {
    observers.retryScheduled(
        new RetryScheduled(call(), again.operation().title(), attempts + 1, pause, reason));
  }

  /** Reading has told what became of a write. */
  public void writeVerified(WriteVerified.Result result, String reason) {
    observers.writeVerified(new WriteVerified(call(), result, reason));
  }

  void ended(@Nullable Throwable failure) {
    if (isHeard) {
      observers.callEnded(new CallEnded(call(), attempts, status, since(begun), failure));
    }
  }

  private CallInfo call() {
    if (call == null) {
      call =
          new CallInfo(
              number,
              request.operation().title(),
              Objects.requireNonNull(request.scope()),
              request.clusterId());
    }
    return call;
  }

  private Duration since(long moment) {
    return Duration.ofNanos(observers.elapsedNanos() - moment);
  }
}
