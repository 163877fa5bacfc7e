package io.github.typedbcloud.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.error.ServerErrorException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.support.Jwt;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.ParallelTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of every boundary in a token's life. */
final class TokenPhasesTest {

  private static final Duration INSTANT = Duration.ofNanos(1);
  private static final Duration RENEWAL = Duration.ofMinutes(55);
  private static final Duration LAST_SECONDS = Duration.ofMinutes(60).minusSeconds(30);
  private static final Duration END = Duration.ofMinutes(60);

  private final ManagedToken token = ManagedToken.held();

  @AfterEach
  void close() {
    token.close();
  }

  @Test
  void fresh_untilFiveMinutesBefore_noExchange() {
    obtain();
    token.time.advance(RENEWAL.minus(INSTANT));

    assertThat(token.header()).isEqualTo("Bearer token-1");
    assertThat(token.waiting()).isZero();
  }

  @Test
  void renewing_lastMinutes_oneCallerRenews() {
    obtain();
    token.time.advance(RENEWAL);

    assertThat(ParallelTasks.of(100, token::header).results())
        .isEqualTo(Collections.nCopies(100, "Bearer token-1"));
    assertThat(token.waiting()).isEqualTo(1);

    token.perform();
    assertThat(token.header()).isEqualTo("Bearer token-2");
    assertThat(token.cloud.exchanges()).hasSize(2);
  }

  @Test
  void renewing_beforeLastSeconds_nobodyWaits() {
    obtain();
    token.time.advance(LAST_SECONDS.minus(INSTANT));

    assertThat(ParallelTasks.one(token::header).results()).containsExactly("Bearer token-1");
    assertThat(token.waiting()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT59M30S", "PT59M59.999999999S"})
  void expiring_lastSeconds_callersWait(Duration moment) {
    obtain();
    token.time.advance(moment);
    ParallelTasks<String> callers = ParallelTasks.of(10, token::header);
    callers.awaitAllWaiting();

    assertThat(token.waiting()).isEqualTo(1);
    token.perform();
    assertThat(callers.results()).containsOnly("Bearer token-2");
    assertThat(token.cloud.exchanges()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT59M30S", "PT59M59.999999999S"})
  void expiring_renewalFails_oldTokenIsUsed(Duration moment) {
    obtain();
    token.time.advance(moment);
    token.cloud.enqueueExchange(MockCloud.text(503, ""));
    ParallelTasks<String> callers = ParallelTasks.of(10, token::header);
    callers.awaitAllWaiting();

    token.perform();
    assertThat(callers.results()).containsOnly("Bearer token-1");
  }

  @Test
  void expiring_renewalHangs_oldTokenIsUsed() {
    AccessToken old = obtain();
    token.time.advance(LAST_SECONDS);

    assertThat(token.token(Duration.ofMillis(2))).isSameAs(old);
    assertThat(token.waiting()).isEqualTo(1);
  }

  @Test
  void expired_exchangeFails_callersFail() {
    obtain();
    token.time.advance(END);
    token.cloud.enqueueExchange(MockCloud.text(503, ""));
    ParallelTasks<String> callers = ParallelTasks.of(10, token::header);
    callers.awaitAllWaiting();

    token.perform();
    assertThat(callers.failures())
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isExactlyInstanceOf(ServerErrorException.class)
                    .hasFieldOrPropertyWithValue("status", 503));
  }

  @Test
  void expired_renewalFails_exchangesAgain() {
    obtain();
    token.time.advance(END.minus(INSTANT));
    token.cloud.enqueueExchange(MockCloud.text(503, ""));
    ParallelTasks<String> callers = ParallelTasks.of(10, token::header);
    callers.awaitAllWaiting();
    token.time.advance(INSTANT);

    token.perform();
    token.perform();
    assertThat(callers.results()).containsOnly("Bearer token-3");
    assertThat(token.cloud.exchanges()).hasSize(3);
  }

  @Test
  void expired_renewalHangs_exchangesAgain() {
    obtain();
    token.time.advance(END.minusSeconds(60));
    assertThat(token.header()).isEqualTo("Bearer token-1");
    token.time.advance(Duration.ofSeconds(60));
    token.cloud.enqueueExchange(MockCloud.text(504, ""));
    ParallelTasks<String> callers = ParallelTasks.of(10, token::header);
    callers.awaitAllWaiting();

    token.perform();
    token.perform();
    assertThat(callers.results()).containsOnly("Bearer token-3");
    assertThat(token.cloud.exchanges()).hasSize(3);
  }

  @Test
  void expired_exchangeFailsAgain_isReported() {
    obtain();
    token.time.advance(END.minus(INSTANT));
    token.cloud.enqueueExchange(MockCloud.text(503, "")).enqueueExchange(MockCloud.text(400, ""));
    ParallelTasks<String> caller = ParallelTasks.one(token::header);
    caller.awaitAllWaiting();
    token.time.advance(INSTANT);

    token.perform();
    token.perform();
    assertThat(caller.failures()).first().isInstanceOf(UnauthorizedException.class);
    assertThat(token.waiting()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"RENEWING,PT55M", "EXPIRING,PT59M30S"})
  void renewal_failed_pausesFiveSeconds(AccessToken.Phase phase, Duration moment) {
    try (ManagedToken atOnce = ManagedToken.atOnce()) {
      AccessToken old = atOnce.token();
      atOnce.time.advance(moment);
      assertThat(old.phase(atOnce.time.elapsed().toNanos())).isEqualTo(phase);
      atOnce.cloud.respondToExchanges(exchange -> MockCloud.text(500, ""));

      assertThat(atOnce.token()).isSameAs(old);
      assertThat(atOnce.cloud.exchanges()).hasSize(2);
      atOnce.time.advance(Duration.ofSeconds(5).minus(INSTANT));
      assertThat(atOnce.token()).isSameAs(old);
      assertThat(atOnce.cloud.exchanges()).hasSize(2);
      atOnce.time.advance(INSTANT);
      assertThat(atOnce.token()).isSameAs(old);
      assertThat(atOnce.cloud.exchanges()).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // lifetime in seconds, renewal from, callers wait from
    "7200, PT1H55M, PT1H59M30S",
    "1200, PT15M, PT19M30S",
    "60, PT45S, PT58.5S",
    "1, PT0.75S, PT0.975S",
  })
  void shortLifetime_phases_areShorter(long seconds, Duration renewal, Duration lastSeconds) {
    token.cloud.enqueueExchange(MockCloud.text(200, Jwt.living(seconds)));
    AccessToken issued = obtain();

    assertThat(issued.phase(renewal.minus(INSTANT).toNanos())).isEqualTo(AccessToken.Phase.FRESH);
    assertThat(issued.phase(renewal.toNanos())).isEqualTo(AccessToken.Phase.RENEWING);
    assertThat(issued.phase(lastSeconds.minus(INSTANT).toNanos()))
        .isEqualTo(AccessToken.Phase.RENEWING);
    assertThat(issued.phase(lastSeconds.toNanos())).isEqualTo(AccessToken.Phase.EXPIRING);
    assertThat(issued.phase(Duration.ofSeconds(seconds).minus(INSTANT).toNanos()))
        .isEqualTo(AccessToken.Phase.EXPIRING);
    assertThat(issued.phase(Duration.ofSeconds(seconds).toNanos()))
        .isEqualTo(AccessToken.Phase.EXPIRED);
  }

  @Test
  void lifetime_startsBefore_exchange() {
    try (ManagedToken atOnce = ManagedToken.atOnce()) {
      atOnce.cloud.respondToExchanges(
          exchange -> {
            atOnce.time.advance(Duration.ofMinutes(10));
            return MockCloud.text(200, "slow-token");
          });
      AccessToken issued = atOnce.token();

      assertThat(atOnce.time.elapsed()).isEqualTo(Duration.ofMinutes(10));
      assertThat(issued.phase(RENEWAL.minus(INSTANT).toNanos())).isEqualTo(AccessToken.Phase.FRESH);
      assertThat(issued.phase(END.toNanos())).isEqualTo(AccessToken.Phase.EXPIRED);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1})
  void wallClock_jumpsOneDay_changesNothing(long days) {
    token.cloud.respondToExchanges(exchange -> MockCloud.text(200, Jwt.living(3600)));
    AccessToken issued = obtain();
    Instant jumped = token.time.now().plus(Duration.ofDays(days));

    token.time.setWallClock(jumped);
    assertThat(token.token()).isSameAs(issued);
    token.time.advance(RENEWAL.minus(INSTANT));
    assertThat(token.token()).isSameAs(issued);
    assertThat(token.waiting()).isZero();
    token.time.advance(INSTANT);
    assertThat(token.token()).isSameAs(issued);
    assertThat(token.waiting()).isEqualTo(1);
  }

  private AccessToken obtain() {
    ParallelTasks<AccessToken> first = ParallelTasks.one(token::token);
    first.awaitAllWaiting();
    token.perform();
    return first.results().get(0);
  }
}
