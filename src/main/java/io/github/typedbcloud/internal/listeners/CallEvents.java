package io.github.typedbcloud.internal.listeners;

import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.event.RetryScheduled;
import io.github.typedbcloud.event.WaitInfo;
import io.github.typedbcloud.event.WriteVerified;
import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.Result.Failure;
import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.HttpResult;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The events of one call. Costs next to nothing without a listener. Not thread-safe. */
public final class CallEvents {

  private final ListenerDispatcher listeners;
  private final ApiCall<?> call;
  private final long number;
  private final @Nullable WaitInfo waitInfo;
  private final long startedAt;

  /** Whether events of success are wanted too. */
  private final boolean isWanted;

  private @Nullable CallInfo info;
  private int attempts;

  /** Of the call's own last request, or of what was read before it. */
  private int status;

  private boolean isOwnSent;

  CallEvents(
      ListenerDispatcher listeners, ApiCall<?> call, long number, @Nullable WaitInfo waitInfo) {
    this.listeners = listeners;
    this.call = call;
    this.number = number;
    this.waitInfo = waitInfo;
    this.startedAt = listeners.elapsedNanos();
    this.isWanted = listeners.wantsCalls();
  }

  void started() {
    if (isWanted) {
      listeners.callStarted(info());
    }
  }

  /**
   * A request was sent.
   *
   * @param request the call itself, or the read that verifies it
   * @param authorization what was sent with it, which no event repeats
   * @param since when it was sent, in nanoseconds of the client's source of time
   */
  public void attemptEnded(
      ApiCall<?> request, HttpResult result, Authorization authorization, long since) {
    attempts++;
    boolean isOwn = request.operation() == call.operation();
    isOwnSent |= isOwn;
    if (isOwn || !isOwnSent) {
      status = result.status();
    }
    if (isWanted) {
      Exception failure =
          result instanceof HttpResult.NoResponse noResponse
              ? authorization.secrets().clean(noResponse.cause())
              : null;
      listeners.attemptEnded(
          new AttemptEnded(
              info(),
              request.operation().title(),
              request.operation().method(),
              request.pathTemplate(),
              attempts,
              result.status(),
              since(since),
              failure));
    }
  }

  /**
   * A request will be sent again, after a pause.
   *
   * @param attempt see {@link RetryScheduled#attempt}
   */
  public void retryScheduled(
      ApiCall<?> request, int attempt, int maxAttempts, Duration pause, Failure<?> failure) {
    listeners.retryScheduled(
        new RetryScheduled(
            info(),
            request.operation().title(),
            attempt,
            maxAttempts,
            failure.status(),
            pause,
            failure.summary()));
  }

  /** A write was verified by reading. */
  public void writeVerified(WriteVerified.Outcome outcome, String reason) {
    listeners.writeVerified(new WriteVerified(info(), outcome, reason));
  }

  /**
   * The call ended.
   *
   * @param failure what the caller gets; null for a success
   */
  public void ended(@Nullable Throwable failure) {
    if (isWanted) {
      listeners.callEnded(new CallEnded(info(), attempts, status, since(startedAt), failure));
    }
  }

  /** The call. */
  public CallInfo info() {
    if (info == null) {
      info =
          new CallInfo(
              number,
              call.operation().title(),
              Objects.requireNonNull(call.scope()),
              call.clusterId(),
              listeners.baseUrl(),
              waitInfo);
    }
    return info;
  }

  private Duration since(long moment) {
    return Duration.ofNanos(listeners.elapsedNanos() - moment);
  }
}
