package io.github.typedbcloud.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When polls are made. */
final class PollScheduleTest {

  private static final WaitTarget RUNNING =
      new WaitTarget("a", "cluster 'a'", ClusterStatus.RUNNING, null);

  /** The largest number below 1. */
  private static final double ALMOST_ONE = Math.nextDown(1.0);

  private final ManualTime time = new ManualTime();
  private final ScriptedPoll poll = new ScriptedPoll(time);

  @Test
  void intervals_grow_fromTwoToFifteenSeconds() {
    startTenTimesAndRun(0);

    assertThat(intervals())
        .containsExactly(
            2_000L, 3_000L, 4_500L, 6_750L, 10_125L, 15_000L, 15_000L, 15_000L, 15_000L, 15_000L);
  }

  @Test
  void jitter_shortensInterval_keepsGrowth() {
    startTenTimesAndRun(ALMOST_ONE);

    assertThat(intervals())
        .containsExactly(
            1_600L, 2_400L, 3_600L, 5_400L, 8_100L, 12_000L, 12_000L, 12_000L, 12_000L, 12_000L);
  }

  @ParameterizedTest
  @CsvSource({
    // timeout, moments of the polls in milliseconds
    "PT0S, 0",
    "PT0.001S, 0;1",
    "PT1.999S, 0;1999",
    "PT2S, 0;2000",
    "PT2.001S, 0;2000;2001",
    "PT5S, 0;2000;5000",
    "PT10S, 0;2000;5000;9500;10000",
  })
  void lastPoll_timeoutElapsed_isMade(Duration timeout, String moments) {
    poll.finds("starting");

    assertThatThrownBy(() -> await(timeout, 0))
        .isInstanceOf(WaitException.class)
        .hasFieldOrPropertyWithValue("reason", WaitException.Reason.TIMED_OUT);
    assertThat(String.join(";", poll.moments().stream().map(m -> "" + m.toMillis()).toList()))
        .isEqualTo(moments);
    assertThat(time.elapsed()).isEqualTo(timeout);
  }

  @Test
  void lastPoll_canReachTarget() {
    poll.finds("starting", "starting", "running");

    await(Duration.ofSeconds(5), 0);

    assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void poll_timeout_isRemainingPlusFiveSeconds() {
    poll.finds("starting");

    assertThatThrownBy(() -> await(Duration.ofSeconds(9), 0)).isInstanceOf(WaitException.class);

    assertThat(poll.timeouts().stream().map(Duration::toSeconds)).containsExactly(9L, 7L, 5L, 5L);
  }

  @Test
  void poll_longerThanTimeout_isLast() {
    poll.findsAfter(Duration.ofSeconds(12), "starting").finds("running");

    assertThatThrownBy(() -> await(Duration.ofSeconds(10), 0)).isInstanceOf(WaitException.class);
    assertThat(poll.moments()).hasSize(1);
  }

  private void startTenTimesAndRun(double random) {
    IntStream.range(0, 10).forEach(number -> poll.finds("starting"));
    poll.finds("running");
    await(Duration.ofMinutes(30), random);
  }

  private void await(Duration timeout, double random) {
    PollSchedule plan =
        new PollSchedule(
            timeout, Duration.ofSeconds(2), Duration.ofSeconds(15), Set.of(), progress -> {});
    assertThat(
            new WaitCoordinator(time, () -> random, Runnable::run)
                .awaitAll("/clusters", poll, List.of(RUNNING), plan)
                .get(0))
        .isPresent();
  }

  /** Between the polls, in milliseconds, rounded. */
  private List<Long> intervals() {
    List<Long> intervals = new ArrayList<>();
    for (int i = 1; i < poll.moments().size(); i++) {
      Duration interval = poll.moments().get(i).minus(poll.moments().get(i - 1));
      intervals.add(interval.plusNanos(500_000).toMillis());
    }
    return intervals;
  }
}
