package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The waits of one scope, which share its polls. Everything but {@link Poll#read} is guarded by the
 * lock of the {@link WaitCoordinator}.
 */
final class ScopePoller {

  /**
   * A poll that is in-flight.
   *
   * @param sharing the waits that are evaluated with it: those that had joined when it started
   */
  record Poll(
      Set<PendingWait> sharing,
      Set<String> ids,
      Set<String> mustConfirm,
      PollSource source,
      Duration timeout) {

    /** Sends its requests; called without a lock. */
    PollResult read() {
      return PollResult.poll(source, ids, mustConfirm, timeout);
    }
  }

  private final TimeSource time;
  private final DoubleSupplier random;
  private final Set<PendingWait> waits = new LinkedHashSet<>();
  private @Nullable Duration lastPoll;
  private Duration notBefore = Duration.ZERO;
  private boolean wasReached;

  /** When the next poll is due; recomputed when the waits change. */
  private Duration due = Duration.ZERO;

  private @Nullable Poll inFlight;
  private @Nullable Future<?> task;

  /** When the first wait has no more time for the poll that is in-flight; null for none. */
  private @Nullable Deadline nextTimeout;

  /** The same as a time from the start of the poll. */
  private Duration nextTimeoutAfter = Duration.ZERO;

  ScopePoller(TimeSource time, DoubleSupplier random) {
    this.time = time;
    this.random = random;
  }

  /** Adds waits together. */
  void add(Collection<PendingWait> joining) {
    waits.addAll(joining);
    Duration now = time.elapsed();
    joining.forEach(wait -> wait.join(now, lastPoll));
    schedule();
  }

  /** Removes waits, which may have ended before. After the last one, an in-flight poll ends too. */
  void remove(Collection<PendingWait> leaving) {
    leaving.forEach(waits::remove);
    schedule();
    cancelUnneeded();
  }

  boolean isEmpty() {
    return waits.isEmpty();
  }

  /** Ends all waits, and returns how to report it. */
  List<Runnable> endAll(WaitOutcome how) {
    List<Runnable> reports = waits.stream().map(wait -> wait.end(how)).toList();
    waits.clear();
    cancelUnneeded();
    return reports;
  }

  boolean isPolling() {
    return inFlight != null;
  }

  /** When the next poll is due. */
  Duration due() {
    return due;
  }

  /** Starts a poll. */
  Poll start(Duration now) {
    lastPoll = now;
    Set<String> ids = new HashSet<>();
    Set<String> mustConfirm = new HashSet<>();
    PendingWait mostPatient = null;
    Duration timeout = Duration.ZERO;
    for (PendingWait wait : waits) {
      ids.add(wait.target().clusterId());
      if (wait.mustConfirmAbsence()) {
        mustConfirm.add(wait.target().clusterId());
      }
      timeout = Times.max(timeout, wait.pollTimeout(now));
      // A short deadline of one caller's calls must not end the polls of the others.
      if (mostPatient == null
          || wait.source().callTimeout().compareTo(mostPatient.source().callTimeout()) > 0) {
        mostPatient = wait;
      }
    }
    if (mostPatient == null) {
      throw new IllegalStateException("A poll without waits is not needed.");
    }
    // What a list lacks is always confirmed: only a direct read says that it does not exist.
    inFlight =
        new Poll(
            new LinkedHashSet<>(waits),
            ids,
            ids.size() > 1 ? ids : mustConfirm,
            mostPatient.source(),
            timeout);
    scheduleTimeout(now, Duration.ZERO, timeout);
    return inFlight;
  }

  /** The task that makes the poll, to cancel it. */
  void startedAs(Future<?> pollTask) {
    task = pollTask;
  }

  /** The time until a wait has no more time for the in-flight poll; null for none. */
  @Nullable Duration timeToNextTimeout() {
    return nextTimeout == null ? null : nextTimeout.remaining();
  }

  /** Ends the waits that have no more time for the in-flight poll. */
  List<Runnable> timeOut() {
    List<Runnable> reports = new ArrayList<>();
    if (inFlight == null || nextTimeout == null || lastPoll == null) {
      return reports;
    }
    Duration passed = nextTimeoutAfter;
    for (PendingWait wait : List.copyOf(waits)) {
      if (inFlight.sharing().contains(wait) && wait.pollTimeout(lastPoll).compareTo(passed) <= 0) {
        reports.add(wait.timeOut());
        waits.remove(wait);
      }
    }
    scheduleTimeout(lastPoll, passed, inFlight.timeout());
    schedule();
    cancelUnneeded();
    return reports;
  }

  /** Of the waits that have less time than the poll itself. */
  private void scheduleTimeout(Duration pollStart, Duration passed, Duration pollTimeout) {
    Duration next = null;
    for (PendingWait wait : waits) {
      Duration own = wait.pollTimeout(pollStart);
      if (own.compareTo(passed) > 0
          && own.compareTo(pollTimeout) < 0
          && (next == null || own.compareTo(next) < 0)) {
        next = own;
      }
    }
    nextTimeout = next == null ? null : Deadline.after(next.minus(passed));
    nextTimeoutAfter = next == null ? Duration.ZERO : next;
  }

  /**
   * Evaluates a poll that ended. Waits that joined while it was in-flight are not evaluated with
   * it.
   */
  List<Runnable> evaluate(Poll poll, PollResult result) {
    inFlight = null;
    task = null;
    nextTimeout = null;
    List<Runnable> reports = new ArrayList<>();
    Duration now = time.elapsed();
    notBefore = Times.after(now, result.retryAfter());
    for (PendingWait wait : poll.sharing()) {
      if (waits.contains(wait)) {
        reports.add(wait.evaluate(result, now, notBefore, wasReached, random));
        if (wait.outcome() != null) {
          waits.remove(wait);
        }
      }
    }
    wasReached |= result.isResponse();
    schedule();
    return reports;
  }

  private void schedule() {
    Duration shared = waits.size() > 1 ? lastPoll : null;
    due =
        waits.stream()
            .map(wait -> wait.nextPoll(notBefore, shared))
            .min(Duration::compareTo)
            .orElse(Duration.ZERO);
  }

  private void cancelUnneeded() {
    if (waits.isEmpty() && task != null) {
      task.cancel(true);
    }
  }
}
