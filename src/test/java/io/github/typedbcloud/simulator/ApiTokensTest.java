package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** API tokens with a lifetime of their own, and the access tokens of one client ID. */
@Timeout(60)
class ApiTokensTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator = TypeDBCloudSimulator.builder().time(time).start();
  private final Caller space = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  private Caller callerOf(String clientId) {
    return space.with(Caller.token(simulator, clientId, "s3cret"));
  }

  @Test
  void lifetimes_different_eachExpiresInTime() {
    simulator.addApiToken("short", "s3cret", AccessLevel.READ, MINUTE);
    simulator.addApiToken("long", "s3cret", AccessLevel.READ, Duration.ofDays(1));
    simulator.addApiToken("other", "s3cret", AccessLevel.READ, MINUTE.multipliedBy(2));
    Caller longCaller = callerOf("long");
    Caller shortCaller = callerOf("short");
    Caller other = Caller.project(simulator).with(callerOf("other").accessToken());
    time.advance(MINUTE.minusNanos(1));
    assertThat(shortCaller.list().status()).isEqualTo(200);
    time.advance(Duration.ofNanos(1));
    shortCaller.list().isError(401, "invalid_access_token");
    assertThat(other.list().status()).isEqualTo(200);
    time.advance(MINUTE);
    other.list().isError(401, "invalid_access_token");
    time.advance(Duration.ofHours(1));
    space.list().isError(401, "invalid_access_token");
    assertThat(longCaller.list().status()).isEqualTo(200);
    time.advance(Duration.ofDays(1));
    longCaller.list().isError(401, "invalid_access_token");
  }

  @Test
  void exchangeListener_successfulExchange_isNotified() {
    List<String> notified = new CopyOnWriteArrayList<>();
    try (TypeDBCloudSimulator observed =
        TypeDBCloudSimulator.builder()
            .apiToken("ci", "s3cret", AccessLevel.READ)
            .exchangeListener(notified::add)
            .start()) {
      Caller.token(observed, "ci", "s3cret");
      Caller.send(observed.url(), "POST", "/api/auth", "Basic ci:wrong", "")
          .isError(400, "invalid_client_secret");
      Caller.space(observed).list();

      assertThat(notified).containsExactly("ci", observed.clientId());
    }
  }

  @Test
  void exchangeListener_throws_exchangeSucceeds() {
    try (TypeDBCloudSimulator observed =
        TypeDBCloudSimulator.builder()
            .exchangeListener(
                clientId -> {
                  throw new IllegalStateException("on purpose");
                })
            .start()) {
      assertThat(Caller.space(observed).list().status()).isEqualTo(200);
    }
  }

  @Test
  void exchangeListener_changesSimulator_exchangeSucceeds() {
    AtomicReference<TypeDBCloudSimulator> started = new AtomicReference<>();
    try (TypeDBCloudSimulator observed =
        TypeDBCloudSimulator.builder()
            .exchangeListener(clientId -> started.get().reset(ResetPart.FAULTS))
            .start()) {
      started.set(observed);
      observed.faults().on(Operation.LIST).always(Fault.respond(503));

      assertThat(Caller.space(observed).list().status()).isEqualTo(200);
    }
  }

  @Test
  void lifetime_notPositive_isRejected() {
    for (Duration lifetime : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      assertThatThrownBy(() -> simulator.addApiToken("ci", "s3cret", AccessLevel.READ, lifetime))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("more than zero");
    }
    simulator.addApiToken("ci", "s3cret", AccessLevel.READ, MINUTE);
  }

  @Test
  void expireAccessTokens_oneClient_othersStayValid() {
    simulator.addApiToken("ci", "s3cret", AccessLevel.READ);
    Caller first = callerOf("ci");
    Caller second = callerOf("ci");
    simulator.expireAccessTokens("ci");
    first.list().isError(401, "invalid_access_token");
    second.list().isError(401, "invalid_access_token");
    assertThat(space.list().status()).isEqualTo(200);
    assertThat(callerOf("ci").list().status()).isEqualTo(200);
  }

  @Test
  void expireAccessTokens_revokedApiToken_expire() {
    simulator.addApiToken("ci", "s3cret", AccessLevel.READ);
    Caller caller = callerOf("ci");
    simulator.revokeApiToken("ci");
    assertThat(caller.list().status()).isEqualTo(200);
    simulator.expireAccessTokens("ci");
    caller.list().isError(401, "invalid_access_token");
    assertThatThrownBy(() -> simulator.expireAccessTokens("ci"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"ci\"");
  }

  @Test
  void countAndList_tokens_areCurrent() {
    ManualTime clock = new ManualTime();
    AccessTokens accessTokens = new AccessTokens(clock, () -> MINUTE);
    Authenticator authenticator = new Authenticator(scope -> true, accessTokens);
    for (String id : List.of("b", "a")) {
      authenticator.add(new ApiToken(id, "s3cret", AccessLevel.READ, null));
    }
    authenticator.exchange("Basic b:s3cret");
    clock.advance(MINUTE.dividedBy(2));
    String second = authenticator.exchange("Basic b:s3cret");
    assertThat(authenticator.countAccessTokens("b")).isEqualTo(2);
    assertThat(authenticator.countAccessTokens("a")).isZero();
    clock.advance(MINUTE.dividedBy(2));
    assertThat(authenticator.countAccessTokens("b")).isEqualTo(1);
    accessTokens.expire(second);
    accessTokens.expire(second);
    assertThat(authenticator.countAccessTokens("b")).isZero();
    assertThat(authenticator.apiTokens()).extracting(ApiToken::clientId).containsExactly("b", "a");
    assertThat(authenticator.apiTokens().toString()).doesNotContain("s3cret");
  }
}
