package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.internal.concurrent.ClientClosed;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.time.TimeSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All waits of one client. The waits of one scope, with the same headers, share a thread and its
 * polls, so the number of requests does not grow with that of waits; without waits there is no
 * thread. Thread-safe.
 */
public final class WaitCoordinator implements AutoCloseable {

  private final TimeSource time;
  private final DoubleSupplier random;
  private final Executor executor;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<PollKey, ScopePoller> pollers = new HashMap<>();
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
   * Waits, as {@link #awaitAllAsync} does with the calling thread as its executor: the poller's
   * thread polls, the calling thread runs the listener.
   *
   * @return what was found for each target, in their order; empty for a target without a status.
   *     The list cannot be changed
   * @throws WaitException when a target is not reached; then the other waits end too
   * @throws TypeDBCloudException when a poll fails and another would fail too
   * @throws IllegalStateException when the client is closed, before or during the wait
   */
  public List<Optional<Cluster>> awaitAll(
      PollKey key, PollSource source, List<WaitTarget> targets, PollSchedule schedule) {
    if (targets.isEmpty()) {
      return List.of();
    }
    BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    WaitGroup group = new WaitGroup(targets, schedule, work::add, time);
    CompletableFuture<List<Optional<Cluster>>> future = group.future();
    // Wakes this thread up when another one completes the future.
    CompletableFuture<?> unused = future.whenComplete((found, failure) -> work.add(() -> {}));
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted before the first poll");
      }
      requireNotPolling(key);
      add(key, source, group.waits());
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
      remove(key, group.waits());
    }
  }

  /**
   * Waits without a thread, as {@link #awaitAll} does on one.
   *
   * @return fails as {@link #awaitAll} throws. However it is completed, cancelling included, the
   *     waits end with it
   */
  public CompletableFuture<List<Optional<Cluster>>> awaitAllAsync(
      PollKey key, PollSource source, List<WaitTarget> targets, PollSchedule schedule) {
    if (targets.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    WaitGroup group = new WaitGroup(targets, schedule, executor, time);
    CompletableFuture<List<Optional<Cluster>>> future = group.future();
    try {
      add(key, source, group.waits());
    } catch (IllegalStateException e) {
      future.completeExceptionally(e);
      return future;
    }
    // After the waits joined, because a future that is completed already leaves at once.
    CompletableFuture<?> unused =
        future.whenComplete((found, failure) -> remove(key, group.waits()));
    return future;
  }

  /** Ends all waits with an IllegalStateException, and rejects new ones. */
  @Override
  public void close() {
    List<ScopePoller> open;
    lock.lock();
    try {
      closed = true;
      open = List.copyOf(pollers.values());
      pollers.clear();
    } finally {
      lock.unlock();
    }
    open.forEach(poller -> poller.endAll(new WaitOutcome.Closed()));
  }

  /** The number of keys with waits. */
  int keys() {
    lock.lock();
    try {
      return pollers.size();
    } finally {
      lock.unlock();
    }
  }

  private void add(PollKey key, PollSource source, Collection<PendingWait> waits) {
    lock.lock();
    try {
      if (closed) {
        throw ClientClosed.exception();
      }
      ScopePoller poller = pollers.get(key);
      if (poller == null || !poller.add(waits)) {
        ScopePoller fresh = new ScopePoller(source, time, random, ended -> forget(key, ended));
        fresh.add(waits);
        // Kept only when the JVM could start its thread.
        fresh.start();
        pollers.put(key, fresh);
      }
    } finally {
      lock.unlock();
    }
  }

  private void remove(PollKey key, Collection<PendingWait> waits) {
    ScopePoller poller = poller(key);
    // A poller that is no longer kept has ended all its waits.
    if (poller != null) {
      poller.remove(waits);
    }
  }

  /** A wait on the polling thread would never end. */
  private void requireNotPolling(PollKey key) {
    ScopePoller poller = poller(key);
    if (poller != null && poller.runsOnThisThread()) {
      throw new IllegalStateException(
          "The listener of an asynchronous wait cannot wait itself; wait on another thread.");
    }
  }

  private @Nullable ScopePoller poller(PollKey key) {
    lock.lock();
    try {
      return pollers.get(key);
    } finally {
      lock.unlock();
    }
  }

  private void forget(PollKey key, ScopePoller ended) {
    lock.lock();
    try {
      pollers.remove(key, ended);
    } finally {
      lock.unlock();
    }
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
