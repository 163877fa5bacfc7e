package io.github.typedbcloud.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the header holds, a wait comes out that can be waited, or none. */
class RetryAfterFuzzTest {

  @Provide
  Arbitrary<String> headers() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(100),
        Arbitraries.strings().numeric().ofMaxLength(40),
        Arbitraries.of("", "-1", "+1", "1.5", " 7", "0x10", "9".repeat(10_000)));
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Arbitraries.oneOf(
        Arbitraries.longs()
            .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())
            .map(Instant::ofEpochSecond),
        Arbitraries.longs().between(0, 4_000_000_000L).map(Instant::ofEpochSecond),
        Arbitraries.of(Instant.MIN, Instant.MAX, Instant.EPOCH));
  }

  @Property
  void parse_anyText_isInRange(@ForAll("headers") String header) {
    isPossible(RetryAfter.parse(header, null, Instant.EPOCH));
  }

  @Property
  void parse_anyDate_isInRange(@ForAll("instants") Instant date, @ForAll("instants") Instant now) {
    Duration wait = RetryAfter.parse("a date", date, now);

    assertThat(wait).isNotNull();
    isPossible(wait);
  }

  private static void isPossible(Duration wait) {
    if (wait != null) {
      assertThat(wait).isBetween(Duration.ZERO, Duration.ofDays(365));
    }
  }
}
