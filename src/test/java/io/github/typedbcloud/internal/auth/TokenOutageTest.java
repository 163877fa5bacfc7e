package io.github.typedbcloud.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.error.ServerErrorException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.support.MockCloud;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A caller each second of a token's life, while the token exchange fails. */
final class TokenOutageTest {

  enum Outage {
    REJECTED(UnauthorizedException.class),
    UNEXPECTED_ERROR(ServerErrorException.class),
    BAD_GATEWAY(ServerErrorException.class),
    SIGN_IN_PAGE(UnreadableResponseException.class),
    HUNG_UP(TransportException.class);

    private final Class<? extends TypeDBCloudException> failure;

    Outage(Class<? extends TypeDBCloudException> failure) {
      this.failure = failure;
    }

    MockResponse response() {
      return switch (this) {
        case REJECTED -> MockCloud.text(400, "");
        case UNEXPECTED_ERROR -> MockCloud.text(500, "");
        case BAD_GATEWAY -> MockCloud.text(502, "<html>Bad gateway</html>");
        case SIGN_IN_PAGE -> MockCloud.text(200, "<html>Sign in</html>");
        case HUNG_UP ->
            new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
      };
    }
  }

  private static final long RENEWAL = Duration.ofMinutes(55).toSeconds();
  private static final long END = Duration.ofMinutes(60).toSeconds();

  private final ManagedToken token = ManagedToken.atOnce();

  @AfterEach
  void close() {
    token.close();
  }

  @ParameterizedTest
  @EnumSource
  void outage_shorterThanRenewal_isNotVisible(Outage outage) {
    failFrom(RENEWAL, RENEWAL + Duration.ofSeconds(4 * 60 + 59).toSeconds(), outage);

    Map<Boolean, Long> headers = callersUntil(END + 60);

    assertThat(headers).containsEntry(true, END).containsEntry(false, 60L);
    // The first, one each 5 s of the outage, and the one that ended it.
    assertThat(token.cloud.exchanges()).hasSize(1 + 60 + 1);
  }

  @ParameterizedTest
  @EnumSource
  void outage_longerThanToken_isReported(Outage outage) {
    failFrom(RENEWAL, Long.MAX_VALUE, outage);
    callersUntil(END);

    assertThatThrownBy(token::token).isExactlyInstanceOf(outage.failure);
    assertThatThrownBy(token::token).isExactlyInstanceOf(outage.failure);
  }

  private void failFrom(long begin, long end, Outage outage) {
    token.cloud.respondToExchanges(
        exchange -> {
          long now = token.time.elapsed().toSeconds();
          return begin <= now && now < end ? outage.response() : MockCloud.text(200, "at-" + now);
        });
  }

  /** How many callers had the first token, and how many another. */
  private Map<Boolean, Long> callersUntil(long second) {
    long first = 0;
    long other = 0;
    while (token.time.elapsed().toSeconds() < second) {
      if (token.header().equals("Bearer at-0")) {
        first++;
      } else {
        other++;
      }
      token.time.advance(Duration.ofSeconds(1));
    }
    return Map.of(true, first, false, other);
  }
}
