package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All waits of one client. Those of one key share a thread and its polls, so that a thousand cost
 * the service what one costs; a key without waits costs nothing. Thread-safe.
 */
public final class WaitCoordinator implements AutoCloseable {

  private final TimeSource time;
  private final DoubleSupplier random;
  private final Executor executor;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<PollKey, ScopePoller> shared = new HashMap<>();
  private boolean closed;

  /**
   * No waits yet, and no thread.
   *
   * @param random from 0 inclusive to 1 exclusive
   * @param executor tells the listeners, and completes the futures, of {@link #watchAll}
   */
  public WaitCoordinator(TimeSource time, DoubleSupplier random, Executor executor) {
    this.time = time;
    this.random = random;
    this.executor = executor;
  }

  /**
   * Waits. The listener is told on the calling thread.
   *
   * @return the cluster that reached the goal; empty when the goal is that it is gone
   * @throws WaitException when the goal is not reached
   * @throws TypeDBCloudException when a poll is refused for a reason that will not pass
   * @throws IllegalStateException when the client is closed, before or meanwhile
   */
  public Optional<Cluster> await(
      PollKey key, PollSource reads, WaitTarget goal, PollSchedule plan) {
    return awaitAll(key, reads, List.of(goal), plan).get(0);
  }

  /**
   * Waits for several, which all have the same time.
   *
   * @return what reached each goal, in the order of the goals; the list cannot be changed
   * @throws WaitException when one goal is not reached; then the rest are let go
   * @throws TypeDBCloudException when a poll is refused for a reason that will not pass
   * @throws IllegalStateException when the client is closed, before or meanwhile
   */
  public List<Optional<Cluster>> awaitAll(
      PollKey key, PollSource reads, List<WaitTarget> goals, PollSchedule plan) {
    if (goals.isEmpty()) {
      return List.of();
    }
    Mailbox mailbox = new Mailbox();
    WaitGroup party = party(goals, plan, mailbox);
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted before the first poll");
      }
      refuseFromListener(key);
      join(key, reads, party.waits());
      untilAllReached(party, plan, mailbox);
      return goals.stream().map(party::found).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw party.interrupted(e);
    } finally {
      leave(key, party.waits());
    }
  }

  /**
   * Waits for several without a thread, as {@link #awaitAll} does on one. The listener is told on
   * the executor.
   *
   * @return fails as {@link #awaitAll} throws; however it is completed, cancelling included, the
   *     waits end with it
   */
  public CompletableFuture<List<Optional<Cluster>>> watchAll(
      PollKey key, PollSource reads, List<WaitTarget> goals, PollSchedule plan) {
    if (goals.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    Promise promise = new Promise(goals, plan, executor, audience -> party(goals, plan, audience));
    CompletableFuture<List<Optional<Cluster>>> future = promise.future();
    Collection<PendingWait> waits = promise.party().waits();
    try {
      join(key, reads, waits);
    } catch (IllegalStateException e) {
      future.completeExceptionally(e);
      return future;
    }
    // After the waits have joined, or a future that is done already would leave before.
    CompletableFuture<List<Optional<Cluster>>> unused =
        future.whenComplete((found, failure) -> leave(key, waits));
    return future;
  }

  /** Ends all waits with an IllegalStateException, and refuses new ones. */
  @Override
  public void close() {
    List<ScopePoller> open;
    lock.lock();
    try {
      closed = true;
      open = List.copyOf(shared.values());
      shared.clear();
    } finally {
      lock.unlock();
    }
    open.forEach(polls -> polls.endAll(new WaitOutcome.Closed()));
  }

  /** The keys with waits. */
  int keys() {
    lock.lock();
    try {
      return shared.size();
    } finally {
      lock.unlock();
    }
  }

  private WaitGroup party(List<WaitTarget> goals, PollSchedule plan, Audience audience) {
    Duration begun = time.elapsed();
    return WaitGroup.of(
        goals.stream()
            .distinct()
            .map(goal -> new PendingWait(goal, plan, audience, time, begun))
            .toList());
  }

  private static void untilAllReached(WaitGroup party, PollSchedule plan, Mailbox mailbox)
      throws InterruptedException {
    int pending = party.waits().size();
    while (pending > 0) {
      Mailbox.News news = mailbox.take();
      if (news.progress() != null) {
        plan.tell(news.progress());
      }
      if (news.end() instanceof WaitOutcome.Reached) {
        pending--;
      } else if (news.end() != null) {
        Throwable failure = party.failure(news.from(), news.end());
        if (failure instanceof Error error) {
          throw error;
        }
        throw failure instanceof RuntimeException unchecked
            ? unchecked
            : new IllegalStateException("A poll failed: " + failure, failure);
      }
    }
  }

  private void join(PollKey key, PollSource reads, Collection<PendingWait> waits) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("This TypeDBCloudClient is closed; build another one.");
      }
      ScopePoller polls = shared.get(key);
      if (polls == null || !polls.join(waits)) {
        ScopePoller fresh = new ScopePoller(reads, time, random, ended -> forget(key, ended));
        fresh.join(waits);
        // Kept only if the machine has a thread left for it.
        fresh.start();
        shared.put(key, fresh);
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave(PollKey key, Collection<PendingWait> waits) {
    ScopePoller polls = of(key);
    // Polls that are no longer kept have ended all their waits.
    if (polls != null) {
      polls.leave(waits);
    }
  }

  /** Who waits on the thread that makes the polls would wait for ever. */
  private void refuseFromListener(PollKey key) {
    ScopePoller polls = of(key);
    if (polls != null && polls.runsOnThisThread()) {
      throw new IllegalStateException(
          "The listener of an asynchronous wait cannot wait itself; wait on another thread.");
    }
  }

  private @Nullable ScopePoller of(PollKey key) {
    lock.lock();
    try {
      return shared.get(key);
    } finally {
      lock.unlock();
    }
  }

  private void forget(PollKey key, ScopePoller ended) {
    lock.lock();
    try {
      shared.remove(key, ended);
    } finally {
      lock.unlock();
    }
  }
}
