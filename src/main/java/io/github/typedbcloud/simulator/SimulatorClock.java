package io.github.typedbcloud.simulator;

import io.github.typedbcloud.time.ManualTime;
import io.github.typedbcloud.time.TimeSource;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a {@link TypeDBCloudSimulator}: it runs on the source of time of the simulator, or
 * is frozen until it is advanced. A client that is built with this clock as its source of time
 * shares it.
 *
 * <p>When the source of time is a {@link ManualTime}, this clock always shows that one and moves
 * it: it is always manual, and everything else that uses the same instance sees the change.
 *
 * <p>Thread-safe. {@link #elapsed()} never goes backwards.
 */
public final class SimulatorClock implements TimeSource {

  /** The last moment whose year has the four digits of a {@code Date} header. */
  static final Instant MAX_WALL = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private final TimeSource base;

  /** The base, or a time of its own while the clock is frozen. */
  private TimeSource source;

  /** What is added to the times of the source. */
  private Duration wallOffset = Duration.ZERO;

  private Duration elapsedOffset;

  /** The offset of the wall clock at the start, or the wall clock itself if it was manual. */
  private Duration startOffset = Duration.ZERO;

  private @Nullable Instant manualStart;

  /** Creates a clock whose elapsed time starts at zero. */
  SimulatorClock(TimeSource base) {
    this.base = base;
    this.source = base;
    this.elapsedOffset = base.elapsed().negated();
    markStart();
  }

  /** Makes the current mode and wall clock those to which {@link #reset} returns. */
  synchronized void markStart() {
    startOffset = wallOffset;
    manualStart = isManual() ? now() : null;
  }

  /** Returns to the mode and the wall clock of the start. The elapsed time is not affected. */
  synchronized void reset() {
    if (manualStart != null) {
      manual();
      setWall(manualStart);
    } else {
      use(base);
      wallOffset = startOffset;
    }
  }

  /** The wall clock: the {@code Date} header, {@code createdAt}, the dates in access tokens. */
  @Override
  public synchronized Instant now() {
    return source.now().plus(wallOffset);
  }

  /** The time since the start of the simulator: transitions and the expiry of access tokens. */
  @Override
  public synchronized Duration elapsed() {
    return source.elapsed().plus(elapsedOffset);
  }

  /**
   * Sleeps as the source of time of the simulator does; a manual clock is advanced by the duration
   * instead.
   */
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Objects.requireNonNull(duration, "duration must not be null");
    TimeSource current;
    synchronized (this) {
      current = source;
    }
    current.sleep(duration);
  }

  /** Whether the clock stands still until it is advanced. */
  public synchronized boolean isManual() {
    return source instanceof ManualTime;
  }

  /** Freezes both clocks. Does nothing when the clock is manual already. */
  public synchronized void manual() {
    if (!isManual()) {
      Instant wall = now();
      use(new ManualTime(wall));
      wallOffset = Duration.ZERO;
    }
  }

  /**
   * Lets both clocks run on from where they are. Does nothing when the clock runs already.
   *
   * @throws IllegalStateException when the source of time of the simulator is a {@link ManualTime}
   */
  public synchronized void real() {
    requirePossible(Optional.of(false));
    if (isManual()) {
      Duration offset = Duration.between(base.now(), now());
      use(base);
      wallOffset = offset;
    }
  }

  /**
   * Advances both clocks, whether they run or not.
   *
   * @param duration by how much; not negative
   * @throws IllegalArgumentException when the duration is negative, or leads beyond the year 9999
   *     or more than 100 years from the start
   */
  public synchronized void advance(Duration duration) {
    Objects.requireNonNull(duration, "duration must not be null");
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "The clock cannot be advanced by " + duration + "; use zero or more.");
    }
    requirePossible(duration);
    if (source instanceof ManualTime manual) {
      manual.advance(duration);
    } else {
      wallOffset = wallOffset.plus(duration);
      elapsedOffset = elapsedOffset.plus(duration);
    }
  }

  /**
   * Sets the wall clock alone, as an administrator or a time server would. Nothing expires and no
   * transition ends because of it.
   *
   * @param newWall what {@link #now()} returns from then on, from 1970 to 9999; may be in the past
   * @throws IllegalArgumentException for any other moment
   */
  public synchronized void setWallClock(Instant newWall) {
    Objects.requireNonNull(newWall, "newWall must not be null");
    requirePossible(newWall);
    setWall(newWall);
  }

  private void setWall(Instant newWall) {
    if (source instanceof ManualTime manual) {
      manual.setWallClock(newWall);
    } else {
      wallOffset = Duration.between(source.now(), newWall);
    }
  }

  /**
   * Parses a moment to which the wall clock can be set.
   *
   * @throws IllegalArgumentException or {@link DateTimeException} for anything else
   */
  static Instant parse(String text) {
    Instant wall = Instant.parse(text);
    requirePossible(wall);
    return wall;
  }

  /**
   * Requires that the mode is possible.
   *
   * @throws IllegalStateException otherwise
   */
  void requirePossible(Optional<Boolean> manual) {
    if (base instanceof ManualTime && !manual.orElse(true)) {
      throw new IllegalStateException(
          "The clock of this simulator is a ManualTime, which is always manual; advance it.");
    }
  }

  /** Changes the mode and the wall clock, or nothing. */
  synchronized void set(Optional<Boolean> manual, Optional<Instant> wall) {
    wall.ifPresent(SimulatorClock::requirePossible);
    requirePossible(manual);
    if (manual.isPresent()) {
      if (manual.get()) {
        manual();
      } else {
        real();
      }
    }
    wall.ifPresent(this::setWallClock);
  }

  private static void requirePossible(Instant wall) {
    if (wall.isBefore(Instant.EPOCH) || wall.isAfter(MAX_WALL)) {
      throw new IllegalArgumentException(
          "The wall clock cannot be set to " + wall + "; the year must be from 1970 to 9999.");
    }
  }

  @Override
  public synchronized String toString() {
    return "SimulatorClock[%s, elapsed=%s]".formatted(isManual() ? "manual" : "real", elapsed());
  }

  /** Changes the source without a change of the elapsed time. */
  private void use(TimeSource newSource) {
    elapsedOffset = elapsed().minus(newSource.elapsed());
    source = newSource;
  }

  private void requirePossible(Duration duration) {
    boolean possible;
    try {
      possible =
          !now().plus(duration).isAfter(MAX_WALL)
              && elapsed().plus(duration).compareTo(Durations.MAX) <= 0;
    } catch (DateTimeException | ArithmeticException e) {
      possible = false;
    }
    if (!possible) {
      throw new IllegalArgumentException(
          "The clock cannot be advanced by "
              + duration
              + ": it would pass the year 9999 or have advanced by more than 100 years.");
    }
  }
}
