package io.github.typedbcloud.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private static final double JUST_BELOW_ONE = Math.nextDown(1.0);

  @ParameterizedTest
  @CsvSource({
    "1, 200",
    "2, 400",
    "3, 800",
    "4, 1600",
    "5, 3200",
    "6, 5000",
    "7, 5000",
    "1000, 5000",
    "2147483647, 5000"
  })
  void pause_random_belowDoublingLimit(int failures, long limit) {
    assertThat(new Backoff(() -> 0).after(failures)).isZero();
    assertThat(new Backoff(() -> 0.5).after(failures)).isEqualTo(Duration.ofMillis(limit / 2));
    assertThat(new Backoff(() -> JUST_BELOW_ONE).after(failures))
        .isBetween(Duration.ofMillis(limit).minusNanos(2), Duration.ofMillis(limit));
  }
}
