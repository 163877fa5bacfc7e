package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of the simulator, on a source of time that runs and on one that does not. */
@Timeout(60)
class SimulatorClockTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

  private final RunningTime base = new RunningTime();
  private final Instant start = base.now();
  private final SimulatorClock clock = new SimulatorClock(base);

  @Test
  void real_baseRuns_bothClocksRun() {
    base.run(MINUTE);
    assertThat(clock.isManual()).isFalse();
    assertThat(clock.now()).isEqualTo(start.plus(MINUTE));
    assertThat(clock.elapsed()).isEqualTo(MINUTE);
  }

  @Test
  void elapsed_atStart_isZero() {
    base.run(MINUTE);
    assertThat(new SimulatorClock(base).elapsed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void advance_eitherMode_movesBothClocks(boolean manual) {
    if (manual) {
      clock.manual();
    }
    clock.advance(MINUTE);
    clock.advance(Duration.ZERO);
    assertThat(clock.isManual()).isEqualTo(manual);
    assertThat(clock.now()).isEqualTo(start.plus(MINUTE));
    assertThat(clock.elapsed()).isEqualTo(MINUTE);
    assertThat(base.now()).as("is not ours to move").isEqualTo(start);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void setWallClock_eitherMode_movesNothingElse(boolean manual) {
    if (manual) {
      clock.manual();
    }
    clock.setWallClock(NEW_YEAR);
    assertThat(clock.now()).isEqualTo(NEW_YEAR);
    assertThat(clock.elapsed()).isZero();
    base.run(MINUTE);
    assertThat(clock.now()).isEqualTo(manual ? NEW_YEAR : NEW_YEAR.plus(MINUTE));
  }

  @Test
  void modes_changed_goOnFromWhereTheClockIs() {
    base.run(MINUTE);
    clock.manual();
    base.run(MINUTE.multipliedBy(10));
    clock.manual();
    assertThat(clock.now()).isEqualTo(start.plus(MINUTE));
    assertThat(clock.elapsed()).isEqualTo(MINUTE);
    clock.advance(MINUTE);
    clock.real();
    clock.real();
    assertThat(clock.now()).isEqualTo(start.plus(MINUTE.multipliedBy(2)));
    assertThat(clock.elapsed()).isEqualTo(MINUTE.multipliedBy(2));
    base.run(MINUTE);
    assertThat(clock.now()).isEqualTo(start.plus(MINUTE.multipliedBy(3)));
    assertThat(clock.elapsed()).isEqualTo(MINUTE.multipliedBy(3));
  }

  @Test
  void reset_realStart_showsBaseAgainAndKeepsElapsed() {
    clock.manual();
    clock.setWallClock(NEW_YEAR);
    clock.advance(MINUTE);
    base.run(MINUTE.multipliedBy(5));
    clock.reset();
    assertThat(clock.isManual()).isFalse();
    assertThat(clock.now()).isEqualTo(base.now());
    assertThat(clock.elapsed()).isEqualTo(MINUTE);
  }

  @Test
  void reset_manualStart_returnsToItsWallClock() {
    clock.manual();
    clock.setWallClock(NEW_YEAR);
    clock.markStart();
    clock.advance(MINUTE);
    clock.real();
    base.run(MINUTE);
    clock.reset();
    assertThat(clock.isManual()).isTrue();
    assertThat(clock.now()).isEqualTo(NEW_YEAR);
    assertThat(clock.elapsed()).isEqualTo(MINUTE.multipliedBy(2));
  }

  @Test
  void manualBase_isMovedAndStaysManual() {
    ManualTime shared = new ManualTime(NEW_YEAR);
    SimulatorClock manual = new SimulatorClock(shared);
    assertThat(manual.isManual()).isTrue();
    manual.advance(MINUTE);
    assertThat(shared.now()).isEqualTo(NEW_YEAR.plus(MINUTE));
    assertThat(shared.elapsed()).isEqualTo(MINUTE);
    shared.advance(MINUTE);
    assertThat(manual.elapsed()).isEqualTo(MINUTE.multipliedBy(2));
    manual.setWallClock(start);
    assertThat(shared.now()).isEqualTo(start);
    assertThatThrownBy(manual::real)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ManualTime");
    manual.manual();
    manual.reset();
    assertThat(shared.now()).isEqualTo(NEW_YEAR);
    assertThat(shared.elapsed()).isEqualTo(MINUTE.multipliedBy(2));
  }

  @Test
  void manualBase_beforeTheEpoch_canBeReset() {
    Instant early = Instant.parse("1950-01-01T00:00:00Z");
    SimulatorClock manual = new SimulatorClock(new ManualTime(early));
    manual.advance(MINUTE);
    manual.reset();
    assertThat(manual.now()).isEqualTo(early);
  }

  @Test
  void sleep_manualClock_isAdvanced() throws InterruptedException {
    clock.manual();
    clock.sleep(MINUTE);
    assertThat(clock.elapsed()).isEqualTo(MINUTE);
    assertThat(base.elapsed()).isZero();
    clock.real();
    clock.sleep(MINUTE);
    assertThat(base.elapsed()).as("sleeps on the base").isEqualTo(MINUTE);
  }

  @Test
  void arguments_outOfRange_changeNothing() {
    clock.advance(MINUTE);
    for (Duration duration :
        new Duration[] {
          Duration.ofNanos(-1), Duration.ofDays(40_000), Duration.ofSeconds(Long.MAX_VALUE)
        }) {
      assertThatThrownBy(() -> clock.advance(duration))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(duration.toString());
    }
    for (Instant wall : new Instant[] {Instant.MAX, Instant.MIN, Instant.EPOCH.minusNanos(1)}) {
      assertThatThrownBy(() -> clock.setWallClock(wall))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1970 to 9999");
    }
    clock.setWallClock(Instant.parse("9999-12-31T23:59:59Z"));
    assertThatThrownBy(() -> clock.advance(MINUTE)).isInstanceOf(IllegalArgumentException.class);
    assertThat(clock.elapsed()).isEqualTo(MINUTE);
    assertThat(clock.elapsedNanos()).isEqualTo(MINUTE.toNanos());
  }

  @Test
  void elapsed_modesChangeConcurrently_neverGoesBack() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    Thread modes =
        new Thread(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                base.run(Duration.ofMillis(1));
                clock.manual();
                base.run(Duration.ofMillis(1));
                clock.real();
              }
              done.set(true);
            });
    modes.start();
    Duration last = Duration.ZERO;
    while (!done.get()) {
      Duration now = clock.elapsed();
      assertThat(now).isGreaterThanOrEqualTo(last);
      last = now;
    }
    modes.join();
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void simulator_clockMoved_everyPartFollows() {
    try (TypeDBCloudSimulator simulator =
        TypeDBCloudSimulator.builder().time(base).transitionTime(MINUTE).start()) {
      simulator.clock().manual();
      simulator.clock().setWallClock(NEW_YEAR);
      Caller space = Caller.space(simulator);
      Response deployed = space.deploy(Bodies.paid("a"));
      assertThat(deployed.json().path("createdAt").longValue()).isEqualTo(NEW_YEAR.toEpochMilli());
      assertThat(deployed.date()).isEqualTo("Thu, 01 Jan 2026 00:00:00 GMT");
      assertThat(simulator.received())
          .extracting(ReceivedRequest::receivedAt)
          .containsOnly(NEW_YEAR);
      base.run(Duration.ofDays(1));
      space.get("a").isCluster("a", "starting");
      simulator.clock().advance(MINUTE);
      space.get("a").isCluster("a", "running");
      simulator.clock().advance(Duration.ofHours(1));
      space.list().isError(401, "invalid_access_token");
    }
  }
}
