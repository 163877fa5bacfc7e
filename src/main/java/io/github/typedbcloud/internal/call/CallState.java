package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.Result.Failure;
import io.github.typedbcloud.internal.api.Result.Kind;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.listeners.CallEvents;
import io.github.typedbcloud.internal.listeners.ListenerDispatcher;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;

/** The time, attempts and retries that one call has left. Not thread-safe. */
final class CallState {

  /** At most this much of a write's time is reserved for verifying it. */
  private static final Duration MAX_VERIFICATION_RESERVE = Duration.ofSeconds(5);

  /** At most this part of a write's time is reserved for verifying it. */
  private static final int VERIFICATION_PART = 4;

  private final ApiCall<?> call;
  private final CallOptions options;
  private final TimeSource time;
  private final Backoff backoff;
  private final RetryBudget budget;
  private final CallEvents events;
  private final Deadline deadline;
  private final long startedAt;
  private int attemptsLeft;
  private int failures;
  private int retries;

  CallState(
      ApiCall<?> call,
      CallOptions options,
      TimeSource time,
      Backoff backoff,
      RetryBudget budget,
      ListenerDispatcher listeners) {
    this.call = call;
    this.options = options;
    this.time = time;
    this.backoff = backoff;
    this.budget = budget;
    this.events = listeners.callStarted(call);
    this.deadline = Deadline.after(options.timeout());
    this.startedAt = time.elapsedNanos();
    this.attemptsLeft = options.maxAttempts() - 1;
  }

  ApiCall<?> call() {
    return call;
  }

  CallOptions options() {
    return options;
  }

  CallEvents events() {
    return events;
  }

  /** The time since the start of the call, by the client's source of time. */
  Duration elapsed() {
    return Duration.ofNanos(time.elapsedNanos() - startedAt);
  }

  /** When an attempt must end: for a write early enough to verify it. */
  Deadline attemptDeadline(ApiCall<?> request) {
    if (request.operation().isRead()) {
      return deadline;
    }
    Duration part = deadline.remaining().dividedBy(VERIFICATION_PART);
    return deadline.minus(
        part.compareTo(MAX_VERIFICATION_RESERVE) < 0 ? part : MAX_VERIFICATION_RESERVE);
  }

  /** The call ended with success, and returns its retries to the budget. */
  void succeeded() {
    if (retries > 0) {
      budget.refund(retries);
    }
    events.ended(null);
  }

  void failed(Throwable failure) {
    events.ended(failure);
  }

  /**
   * Pauses before the next attempt.
   *
   * @param request the call itself, or the read that verifies it
   * @return false when there must be none: a retry is useless, or unsafe before the call is
   *     verified, or no attempt, time or budget is left
   */
  boolean pauseBeforeRetry(ApiCall<?> request, Failure<?> failure) {
    if (!failure.kind().isTransient()) {
      return false;
    }
    if (call.operation().isRead()) {
      return scheduleRetry(pauseAfter(failure), failure);
    }
    if (request.operation().isRead()) {
      return pauseBeforeReread(request, failure);
    }
    return failure.kind() != Kind.UNKNOWN && scheduleRetry(pauseAfter(failure), failure);
  }

  /** Whether the call may be attempted again at once, because it was verified. */
  boolean retryNow(Failure<?> failure) {
    return scheduleRetry(Duration.ZERO, failure);
  }

  /**
   * Pauses before a write is verified. It is verified even when the service requests a longer delay
   * than there is time, because without a read nothing would be known.
   */
  void pauseBeforeVerification(Failure<?> failure) {
    Duration pause = pauseAfter(failure);
    if (!exceedsDeadline(pause)) {
      sleep(pause);
    }
  }

  private boolean scheduleRetry(Duration pause, Failure<?> failure) {
    if (attemptsLeft == 0 || exceedsDeadline(pause) || !takeFromBudget()) {
      return false;
    }
    attemptsLeft--;
    events.retryScheduled(call, pause, failure.summary());
    if (!pause.isZero()) {
      sleep(pause);
    }
    return true;
  }

  /** Reads that verify a write are bounded by the deadline alone, and wait for the budget. */
  private boolean pauseBeforeReread(ApiCall<?> read, Failure<?> failure) {
    Duration pause = pauseAfter(failure);
    Duration paused = Duration.ZERO;
    do {
      if (exceedsDeadline(pause)) {
        return false;
      }
      sleep(pause);
      paused = paused.plus(pause);
      pause = backoff.after(++failures);
    } while (!takeFromBudget());
    events.retryScheduled(read, paused, failure.summary());
    return true;
  }

  private Duration pauseAfter(Failure<?> failure) {
    Duration pause = backoff.after(++failures);
    Duration requested = failure.retryAfter();
    return requested != null && requested.compareTo(pause) > 0 ? requested : pause;
  }

  private boolean exceedsDeadline(Duration pause) {
    return pause.compareTo(deadline.remaining()) >= 0 || Thread.currentThread().isInterrupted();
  }

  private boolean takeFromBudget() {
    if (!budget.take()) {
      return false;
    }
    retries++;
    return true;
  }

  /** After an interrupt the next attempt is not sent, and its failure says why. */
  private void sleep(Duration pause) {
    try {
      deadline.sleep(pause, time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
