package io.github.typedbcloud.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The system clocks. Only this class reads them. */
final class SystemTime implements TimeSource {

  static final SystemTime INSTANCE = new SystemTime();

  /** Elapsed times start near zero, so that they are readable in a debugger. */
  private final long origin = System.nanoTime();

  private SystemTime() {}

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Duration elapsed() {
    return Duration.ofNanos(elapsedNanos());
  }

  @Override
  public long elapsedNanos() {
    return System.nanoTime() - origin;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(duration.toNanos());
  }

  @Override
  public String toString() {
    return "TimeSource.system()";
  }
}
