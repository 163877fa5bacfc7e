package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.internal.concurrent.ClientClosed;
import io.github.typedbcloud.internal.concurrent.DaemonThreads;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All waits of one client. The waits of one scope share its polls, so the number of requests does
 * not grow with that of waits (but for a direct read of each cluster that a list lacks), and all
 * scopes share a few threads, so neither does that of threads; without waits there are none.
 * Thread-safe.
 *
 * <p>One thread schedules: it sleeps until a poll of a scope is due. The polls themselves run on at
 * most {@value #MAX_POLLING_THREADS} others. User code runs on neither, except for the task
 * decorator of the client, around a poll. While polls are in-flight the scheduler waits on the
 * machine's clock, so that a manual clock, which a sleep advances, stands still.
 */
public final class WaitCoordinator implements AutoCloseable {

  /** How many scopes are polled at the same time. */
  static final int MAX_POLLING_THREADS = 8;

  /** Fits a count of nanoseconds. */
  private static final Duration MAX_PAUSE = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(WaitCoordinator.class);

  private final TimeSource time;
  private final DoubleSupplier random;
  private final Executor executor;
  private final ThreadPoolExecutor polls = DaemonThreads.polling(MAX_POLLING_THREADS);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock:
  private final Map<String, ScopePoller> scopes = new LinkedHashMap<>();
  private @Nullable Thread scheduler;

  /** Until when the scheduler sleeps on the client's source of time; null while it does not. */
  private @Nullable Duration asleepUntil;

  private boolean closed;

  /**
   * A coordinator without waits.
   *
   * @param random returns values from 0 inclusive to 1 exclusive
   * @param executor runs the listeners, and completes the futures, of {@link #awaitAllAsync}
   */
  public WaitCoordinator(TimeSource time, DoubleSupplier random, Executor executor) {
    this.time = time;
    this.random = random;
    this.executor = executor;
  }

  /**
   * Waits, as {@link #awaitAllAsync} does with the calling thread as its executor, which runs the
   * listener.
   *
   * @param scope identifies the scope
   * @return what was found for each target, in their order; empty for a target without a status.
   *     The list cannot be changed
   * @throws WaitException when a target is not reached; then the other waits end too
   * @throws TypeDBCloudException when a poll fails and another would fail too
   * @throws IllegalStateException when the client is closed, before or during the wait
   */
  public List<Optional<Cluster>> awaitAll(
      String scope, PollSource source, List<WaitTarget> targets, PollSchedule schedule) {
    if (targets.isEmpty()) {
      return List.of();
    }
    BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    WaitGroup group = new WaitGroup(targets, schedule, source, work::add, time);
    CompletableFuture<List<Optional<Cluster>>> future = group.future();
    // Wakes this thread up when another one completes the future.
    CompletableFuture<?> unused = future.whenComplete((found, failure) -> work.add(() -> {}));
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted before the first poll");
      }
      add(scope, group.waits());
      while (!future.isDone()) {
        work.take().run();
      }
      return future.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw group.interrupted(e);
    } catch (CompletionException e) {
      throw rethrow(e.getCause());
    } finally {
      remove(scope, group.waits());
    }
  }

  /**
   * Waits without a thread, as {@link #awaitAll} does on one.
   *
   * @return fails as {@link #awaitAll} throws. However it is completed, cancelling included, the
   *     waits end with it
   */
  public CompletableFuture<List<Optional<Cluster>>> awaitAllAsync(
      String scope, PollSource source, List<WaitTarget> targets, PollSchedule schedule) {
    if (targets.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    WaitGroup group =
        new WaitGroup(
            targets,
            schedule,
            source,
            delivery -> executor.execute(() -> source.inContext(delivery)),
            time);
    CompletableFuture<List<Optional<Cluster>>> future = group.future();
    try {
      add(scope, group.waits());
    } catch (IllegalStateException e) {
      future.completeExceptionally(e);
      return future;
    }
    // After the waits joined, because a future that is completed already leaves at once.
    CompletableFuture<?> unused =
        future.whenComplete((found, failure) -> remove(scope, group.waits()));
    return future;
  }

  /** Ends all waits with an IllegalStateException, and rejects new ones. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    endAll(new WaitOutcome.Closed());
    polls.shutdown();
  }

  /** The number of scopes with waits. */
  int scopes() {
    lock.lock();
    try {
      return scopes.size();
    } finally {
      lock.unlock();
    }
  }

  private void add(String key, Collection<PendingWait> waits) {
    lock.lock();
    try {
      if (closed) {
        throw ClientClosed.exception();
      }
      ScopePoller scope = scopes.computeIfAbsent(key, unused -> new ScopePoller(time, random));
      scope.add(waits);
      if (scheduler == null) {
        scheduler = DaemonThreads.start("typedb-cloud-wait", this::run);
      } else {
        // While it polls, for the time limit of the waits that joined.
        wakeUp(scope.isPolling() ? Duration.ZERO : scope.due());
      }
    } catch (Error e) {
      // The JVM cannot start a thread.
      removeLocked(key, waits);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void remove(String key, Collection<PendingWait> waits) {
    lock.lock();
    try {
      removeLocked(key, waits);
    } finally {
      lock.unlock();
    }
  }

  private void removeLocked(String key, Collection<PendingWait> waits) {
    ScopePoller scope = scopes.get(key);
    if (scope != null) {
      scope.remove(waits);
      if (scope.isEmpty()) {
        scopes.remove(key);
        wakeUp(Duration.ZERO);
      }
    }
  }

  /** Lets the scheduler look again, if it would otherwise do so later than something is due. */
  private void wakeUp(Duration due) {
    changed.signalAll();
    if (scheduler != null && asleepUntil != null && due.compareTo(asleepUntil) < 0) {
      scheduler.interrupt();
    }
  }

  private void run() {
    try {
      while (startDuePolls()) {
        // The next ones.
      }
    } catch (Throwable e) {
      // Out of memory, or a source of time that fails: no caller may wait for ever.
      lock.lock();
      try {
        scheduler = null;
      } finally {
        lock.unlock();
      }
      endAll(new WaitOutcome.Failed(e));
    }
  }

  /** Starts the polls that are due, and sleeps until others are; false without waits. */
  private boolean startDuePolls() {
    List<Runnable> reports = new ArrayList<>();
    Duration pause = null;
    lock.lock();
    try {
      asleepUntil = null;
      // An interrupt only wakes this thread up; the fields say why.
      Thread.interrupted();
      endTimedOut(reports);
      if (scopes.isEmpty()) {
        scheduler = null;
        return false;
      }
      Duration now = time.elapsed();
      Duration next = startDuePolls(now);
      Duration toTimeout = timeToNextTimeout();
      if (!reports.isEmpty()) {
        return true;
      }
      if (scopes.values().stream().anyMatch(ScopePoller::isPolling)) {
        awaitChange(earlier(next == null ? null : next.minus(now), toTimeout));
      } else if (next != null) {
        asleepUntil = next;
        pause = next.minus(now);
      }
    } finally {
      lock.unlock();
      send(reports);
    }
    if (pause != null) {
      try {
        time.sleep(pause);
      } catch (InterruptedException e) {
        LOG.trace("Woken up to check the waits again");
      }
    }
    return true;
  }

  /** Returns when the next poll is due, of the scopes without one; null when all have one. */
  private @Nullable Duration startDuePolls(Duration now) {
    Duration next = null;
    for (Map.Entry<String, ScopePoller> entry : scopes.entrySet()) {
      ScopePoller scope = entry.getValue();
      if (scope.isPolling()) {
        continue;
      }
      if (scope.due().compareTo(now) <= 0) {
        ScopePoller.Poll poll = scope.start(now);
        scope.startedAs(polls.submit(() -> poll(entry.getKey(), scope, poll)));
      } else {
        next = earlier(next, scope.due());
      }
    }
    return next;
  }

  /** On a polling thread. */
  private void poll(String key, ScopePoller scope, ScopePoller.Poll poll) {
    PollResult result = poll.read();
    List<Runnable> reports;
    lock.lock();
    try {
      reports = scope.evaluate(poll, result);
      // Before the end is reported, so that nothing is kept afterwards.
      if (scope.isEmpty()) {
        scopes.remove(key, scope);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    send(reports);
  }

  private void endTimedOut(List<Runnable> reports) {
    for (ScopePoller scope : scopes.values()) {
      Duration left = scope.timeToNextTimeout();
      if (left != null && left.compareTo(Duration.ZERO) <= 0) {
        reports.addAll(scope.timeOut());
      }
    }
    scopes.values().removeIf(ScopePoller::isEmpty);
  }

  private @Nullable Duration timeToNextTimeout() {
    Duration next = null;
    for (ScopePoller scope : scopes.values()) {
      Duration left = scope.timeToNextTimeout();
      next = left == null ? next : earlier(next, left);
    }
    return next;
  }

  /** Waits on the machine's clock. */
  @SuppressWarnings("WaitNotInLoop") // the caller loops, and looks at all scopes each time
  private void awaitChange(@Nullable Duration limit) {
    try {
      if (limit == null) {
        changed.await();
      } else {
        boolean unused = changed.await(Times.min(limit, MAX_PAUSE).toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      LOG.trace("Woken up to check the waits again");
    }
  }

  private void endAll(WaitOutcome how) {
    List<Runnable> reports = new ArrayList<>();
    lock.lock();
    try {
      scopes.values().forEach(scope -> reports.addAll(scope.endAll(how)));
      scopes.clear();
      wakeUp(Duration.ZERO);
    } finally {
      lock.unlock();
    }
    send(reports);
  }

  private static void send(List<Runnable> reports) {
    for (Runnable report : reports) {
      try {
        report.run();
      } catch (Throwable e) {
        // The failure of one wait must not reach the others.
        LOG.warn("A poll could not be reported to a wait; the other waits continue", e);
      }
    }
  }

  private static @Nullable Duration earlier(@Nullable Duration a, @Nullable Duration b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Times.min(a, b);
  }

  /** The failure of a wait, for its caller. */
  private static RuntimeException rethrow(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("A poll failed: " + failure, failure);
  }
}
