package io.github.typedbcloud.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A clock for tests. It stands still until {@link #advance} moves it, or {@link #sleep}, which
 * advances it by the requested time and returns immediately.
 *
 * <p>Thread-safe. When several threads sleep at the same time, their sleeps add up, so use a
 * generous timeout for waits that share an instance. The timeout of a single call runs on the
 * system clock and is not affected.
 */
public final class ManualTime implements TimeSource {

  private static final Instant DEFAULT_START = Instant.parse("2025-01-30T17:00:00Z");

  private Instant wall;
  private Duration elapsed = Duration.ZERO;

  /** Starts at a fixed moment, the same in every run. */
  public ManualTime() {
    this(DEFAULT_START);
  }

  /**
   * Starts with the wall clock at the given moment.
   *
   * @param start what {@link #now()} returns until the time is advanced
   */
  public ManualTime(Instant start) {
    Objects.requireNonNull(start, "start must not be null");
    this.wall = start;
  }

  /**
   * Advances both clocks.
   *
   * @param duration by how much; not negative
   * @throws IllegalArgumentException when the duration is negative
   */
  public synchronized void advance(Duration duration) {
    Objects.requireNonNull(duration, "duration must not be null");
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "Cannot advance the time by " + duration + "; use zero or more.");
    }
    wall = wall.plus(duration);
    elapsed = elapsed.plus(duration);
  }

  /**
   * Sets the wall clock alone, as an administrator or a time server would. {@link #elapsed()} is
   * not affected.
   *
   * @param newWall what {@link #now()} returns from then on; may be in the past
   */
  public synchronized void setWallClock(Instant newWall) {
    wall = Objects.requireNonNull(newWall, "newWall must not be null");
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
    Objects.requireNonNull(duration, "duration must not be null");
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
