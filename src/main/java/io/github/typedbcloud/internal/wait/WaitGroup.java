package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.error.WaitException.Reason;
import io.github.typedbcloud.internal.concurrent.ClientClosed;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.WaitProgress;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The waits that one caller started together, and their future. All of them reach their targets, or
 * the first that cannot ends the others.
 *
 * <p>What the polling thread reports is delivered on the executor of the caller, one notification
 * after the other, so that neither the listener nor what depends on the future delays a poll.
 */
final class WaitGroup {

  /** How many clusters a message names. */
  private static final int MAX_NAMED = 10;

  /** What the polling thread reports of one wait. */
  private record Notification(
      PendingWait from, @Nullable WaitProgress progress, @Nullable WaitOutcome outcome) {}

  private final CompletableFuture<List<Optional<Cluster>>> future = new CompletableFuture<>();
  private final List<WaitTarget> targets;
  private final Map<WaitTarget, PendingWait> waits = new LinkedHashMap<>();
  private final PollSchedule schedule;
  private final PollSource source;
  private final Executor executor;

  private final Queue<Notification> undelivered = new ConcurrentLinkedQueue<>();
  private final AtomicInteger undeliveredCount = new AtomicInteger();

  /** Guarded by the lock of the coordinator. */
  private boolean hasFailed;

  /** Changed by deliveries alone, which follow each other. */
  private int pending;

  /**
   * A group whose time starts now.
   *
   * @param targets one or more; equal ones share a wait
   * @param source the reads with the options of the caller
   * @param executor runs the listener, and completes the future
   */
  WaitGroup(
      List<WaitTarget> targets,
      PollSchedule schedule,
      PollSource source,
      Executor executor,
      TimeSource time) {
    this.targets = targets;
    this.schedule = schedule;
    this.source = source;
    this.executor = executor;
    Duration startedAt = time.elapsed();
    for (WaitTarget target : targets) {
      waits.computeIfAbsent(
          target, awaited -> new PendingWait(awaited, schedule, source, this, time, startedAt));
    }
    this.pending = waits.size();
    warnOfSpelling(targets.get(0));
  }

  /** At the start, because the wait itself may last half an hour. */
  private void warnOfSpelling(WaitTarget target) {
    String suggestion = target.suggestion();
    if (suggestion != null) {
      Logger log = LoggerFactory.getLogger(WaitGroup.class);
      log.warn(
          "{}",
          source.withoutSecrets(
              "Waiting for "
                  + target
                  + ", a status that the API does not document; "
                  + suggestion));
    }
  }

  /** Completes with what was found for each target, in their order. */
  CompletableFuture<List<Optional<Cluster>>> future() {
    return future;
  }

  /** Whether one of its waits has failed. Called under the lock of the coordinator. */
  boolean hasFailed() {
    return hasFailed;
  }

  Collection<PendingWait> waits() {
    return waits.values();
  }

  /**
   * Reports a poll of a wait, its end, or both. Called in order, under the lock of the coordinator.
   *
   * @param progress null when the wait ends without a poll
   * @param outcome null while the wait goes on
   * @return starts the delivery, if it is not going on; to be run without the lock
   */
  Runnable report(
      PendingWait wait, @Nullable WaitProgress progress, @Nullable WaitOutcome outcome) {
    hasFailed |= outcome != null && !(outcome instanceof WaitOutcome.Reached);
    if (outcome instanceof WaitOutcome.Closed) {
      // Not behind the notifications: a listener may block.
      return () -> execute(() -> future.completeExceptionally(ClientClosed.exception()));
    }
    if (outcome != null || schedule.hasListener()) {
      undelivered.add(new Notification(wait, progress, outcome));
      if (undeliveredCount.getAndIncrement() == 0) {
        return () -> execute(this::deliverAll);
      }
    }
    return () -> {};
  }

  private void execute(Runnable delivery) {
    try {
      executor.execute(delivery);
    } catch (RejectedExecutionException e) {
      // An executor that was shut down must not leave the future incomplete.
      delivery.run();
    }
  }

  private void deliverAll() {
    do {
      deliver(undelivered.remove());
    } while (undeliveredCount.decrementAndGet() > 0);
  }

  private void deliver(Notification notification) {
    if (future.isDone()) {
      return;
    }
    try {
      if (notification.progress() != null) {
        schedule.notifyListener(notification.progress());
      }
    } catch (Error e) {
      future.completeExceptionally(e);
    }
    WaitOutcome outcome = notification.outcome();
    if (outcome instanceof WaitOutcome.Reached) {
      pending--;
      if (pending == 0) {
        future.complete(targets.stream().map(this::found).toList());
      }
    } else if (outcome instanceof WaitOutcome.Failed failed) {
      future.completeExceptionally(failed.failure());
    } else if (outcome instanceof WaitOutcome.NotReached notReached) {
      future.completeExceptionally(exception(notification.from(), notReached));
    }
  }

  private Optional<Cluster> found(WaitTarget target) {
    PendingWait wait = waits.get(target);
    return wait != null && wait.outcome() instanceof WaitOutcome.Reached reached
        ? reached.found()
        : Optional.empty();
  }

  /** The exception of a caller that was interrupted while it waited. */
  WaitException interrupted(InterruptedException cause) {
    PendingWait wait =
        waits().stream()
            .filter(WaitGroup::isPending)
            .findFirst()
            .orElseGet(() -> waits().iterator().next());
    return exception(
        wait, Reason.INTERRUPTED, "the waiting thread was interrupted", wait.elapsed(), cause);
  }

  private WaitException exception(PendingWait wait, WaitOutcome.NotReached notReached) {
    return exception(
        wait,
        notReached.reason(),
        notReached.why(),
        notReached.elapsed(),
        notReached.reason() == Reason.TIMED_OUT ? wait.history().lastFailure() : null);
  }

  private WaitException exception(
      PendingWait wait, Reason reason, String why, Duration elapsed, @Nullable Throwable cause) {
    // Complete, because a poll is evaluated for every wait before it is reported.
    List<String> pendingIds =
        waits().stream()
            .filter(WaitGroup::isPending)
            .map(other -> other.target().clusterId())
            .toList();
    StatusHistory history = wait.history();
    return new WaitException(
        reason,
        history.last(),
        history.changes(),
        pendingIds,
        source.withoutSecrets(
            String.format(
                Locale.ROOT,
                "Waiting for %s ended after %.1f s: %s. %s%s%s",
                wait.target(),
                elapsed.toMillis() / 1000.0,
                why,
                reason == Reason.TIMED_OUT ? wait.target().spellingAdvice(history) : "",
                history,
                waits.size() == 1 ? "" : describe(pendingIds))),
        cause);
  }

  private String describe(List<String> pendingIds) {
    String counts =
        String.format(
            Locale.ROOT, " %d of %d clusters are pending: ", pendingIds.size(), waits.size());
    int more = pendingIds.size() - MAX_NAMED;
    return pendingIds.stream().limit(MAX_NAMED).collect(Collectors.joining(", ", counts, ""))
        + (more > 0 ? " and " + more + " more." : ".");
  }

  private static boolean isPending(PendingWait wait) {
    return !(wait.outcome() instanceof WaitOutcome.Reached);
  }
}
