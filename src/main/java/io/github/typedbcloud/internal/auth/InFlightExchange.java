package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.api.Result;
import io.github.typedbcloud.internal.http.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** An exchange that callers wait for. Thread-safe. */
final class InFlightExchange {

  /** How long callers wait for the listeners, so that these see the exchange before its use. */
  private static final Duration MAX_NOTIFICATION = Duration.ofSeconds(1);

  private final boolean isRenewal;
  private final Deadline limit;
  private final CompletableFuture<@Nullable Result<AccessToken>> result = new CompletableFuture<>();
  private final CompletableFuture<Boolean> notified = new CompletableFuture<>();

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock:
  private @Nullable Thread runner;
  private boolean interrupted;

  /**
   * An exchange that starts now.
   *
   * @param isRenewal whether the previous token is valid
   * @param limit when it is abandoned
   */
  InFlightExchange(boolean isRenewal, Deadline limit) {
    this.isRenewal = isRenewal;
    this.limit = limit;
  }

  /** For a result that needs no exchange. */
  static InFlightExchange ended(Result<AccessToken> known) {
    InFlightExchange ended = new InFlightExchange(false, Deadline.after(Duration.ZERO));
    ended.complete(known);
    ended.listenersNotified();
    return ended;
  }

  boolean isRenewal() {
    return isRenewal;
  }

  boolean hasEnded() {
    return result.isDone();
  }

  Deadline limit() {
    return limit;
  }

  /** Whether it hangs, so that another must be started. */
  boolean isOverdue() {
    return !hasEnded() && limit.isOver();
  }

  /** The current thread works on it, up to {@link #end}. */
  void begin() {
    lock.lock();
    try {
      runner = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  /** The work is done; an interrupt of {@link #abandon} does not outlast it. */
  void end() {
    lock.lock();
    try {
      runner = null;
      if (interrupted) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends it without a result for those who wait, and interrupts it, so that its thread ends when
   * what it waits for allows that.
   */
  void abandon() {
    result.complete(null);
    lock.lock();
    try {
      if (runner != null) {
        interrupted = true;
        runner.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  void complete(Result<AccessToken> outcome) {
    result.complete(outcome);
  }

  void listenersNotified() {
    notified.complete(true);
  }

  /**
   * The result, for a caller that waits for it until a deadline.
   *
   * @return null when the deadline or the limit of the exchange passed, or it was abandoned
   * @throws InterruptedException when the caller is interrupted
   */
  @Nullable Result<AccessToken> await(Deadline deadline) throws InterruptedException {
    try {
      Duration time = min(deadline.remaining(), limit.remaining());
      Result<AccessToken> outcome = result.get(time.toNanos(), TimeUnit.NANOSECONDS);
      if (outcome != null) {
        awaitNotified(deadline);
      }
      return outcome;
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("It is never completed with an exception.", e);
    }
  }

  private void awaitNotified(Deadline deadline) throws ExecutionException {
    try {
      Duration time = min(deadline.remaining(), MAX_NOTIFICATION);
      boolean unused = notified.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // A listener blocks: that must not cost the callers more.
      listenersNotified();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
