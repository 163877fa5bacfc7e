package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.WaitException.Reason;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.WaitProgress;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One wait for one cluster: when it needs a poll, and what its polls have shown. Changed under the
 * lock of its poller; what other threads read is volatile.
 */
final class PendingWait {

  /** The last poll starts when the timeout elapsed, and has this long for its response. */
  private static final Duration LAST_POLL_TIMEOUT = Duration.ofSeconds(5);

  /** How much longer a poll may take that ignores its timeout. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** Last polls that are less than this apart are one poll. */
  private static final Duration MAX_LAST_POLL_DELAY = Duration.ofSeconds(1);

  /** An interval is shortened by up to this part, so that many clients do not poll in step. */
  private static final double JITTER = 0.2;

  private final WaitTarget target;
  private final PollSchedule schedule;
  private final PollSource source;
  private final WaitGroup group;
  private final TimeSource time;
  private final Duration startedAt;
  private final Duration deadline;
  private Duration interval;
  private Duration nextPoll = Duration.ZERO;
  private Deadline pollLimit = Deadline.after(Duration.ZERO);
  private int polls;
  private volatile StatusHistory history = StatusHistory.EMPTY;
  private volatile @Nullable WaitOutcome outcome;

  PendingWait(
      WaitTarget target,
      PollSchedule schedule,
      PollSource source,
      WaitGroup group,
      TimeSource time,
      Duration startedAt) {
    this.target = target;
    this.schedule = schedule;
    this.source = source;
    this.group = group;
    this.time = time;
    this.startedAt = startedAt;
    this.deadline = Times.after(startedAt, schedule.timeout());
    this.interval = schedule.firstInterval();
  }

  WaitTarget target() {
    return target;
  }

  /** The reads with the options of its caller. */
  PollSource source() {
    return source;
  }

  /** Whether a second read must confirm that the cluster does not exist. */
  boolean mustConfirmAbsence() {
    return target.mustConfirmAbsence(history.first());
  }

  StatusHistory history() {
    return history;
  }

  /** Null while it is pending. */
  @Nullable WaitOutcome outcome() {
    return outcome;
  }

  Duration elapsed() {
    return time.elapsed().minus(startedAt);
  }

  /**
   * Starts to share polls, an interval after the last one.
   *
   * @param lastPoll when that started; null for none
   */
  void join(Duration now, @Nullable Duration lastPoll) {
    nextPoll = lastPoll == null ? now : Times.max(now, Times.after(lastPoll, interval));
  }

  /**
   * When it needs a poll: after its interval, or at its deadline.
   *
   * @param notBefore the time that the service requests, which the last poll ignores
   * @param lastPoll when the last poll that it shared started, so that the last polls of many waits
   *     are few; null when it shares none
   */
  Duration nextPoll(Duration notBefore, @Nullable Duration lastPoll) {
    Duration last =
        lastPoll == null
            ? deadline
            : Times.max(
                deadline,
                Times.after(lastPoll, Times.min(schedule.firstInterval(), MAX_LAST_POLL_DELAY)));
    return Times.min(Times.max(nextPoll, notBefore), last);
  }

  /** A poll that is in-flight ends this wait when it is not over by then. */
  void limitPoll(Duration now) {
    pollLimit = Deadline.after(pollTimeout(now).plus(GRACE));
  }

  /** When the wait has no more time for the poll that is in-flight. */
  Deadline pollLimit() {
    return pollLimit;
  }

  /** Whether another wait of its caller has failed, so that this one is not needed any more. */
  boolean isAbandoned() {
    return group.hasFailed();
  }

  /** The timeout of a poll that starts now. */
  Duration pollTimeout(Duration now) {
    return Times.max(deadline.minus(now), LAST_POLL_TIMEOUT);
  }

  /**
   * Evaluates a poll that ended now, and returns how to report it.
   *
   * @param wasReached whether a poll before got a response of the service
   */
  Runnable evaluate(
      PollResult result,
      Duration now,
      Duration notBefore,
      boolean wasReached,
      DoubleSupplier random) {
    Duration elapsed = now.minus(startedAt);
    Optional<Cluster> found = result.find(target.clusterId());
    WaitOutcome ended = outcome(result, found, now, wasReached);
    if (ended == null && now.compareTo(deadline) >= 0) {
      ended = timedOut(elapsed);
    }
    polls++;
    if (ended == null) {
      nextPoll = Times.after(now, Times.scaled(interval, 1 - JITTER * random.getAsDouble()));
      interval = schedule.intervalAfter(interval);
    }
    WaitProgress progress =
        new WaitProgress(
            target.clusterId(),
            polls,
            elapsed,
            found.orElse(null),
            result.failure() instanceof RuntimeException failure ? failure : null,
            ended == null ? nextPoll(notBefore, null).minus(now) : Duration.ZERO);
    return report(progress, ended);
  }

  /** Ends it while a poll is in-flight for longer than it has time for. */
  Runnable timeOut() {
    return report(null, timedOut(elapsed()));
  }

  private static WaitOutcome timedOut(Duration elapsed) {
    return new WaitOutcome.NotReached(
        Reason.TIMED_OUT,
        "the timeout elapsed; read the cluster with get, or wait again with a longer WaitOptions"
            + " timeout",
        elapsed);
  }

  /** Ends it without a poll, and returns how to report it. */
  Runnable end(WaitOutcome how) {
    return report(null, how);
  }

  private @Nullable WaitOutcome outcome(
      PollResult result, Optional<Cluster> found, Duration now, boolean wasReached) {
    if (result.failure() != null) {
      TypeDBCloudException failure = result.transientFailure(wasReached);
      if (failure == null) {
        return new WaitOutcome.Failed(result.failure());
      }
      history = history.withFailure(failure);
      return null;
    }
    Duration elapsed = now.minus(startedAt);
    Cluster before = history.first();
    history = history.with(found.orElse(null), time.now(), elapsed);
    return switch (target.evaluate(found, before, schedule.failureStatuses(), now)) {
      case REACHED ->
          // A cluster that has the ID of a destroyed one is not the awaited one.
          new WaitOutcome.Reached(target.status() == null ? Optional.empty() : found);
      case UNREACHABLE ->
          new WaitOutcome.NotReached(Reason.UNREACHABLE, target.unreachableReason(found), elapsed);
      case FAILED ->
          new WaitOutcome.NotReached(
              Reason.FAILED,
              "the cluster has the status "
                  + found.orElseThrow().status()
                  + ", which means failure; see the console of TypeDB Cloud, or change"
                  + " failureStatuses of WaitOptions",
              elapsed);
      case PENDING -> null;
    };
  }

  private Runnable report(@Nullable WaitProgress progress, @Nullable WaitOutcome ended) {
    outcome = ended;
    return group.report(this, progress, ended);
  }
}
