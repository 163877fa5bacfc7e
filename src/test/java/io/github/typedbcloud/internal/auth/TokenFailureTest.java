package io.github.typedbcloud.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.typedbcloud.ClientCredentials;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failed exchange is remembered for a while, and callers get it without another one. */
final class TokenFailureTest {

  private static final Duration INSTANT = Duration.ofNanos(1);

  private final MockCloud cloud = new MockCloud();
  private final ManualTime time = new ManualTime();

  @AfterEach
  void close() {
    cloud.close();
  }

  @ParameterizedTest
  @CsvSource({
    // status, Retry-After, least and most exchanges in 5 s
    "400, , 2, 3",
    "401, , 2, 3",
    "429, 60, 1, 1",
    "503, , 3, 5",
    "503, 2, 2, 3",
  })
  void sixteenThreads_fiveSeconds_fewExchanges(int status, String retryAfter, int least, int most) {
    cloud.respondToExchanges(exchange -> response(status, retryAfter));
    AtomicInteger failed = new AtomicInteger();
    try (TypeDBCloudClient client = cloud.client().timeSource(time).build()) {
      ClustersApi clusters = client.clusters(Fixtures.SPACE);
      ParallelTasks.of(
              16,
              () -> {
                while (time.elapsed().compareTo(Duration.ofSeconds(5)) < 0) {
                  assertThat(catchThrowable(clusters::list)).isInstanceOf(ApiException.class);
                  failed.incrementAndGet();
                  time.advance(Duration.ofMillis(2));
                }
                return true;
              })
          .results();
    }

    assertThat(failed).hasValueGreaterThan(1_000);
    assertThat(cloud.exchanges()).hasSizeBetween(least, most);
    assertThat(cloud.calls()).isEmpty();
  }

  /** A thread may see that the last failure is over, and get the processor after the next one. */
  @Test
  void sixteenThreads_noExchangeDuringTheHoldOfAnother() {
    Queue<Duration> exchanges = new ConcurrentLinkedQueue<>();
    cloud.respondToExchanges(
        exchange -> {
          exchanges.add(time.elapsed());
          return response(429, "30");
        });
    try (TypeDBCloudClient client = cloud.client().timeSource(time).build()) {
      ClustersApi clusters = client.clusters(Fixtures.SPACE);
      ParallelTasks.of(
              16,
              () -> {
                while (exchanges.size() < 500) {
                  assertThat(catchThrowable(clusters::list)).isInstanceOf(ApiException.class);
                  time.advance(Duration.ofSeconds(1));
                }
                return true;
              })
          .results();
    }

    Duration previous = Duration.ofSeconds(-30);
    for (Duration exchange : exchanges) {
      assertThat(exchange.minus(previous)).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
      previous = exchange;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, 1000 2000 4000 8000 16000 30000 30000",
    "503, 250 500 1000 2000 4000 8000 16000 30000 30000",
  })
  void holds_double_toThirtySeconds(int status, String holds) {
    try (ManagedToken token = ManagedToken.atOnce()) {
      token.cloud.respondToExchanges(exchange -> response(status, null));
      int exchanges = 0;
      for (String hold : holds.split(" ", -1)) {
        assertThatThrownBy(token::token).isInstanceOf(ApiException.class);
        assertThat(token.cloud.exchanges()).hasSize(++exchanges);
        token.time.advance(Duration.ofMillis(Long.parseLong(hold)).minus(INSTANT));
        assertThatThrownBy(token::token).hasMessageContaining("is remembered");
        assertThat(token.cloud.exchanges()).hasSize(exchanges);
        token.time.advance(INSTANT);
      }

      token.cloud.respondToExchanges(exchange -> MockCloud.text(200, "good"));
      AccessToken good = token.token();
      token.manager.discard(good);
      token.cloud.respondToExchanges(exchange -> response(status, null));
      assertThatThrownBy(token::token).isInstanceOf(ApiException.class);
      token.time.advance(Duration.ofSeconds(1));
      token.cloud.respondToExchanges(exchange -> MockCloud.text(200, "better"));
      assertThat(token.header()).isEqualTo("Bearer better");
    }
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "3600, 3600", "86400, 3600"})
  void retryAfter_isKept_upToAnHour(int requested, int kept) {
    try (ManagedToken token = ManagedToken.atOnce()) {
      token.cloud.enqueueExchange(response(429, String.valueOf(requested)));
      assertThatThrownBy(token::token).isInstanceOf(ApiException.class);
      token.time.advance(Duration.ofSeconds(kept).minus(INSTANT));
      assertThatThrownBy(token::token).isInstanceOf(ApiException.class);
      assertThat(token.cloud.exchanges()).hasSize(1);

      token.time.advance(INSTANT);
      assertThat(token.header()).isEqualTo("Bearer token-2");
    }
  }

  @Test
  void retryAfter_ofRenewal_isKept() {
    try (ManagedToken token = ManagedToken.atOnce()) {
      token.token();
      token.time.advance(Duration.ofMinutes(59));
      token.cloud.enqueueExchange(response(429, "600"));
      assertThat(token.header()).isEqualTo("Bearer token-1");
      token.time.advance(Duration.ofMinutes(1));

      assertThatThrownBy(token::token)
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("is remembered");
      assertThat(token.cloud.exchanges()).hasSize(2);
    }
  }

  @Test
  void remembered_says_untilWhen() {
    cloud.respondToExchanges(exchange -> response(429, "60"));
    try (TypeDBCloudClient client = cloud.client().timeSource(time).build()) {
      ClustersApi clusters = client.clusters(Fixtures.SPACE);
      Throwable first = catchThrowable(clusters::list);
      time.advance(Duration.ofSeconds(10));
      Throwable second = catchThrowable(() -> askAgain(clusters));

      assertThat(first).isInstanceOf(ApiException.class).hasMessageNotContaining("remembered");
      assertThat(second)
          .isInstanceOf(ApiException.class)
          .isNotSameAs(first)
          .hasMessageStartingWith("token exchange of the client's credentials")
          .hasMessageContaining(
              "this failure is remembered, and no other exchange is sent before"
                  + " 2025-01-30T17:01:00Z; without a token list of the clusters in space");
      assertThat(List.of(second.getStackTrace()))
          .extracting(StackTraceElement::getMethodName)
          .contains("askAgain");
    }
  }

  private static void askAgain(ClustersApi clusters) {
    clusters.list();
  }

  @Test
  void call_withRetries_waitsForTheNextExchange() {
    cloud.enqueueExchange(response(503, null)).enqueueExchange(response(503, "7"));
    cloud.enqueue(200, "[]");
    try (TypeDBCloudClient client = cloud.client().maxAttempts(4).timeSource(time).build()) {
      assertThat(client.clusters(Fixtures.SPACE).list()).isEmpty();
    }

    assertThat(cloud.exchanges()).hasSize(3);
    assertThat(time.elapsed()).isBetween(Duration.ofMillis(7_250), Duration.ofMillis(7_450));
  }

  @Test
  void rejection_otherCredentials_areExchangedAtOnce() {
    AtomicReference<String> secret = new AtomicReference<>("old");
    AtomicInteger asked = new AtomicInteger();
    cloud.respondToExchanges(
        exchange ->
            exchange.getHeaders().get("Authorization").endsWith("new")
                ? MockCloud.text(200, "the-token")
                : MockCloud.text(400, ""));
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));
    try (TypeDBCloudClient client =
        cloud
            .client()
            .credentials(
                () -> {
                  asked.incrementAndGet();
                  return new ClientCredentials("id", secret.get());
                })
            .timeSource(time)
            .build()) {
      ClustersApi clusters = client.clusters(Fixtures.SPACE);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(clusters::list).isInstanceOf(UnauthorizedException.class);
      }
      assertThat(cloud.exchanges()).hasSize(1);
      assertThat(asked).hasValue(3);

      secret.set("new");
      assertThat(clusters.list()).isEmpty();

      assertThat(cloud.exchanges()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 429, 501, 503})
  void outage_credentials_areNotAskedFor(int status) {
    AtomicInteger asked = new AtomicInteger();
    cloud.respondToExchanges(exchange -> response(status, null));
    try (TypeDBCloudClient client =
        cloud
            .client()
            .credentials(() -> new ClientCredentials("id", "secret" + asked.incrementAndGet()))
            .timeSource(time)
            .build()) {
      ClustersApi clusters = client.clusters(Fixtures.SPACE);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(clusters::list).isInstanceOf(TypeDBCloudException.class);
      }
    }
    assertThat(asked).hasValue(1);
    assertThat(cloud.exchanges()).hasSize(1);
  }

  private static MockResponse response(int status, String retryAfter) {
    MockResponse.Builder response = new MockResponse.Builder().code(status);
    if (retryAfter != null) {
      response.addHeader("Retry-After", retryAfter);
    }
    return response.build();
  }
}
