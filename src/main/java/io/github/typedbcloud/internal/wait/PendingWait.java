package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.WaitException.Reason;
import io.github.typedbcloud.internal.wait.WaitTarget.Verdict;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.WaitProgress;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One wait for one cluster: when it is due, and what it has seen. Changed under the lock of the
 * polls that it shares; what others read meanwhile is volatile.
 */
final class PendingWait {

  /** The last poll is made when time is up, and has this long to answer. */
  private static final Duration LAST_POLL_TIMEOUT = Duration.ofSeconds(5);

  /** Last looks that share polls come together when they are less than this apart. */
  private static final Duration LAST_LOOKS_APART = Duration.ofSeconds(1);

  /** An interval is cut by up to this part, so that many clients do not poll in step. */
  private static final double JITTER = 0.2;

  private final WaitTarget goal;
  private final PollSchedule plan;
  private final Audience audience;
  private final TimeSource time;
  private final Duration begun;
  private final Duration deadline;
  private Duration interval;
  private Duration due = Duration.ZERO;
  private int polls;
  private volatile StatusHistory sightings = StatusHistory.NONE;
  private volatile @Nullable WaitOutcome end;

  /** A wait whose time runs from a moment on. */
  PendingWait(
      WaitTarget goal, PollSchedule plan, Audience audience, TimeSource time, Duration begun) {
    this.goal = goal;
    this.plan = plan;
    this.audience = audience;
    this.time = time;
    this.begun = begun;
    this.deadline = Times.after(begun, plan.timeout());
    this.interval = plan.firstInterval();
  }

  WaitTarget goal() {
    return goal;
  }

  StatusHistory sightings() {
    return sightings;
  }

  /** Null while it goes on. */
  @Nullable WaitOutcome end() {
    return end;
  }

  Duration elapsed() {
    return time.elapsed().minus(begun);
  }

  /**
   * It shares polls from now on, and keeps its distance from the last one.
   *
   * @param lastPoll when that began; null when there was none
   */
  void join(Duration now, @Nullable Duration lastPoll) {
    due = lastPoll == null ? now : Times.max(now, Times.after(lastPoll, interval));
  }

  /**
   * When it needs a poll: at the end of its interval or of its time.
   *
   * @param notBefore what the service asks for, which a last look does not heed
   * @param lastPoll when that began, if others share it: the last looks of many must not become as
   *     many polls
   */
  Duration due(Duration notBefore, @Nullable Duration lastPoll) {
    Duration lastLook =
        lastPoll == null
            ? deadline
            : Times.max(
                deadline, Times.after(lastPoll, Times.min(plan.firstInterval(), LAST_LOOKS_APART)));
    return Times.min(Times.max(due, notBefore), lastLook);
  }

  /** How long a poll that begins now may take. */
  Duration patience(Duration now) {
    return Times.max(deadline.minus(now), LAST_POLL_TIMEOUT);
  }

  /** Judges a poll that ended now, and returns what to tell of it. */
  Runnable judge(PollResult reading, Duration now, Duration notBefore, DoubleSupplier random) {
    Duration elapsed = now.minus(begun);
    Optional<Cluster> found = reading.find(goal.clusterId());
    WaitOutcome ended = outcome(reading, found, elapsed);
    if (ended == null && now.compareTo(deadline) >= 0) {
      ended =
          new WaitOutcome.Missed(
              Reason.TIMED_OUT,
              "time is up; look at it with get, or wait again with a longer WaitOptions timeout",
              elapsed);
    }
    polls++;
    if (ended == null) {
      due = Times.after(now, Times.scaled(interval, 1 - JITTER * random.getAsDouble()));
      interval = plan.after(interval);
    }
    WaitProgress progress =
        new WaitProgress(
            goal.clusterId(),
            polls,
            elapsed,
            found.orElse(null),
            reading.failure() instanceof RuntimeException failure ? failure : null,
            ended == null ? due(notBefore, null).minus(now) : Duration.ZERO);
    return news(progress, ended);
  }

  /** Ends it without a poll, and returns what to tell of that. */
  Runnable end(WaitOutcome how) {
    return news(null, how);
  }

  private @Nullable WaitOutcome outcome(
      PollResult reading, Optional<Cluster> found, Duration elapsed) {
    if (reading.failure() != null) {
      TypeDBCloudException passing = reading.passingFailure();
      if (passing == null) {
        return new WaitOutcome.Failed(reading.failure());
      }
      sightings = sightings.missed(passing);
      return null;
    }
    sightings = sightings.saw(found.orElse(null), time.now(), elapsed);
    Verdict verdict = goal.judge(found);
    return switch (verdict) {
      case REACHED -> new WaitOutcome.Reached(found);
      case IMPOSSIBLE -> new WaitOutcome.Missed(Reason.IMPOSSIBLE, goal.obstacle(found), elapsed);
      case PENDING -> null;
    };
  }

  private Runnable news(@Nullable WaitProgress progress, @Nullable WaitOutcome ended) {
    end = ended;
    return () -> audience.hear(this, progress, ended);
  }
}
