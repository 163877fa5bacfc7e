package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
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
      AtomicReference<PollResult> result = new AtomicReference<>();
      source.inContext(() -> result.set(PollResult.poll(source, ids, mustConfirm, timeout)));
      return Objects.requireNonNull(result.get());
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

  /** When the first wait has no more time for a poll; recomputed when the waits change. */
  private @Nullable Deadline firstLimit;

  private @Nullable Poll inFlight;
  private @Nullable Future<?> task;

  ScopePoller(TimeSource time, DoubleSupplier random) {
    this.time = time;
    this.random = random;
  }

  /** Adds waits together. */
  void add(Collection<PendingWait> joining) {
    waits.addAll(joining);
    Duration now = time.elapsed();
    for (PendingWait wait : joining) {
      wait.join(now, lastPoll);
      wait.limitPoll(now);
    }
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
      wait.limitPoll(now);
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
    schedule();
    return inFlight;
  }

  /** The task that makes the poll, to cancel it. */
  void startedAs(Future<?> pollTask) {
    task = pollTask;
  }

  /** The time until a wait has no more time for the in-flight poll; null for none. */
  @Nullable Duration timeToNextTimeout() {
    return inFlight == null || firstLimit == null ? null : firstLimit.remaining();
  }

  /** Ends the waits that have no more time for the in-flight poll. */
  List<Runnable> timeOut() {
    List<Runnable> reports = new ArrayList<>();
    for (PendingWait wait : List.copyOf(waits)) {
      if (wait.pollLimit().remaining().compareTo(Duration.ZERO) <= 0) {
        reports.add(wait.timeOut());
        waits.remove(wait);
      }
    }
    waits.removeIf(PendingWait::isAbandoned);
    schedule();
    cancelUnneeded();
    return reports;
  }

  /**
   * Evaluates a poll that ended. Waits that joined while it was in-flight are not evaluated with
   * it.
   */
  List<Runnable> evaluate(Poll poll, PollResult result) {
    inFlight = null;
    task = null;
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
    waits.removeIf(PendingWait::isAbandoned);
    wasReached |= result.isResponse();
    schedule();
    return reports;
  }

  private void schedule() {
    Duration shared = waits.size() > 1 ? lastPoll : null;
    due = Duration.ZERO;
    firstLimit = null;
    for (PendingWait wait : waits) {
      Duration next = wait.nextPoll(notBefore, shared);
      due = firstLimit == null ? next : Times.min(due, next);
      Deadline limit = wait.pollLimit();
      firstLimit = firstLimit == null || limit.isBefore(firstLimit) ? limit : firstLimit;
    }
  }

  private void cancelUnneeded() {
    if (waits.isEmpty() && task != null) {
      task.cancel(true);
    }
  }
}
