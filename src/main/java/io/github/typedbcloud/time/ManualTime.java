package io.github.typedbcloud.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Time that stands still until somebody moves it: a test by {@link #advance}, or a sleeper, whose
 * {@link #sleep} returns at once after moving the time by what it asked for.
 *
 * <p>Thread-safe. When several threads sleep at the same time, their sleeps add up, so give waits
 * that share one a generous timeout. The timeout of a single call runs on the machine's clock and
 * is not touched.
 */
public final class ManualTime implements TimeSource {

  private static final Instant DEFAULT_START = Instant.parse("2025-01-30T17:00:00Z");

  private Instant wall;
  private Duration elapsed = Duration.ZERO;

  /** Starts at an arbitrary moment that is the same in every run. */
  public ManualTime() {
    this(DEFAULT_START);
  }

  /**
   * Starts with the wall clock at the given moment.
   *
   * @param start what {@link #now()} answers until the time is moved
   */
  public ManualTime(Instant start) {
    this.wall = start;
  }

  /**
   * Moves both clocks forward.
   *
   * @param duration by how much; not negative
   * @throws IllegalArgumentException when the duration is negative
   */
  public synchronized void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "Time cannot go back by " + duration + "; give 0 or more.");
    }
    wall = wall.plus(duration);
    elapsed = elapsed.plus(duration);
  }

  /**
   * Sets the wall clock alone, as an administrator or a time server would. {@link #elapsed()} does
   * not notice.
   *
   * @param newWall what {@link #now()} answers from here on; may lie in the past
   */
  public synchronized void setWallClock(Instant newWall) {
    wall = newWall;
  }

  @Override
  public synchronized Instant now() {
    return wall;
  }

  @Override
  public synchronized Duration elapsed() {
    return elapsed;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a sleep of " + duration);
    }
    if (!duration.isNegative()) {
      advance(duration);
    }
  }

  @Override
  public synchronized String toString() {
    return "ManualTime[now=" + wall + ", elapsed=" + elapsed + "]";
  }
}
