package io.github.typedbcloud.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Where the client and the simulator read the time and where they sleep.
 *
 * <p>Give a {@link ManualTime} to both in a test, and a deployment of twenty minutes passes in
 * milliseconds. Implementations must be thread-safe.
 */
public interface TimeSource {

  /** The wall clock. It may jump; nothing in the client measures a length of time by it. */
  Instant now();

  /**
   * The time since some fixed moment of this source's own. It never goes backwards, so the
   * difference of two readings is a length of time whatever the wall clock does.
   */
  Duration elapsed();

  /** {@link #elapsed()} in nanoseconds, for those who ask often; it lasts 292 years. */
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

  /** The machine's own clocks: the wall clock, and the monotonic clock of the JVM. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}
