package io.github.typedbcloud.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock by which the client and the simulator read the time and sleep.
 *
 * <p>With the same {@link ManualTime} in both, a test of a deployment of twenty minutes takes
 * milliseconds. Implementations must be thread-safe.
 */
public interface TimeSource {

  /** The wall clock. It may jump; the client does not measure durations by it. */
  Instant now();

  /**
   * The monotonic clock: the time since an arbitrary fixed moment. The difference of two values is
   * a duration, independent of changes to the wall clock.
   */
  Duration elapsed();

  /** {@link #elapsed()} in nanoseconds. Override it to avoid an allocation. */
  default long elapsedNanos() {
    return elapsed().toNanos();
  }

  /**
   * Waits until {@link #elapsed()} has grown by the given time.
   *
   * @param duration how long; nothing happens when it is zero or negative
   * @throws InterruptedException when the thread is interrupted before or during the sleep
   */
  void sleep(Duration duration) throws InterruptedException;

  /** The system clocks: the wall clock, and the monotonic clock of the JVM. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}
