package io.github.typedbcloud.simulator;

import io.github.typedbcloud.time.ManualTime;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** A source of time that a simulator cannot move, as the system clocks; a test lets it run. */
final class RunningTime implements TimeSource {

  private final ManualTime time = new ManualTime();

  void run(Duration duration) {
    time.advance(duration);
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public Duration elapsed() {
    return time.elapsed();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    time.sleep(duration);
  }
}
