package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits the retries of a client, over all its calls and threads, during an outage: a token bucket.
 * A retry takes a token; a call that succeeds returns those that it took; and one is added every
 * {@link #REFILL_INTERVAL}. Thread-safe.
 */
public final class RetryBudget {

  /** The number of retries without a success in between. */
  static final int CAPACITY = 100;

  /** How often a token is added. */
  static final Duration REFILL_INTERVAL = Duration.ofSeconds(1);

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock:
  private double tokens = CAPACITY;
  private Duration refilledAt;

  /** A full bucket. */
  public RetryBudget(TimeSource time) {
    this.time = time;
    this.refilledAt = time.elapsed();
  }

  /** Takes a token; false when there is none. */
  boolean take() {
    lock.lock();
    try {
      Duration now = time.elapsed();
      double refilled = (double) now.minus(refilledAt).toNanos() / REFILL_INTERVAL.toNanos();
      tokens = Math.min(CAPACITY, tokens + refilled);
      refilledAt = now;
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void refund(int taken) {
    lock.lock();
    try {
      tokens = Math.min(CAPACITY, tokens + taken);
    } finally {
      lock.unlock();
    }
  }
}
