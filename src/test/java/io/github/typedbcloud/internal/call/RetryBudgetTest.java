package io.github.typedbcloud.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private final ManualTime time = new ManualTime();
  private final RetryBudget budget = new RetryBudget(time);

  @Test
  void budget_full_allowsHundredRetries() {
    assertThat(taken()).isEqualTo(100);
  }

  @Test
  void budget_eachSecond_refillsOne() {
    taken();
    time.advance(Duration.ofMillis(999));
    assertThat(budget.take()).isFalse();

    time.advance(Duration.ofMillis(1));
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isFalse();

    time.advance(Duration.ofSeconds(7));
    assertThat(taken()).isEqualTo(7);
  }

  @Test
  void budget_refill_isCapped() {
    taken();
    time.advance(Duration.ofDays(365));
    assertThat(taken()).isEqualTo(100);

    budget.refund(99);
    assertThat(taken()).isEqualTo(99);
    budget.refund(101);
    assertThat(taken()).isEqualTo(100);
  }

  private int taken() {
    int taken = 0;
    while (budget.take()) {
      taken++;
    }
    return taken;
  }
}
