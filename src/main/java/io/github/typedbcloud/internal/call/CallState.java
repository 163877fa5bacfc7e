package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.http.Failure;
import io.github.typedbcloud.internal.listeners.CallEvents;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;

/** What one call has left of its time and its attempts. Used by one thread. */
final class CallState {

  private final TimeSource time;
  private final Backoff backoff;
  private final RetryBudget budget;
  private final CallEvents observation;
  private final CallOptions settings;
  private final Deadline deadline;
  private final long begun;
  private int attemptsLeft;
  private int failures;
  private int taken;

  CallState(
      TimeSource time,
      Backoff backoff,
      RetryBudget budget,
      CallOptions settings,
      CallEvents observation) {
    this.time = time;
    this.backoff = backoff;
    this.budget = budget;
    this.observation = observation;
    this.settings = settings;
    this.deadline = Deadline.after(settings.timeout());
    this.begun = time.elapsedNanos();
    this.attemptsLeft = settings.maxAttempts() - 1;
  }

  CallOptions settings() {
    return settings;
  }

  CallEvents observation() {
    return observation;
  }

  Deadline deadline() {
    return deadline;
  }

  /** Since the call began, by the client's source of time. */
  Duration elapsed() {
    return Duration.ofNanos(time.elapsedNanos() - begun);
  }

  /** The call came to its end, so what it repeated was worth its while. */
  void succeeded() {
    if (taken > 0) {
      budget.giveBack(taken);
    }
  }

  /**
   * Pauses before another attempt.
   *
   * @return false when there must be none: no attempt, no time or no budget is left
   */
  boolean pauseBeforeAttempt(ApiRequest request, Failure failure) {
    Duration pause = pauseAfter(failure);
    if (attemptsLeft == 0 || isOver(pause) || !take()) {
      return false;
    }
    attemptsLeft--;
    observation.retryScheduled(request, pause, failure.happened());
    sleep(pause);
    return true;
  }

  /** Whether there may be another attempt, which then is made at once. */
  boolean goesOn(ApiRequest request, Failure failure) {
    if (attemptsLeft == 0 || isOver(Duration.ZERO) || !take()) {
      return false;
    }
    attemptsLeft--;
    observation.retryScheduled(request, Duration.ZERO, failure.happened());
    return true;
  }

  /**
   * Pauses before the first reading that is to settle a write. It is made even when the service
   * asked for more time than there is, because without it nothing would be known.
   */
  void pauseBeforeReading(Failure failure) {
    Duration pause = pauseAfter(failure);
    if (!isOver(pause)) {
      sleep(pause);
    }
  }

  /**
   * Pauses before another reading, until the budget allows it.
   *
   * @return false when no time is left
   */
  boolean pauseBeforeReadingAgain(ApiRequest read, Failure failure) {
    Duration pause = pauseAfter(failure);
    Duration paused = Duration.ZERO;
    do {
      if (isOver(pause)) {
        return false;
      }
      sleep(pause);
      paused = paused.plus(pause);
      pause = backoff.after(++failures);
    } while (!take());
    observation.retryScheduled(read, paused, failure.happened());
    return true;
  }

  private Duration pauseAfter(Failure failure) {
    Duration pause = backoff.after(++failures);
    Duration asked = failure.retryAfter();
    return asked != null && asked.compareTo(pause) > 0 ? asked : pause;
  }

  private boolean isOver(Duration pause) {
    return pause.compareTo(deadline.remaining()) >= 0 || Thread.currentThread().isInterrupted();
  }

  private boolean take() {
    if (!budget.take()) {
      return false;
    }
    taken++;
    return true;
  }

  /** After an interrupt the next attempt is not sent, and says why. */
  private void sleep(Duration pause) {
    try {
      deadline.sleep(pause, time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
