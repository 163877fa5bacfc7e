package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.event.WriteVerified;
import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.Operation;
import io.github.typedbcloud.internal.api.Result.Failure;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.listeners.CallEvents;
import io.github.typedbcloud.internal.listeners.ListenerDispatcher;
import io.github.typedbcloud.internal.text.KnownSecrets;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time, attempts and retries that one call has left. Not thread-safe. */
final class CallState {

  /** At most this much of a write's time is reserved for verifying it. */
  private static final Duration MAX_VERIFICATION_RESERVE = Duration.ofSeconds(5);

  /** At most this part of a write's time is reserved for verifying it. */
  private static final int VERIFICATION_PART = 4;

  /** Between reads that look for the start of a second on the service's clock. */
  private static final Duration BRIEF_PAUSE = Duration.ofMillis(100);

  /** With less time until the deadline no other read is started. */
  private static final Duration MIN_TIME_TO_READ = Duration.ofMillis(50);

  /** With less time until the deadline a write is not sent again: it could not be verified. */
  private static final Duration MIN_TIME_TO_RETRY = Duration.ofMillis(200);

  /**
   * A moment on two clocks.
   *
   * @param spent see {@link #spent}
   * @param elapsedNanos of the client's source of time
   */
  record Moment(Duration spent, long elapsedNanos) {}

  private final KnownSecrets secrets;
  private final ApiCall<?> call;
  private final CallOptions options;
  private final TimeSource time;
  private final Backoff backoff;
  private final RetryBudget budget;
  private final CallEvents events;
  private final Deadline deadline;
  private Moment attemptStartedAt = new Moment(Duration.ZERO, 0);
  private Moment readStartedAt = attemptStartedAt;
  private @Nullable Moment firstUnknownAt;

  /** What the attempts are counted of: a read that precedes a write has attempts of its own. */
  private Operation counted;

  private int attemptsLeft;
  private int failures;
  private int retries;

  CallState(
      ApiCall<?> call,
      CallOptions options,
      TimeSource time,
      Backoff backoff,
      RetryBudget budget,
      ListenerDispatcher listeners,
      KnownSecrets secrets) {
    this.secrets = secrets;
    this.call = call;
    this.options = options;
    this.time = time;
    this.backoff = backoff;
    this.budget = budget;
    this.events = listeners.callStarted(call, options.waitInfo());
    this.deadline = Deadline.after(options.timeout());
    this.counted = call.operation();
    this.attemptsLeft = options.maxAttempts() - 1;
  }

  CallOptions options() {
    return options;
  }

  CallEvents events() {
    return events;
  }

  /**
   * The part of the deadline that is used up: time of the machine, and the call's own pauses. Those
   * of other threads on a manual clock do not count.
   */
  Duration spent() {
    return options.timeout().minus(deadline.remaining());
  }

  /** The wall clock, for messages only. */
  Instant now() {
    return time.now();
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

  /** How long a request may take. */
  Duration requestTimeout(ApiCall<?> request) {
    return request.operation() == call.operation()
        ? options.requestTimeoutOfCall()
        : options.requestTimeout();
  }

  /** A request is sent now. */
  void sending(ApiCall<?> request) {
    if (request.operation().isRead()) {
      readStartedAt = moment();
    } else {
      attemptStartedAt = moment();
    }
  }

  /** A cluster, for messages: a response may repeat a secret in it. */
  String describe(Cluster cluster) {
    String text = cluster.toString();
    return secrets.current().clean(text, text.length());
  }

  /** When the last read that verifies the write started. */
  Moment readStartedAt() {
    return readStartedAt;
  }

  /** When the last attempt of the write started. */
  Moment attemptStartedAt() {
    return attemptStartedAt;
  }

  /** The last attempt of the write may have been applied. */
  void mayBeApplied() {
    if (firstUnknownAt == null) {
      firstUnknownAt = attemptStartedAt;
    }
  }

  /** Whether an attempt of the write may have been applied. */
  boolean isMayBeApplied() {
    return firstUnknownAt != null;
  }

  /**
   * The time from the start of the first attempt that may have been applied, or else of the last
   * attempt, to the start of the last read.
   */
  Duration fromWriteToRead() {
    return between(firstUnknown(), readStartedAt);
  }

  /** The same until now. */
  Duration sinceWrite() {
    return since(firstUnknown());
  }

  private Moment firstUnknown() {
    return firstUnknownAt == null ? attemptStartedAt : firstUnknownAt;
  }

  private Moment moment() {
    return new Moment(spent(), time.elapsedNanos());
  }

  /** By the machine's clock or the client's source of time, whichever shows more. */
  Duration since(Moment moment) {
    return between(moment, moment());
  }

  private static Duration between(Moment a, Moment b) {
    return max(b.spent().minus(a.spent()), Duration.ofNanos(b.elapsedNanos() - a.elapsedNanos()));
  }

  /** The end of a verification window that starts now, in {@link #spent} time. */
  Duration verificationEnd() {
    return spent().plus(options.verificationWindow());
  }

  /** The earliest time for another attempt that the service permits, in {@link #spent} time. */
  Duration notBefore(Failure<?> failure) {
    Duration requested = failure.retryAfter();
    return requested == null ? Duration.ZERO : spent().plus(requested);
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
   * @return false when there must be none: a retry is useless, or unsafe without a fresh read, or
   *     no attempt, time or budget is left
   */
  boolean pauseBeforeRetry(ApiCall<?> request, Failure<?> failure) {
    if (!failure.kind().isTransient()) {
      return false;
    }
    if (!isMayBeApplied()) {
      return (request.operation().isRead() || !failure.kind().isOutcomeUnknown())
          && scheduleRetry(request, pauseAfter(failure), failure);
    }
    // Each attempt follows a fresh read.
    return request.operation().isRead() && pauseBeforeReread(request, failure);
  }

  /** Whether the write may be attempted again at once, because a read did not show it just now. */
  boolean retryNow(Failure<?> failure) {
    if (deadline.remaining().compareTo(MIN_TIME_TO_RETRY) <= 0
        || !takeAttempt(call, Duration.ZERO)) {
      return false;
    }
    events.writeVerified(WriteVerified.Outcome.NOT_VISIBLE, failure.summary());
    pauseForRetry(call, Duration.ZERO, failure);
    return true;
  }

  /**
   * Pauses before a read that verifies the write.
   *
   * @param readsMade since the last attempt; the pauses grow with it
   * @param notBefore when the next attempt is permitted, in {@link #spent} time
   * @param end of the verification window, in {@link #spent} time; null before the first read,
   *     which is made in any case, because without it nothing would be known
   * @return false when there is no time for another read
   */
  boolean pauseBeforeVerification(int readsMade, Duration notBefore, @Nullable Duration end) {
    failures += readsMade == 0 ? 1 : 0;
    Duration pause = max(backoff.after(failures + readsMade), notBefore.minus(spent()));
    if (end == null) {
      if (!exceedsDeadline(pause)) {
        sleep(pause);
      }
      return true;
    }
    // The last read is at the end of the window.
    pause = min(pause, max(end.minus(spent()), Duration.ZERO));
    Duration half = deadline.remaining().dividedBy(2);
    if (half.compareTo(MIN_TIME_TO_READ) < 0 || Thread.currentThread().isInterrupted()) {
      return false;
    }
    sleep(min(pause, half));
    return true;
  }

  /**
   * Pauses for a moment before another read.
   *
   * @return false when there is no time for it
   */
  boolean pauseBriefly() {
    if (exceedsDeadline(BRIEF_PAUSE)) {
      return false;
    }
    sleep(BRIEF_PAUSE);
    return true;
  }

  private boolean scheduleRetry(ApiCall<?> request, Duration pause, Failure<?> failure) {
    if (!takeAttempt(request, pause)) {
      return false;
    }
    pauseForRetry(request, pause, failure);
    return true;
  }

  private boolean takeAttempt(ApiCall<?> request, Duration pause) {
    if (request.operation() != counted) {
      counted = request.operation();
      attemptsLeft = options.maxAttempts() - 1;
    }
    if (attemptsLeft == 0 || exceedsDeadline(pause) || !takeFromBudget()) {
      return false;
    }
    attemptsLeft--;
    return true;
  }

  private void pauseForRetry(ApiCall<?> request, Duration pause, Failure<?> failure) {
    int attempt = options.maxAttempts() - attemptsLeft;
    events.retryScheduled(request, attempt, options.maxAttempts(), pause, failure);
    if (!pause.isZero()) {
      sleep(pause);
    }
  }

  /** Reads that verify a write are bounded by the deadline alone, and wait for the budget. */
  private boolean pauseBeforeReread(ApiCall<?> read, Failure<?> failure) {
    Duration pause = pauseAfter(failure);
    while (!exceedsDeadline(pause)) {
      boolean isLast = takeFromBudget();
      if (isLast) {
        events.retryScheduled(read, 0, 0, pause, failure);
      }
      sleep(pause);
      if (isLast) {
        return true;
      }
      pause = backoff.after(++failures);
    }
    return false;
  }

  private Duration pauseAfter(Failure<?> failure) {
    Duration requested = failure.retryAfter();
    return max(backoff.after(++failures), requested == null ? Duration.ZERO : requested);
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
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
