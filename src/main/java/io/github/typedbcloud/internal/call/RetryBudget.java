package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests a client may repeat, over all its calls and threads, so that an outage is not
 * met with a storm: a token bucket. A repetition takes a token; a call that succeeds in the end
 * gives back those that it took; and one comes back each {@link #REFILL_INTERVAL}.
 *
 * <p>Thread-safe.
 */
public final class RetryBudget {

  /** How many repetitions without a success there may be at once. */
  static final int CAPACITY = 100;

  /** How often another token comes of itself. */
  static final Duration REFILL_INTERVAL = Duration.ofSeconds(1);

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock:
  private double tokens = CAPACITY;
  private Duration countedAt;

  /** A full bucket. */
  public RetryBudget(TimeSource time) {
    this.time = time;
    this.countedAt = time.elapsed();
  }

  /** Takes a token; false when there is none. */
  boolean take() {
    lock.lock();
    try {
      Duration now = time.elapsed();
      double refilled = (double) now.minus(countedAt).toNanos() / REFILL_INTERVAL.toNanos();
      tokens = Math.min(CAPACITY, tokens + refilled);
      countedAt = now;
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void giveBack(int taken) {
    lock.lock();
    try {
      tokens = Math.min(CAPACITY, tokens + taken);
    } finally {
      lock.unlock();
    }
  }
}
