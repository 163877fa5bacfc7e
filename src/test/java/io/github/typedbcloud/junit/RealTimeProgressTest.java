package io.github.typedbcloud.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.time.ManualTime;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The thread that advances the clock of a test. */
final class RealTimeProgressTest {

  @Test
  void thread_ofTestWithThreadLocals_doesNotInheritThem() {
    AtomicInteger inherited = new AtomicInteger();
    InheritableThreadLocal<String> context =
        new InheritableThreadLocal<>() {
          @Override
          protected String childValue(String parentValue) {
            inherited.incrementAndGet();
            return parentValue;
          }
        };
    context.set("of the test");

    try (RealTimeProgress progress = new RealTimeProgress(new ManualTime())) {
      progress.start();
    } finally {
      context.remove();
    }

    assertThat(inherited).hasValue(0);
  }
}
