package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code Retry-After} is honoured when the deadline allows, and otherwise reported at once. */
class RetryAfterDeadlineTest {

  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final MockCloud cloud = new MockCloud();
  private final ManualTime time = new ManualTime();
  private final TypeDBCloudClient client =
      cloud.client().maxAttempts(4).timeSource(time).requestTimeout(DEADLINE).build();

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  static Stream<Arguments> turnedAway() {
    return Stream.of(ApiCall.values())
        .flatMap(
            call ->
                Stream.of(429, 503)
                    .filter(status -> status == 429 || call.isRead())
                    .map(status -> Arguments.of(call, status)));
  }

  @ParameterizedTest
  @MethodSource("turnedAway")
  void retryAfter_beyondDeadline_failsAtOnce(ApiCall call, int status) {
    cloud.respondToCalls(any -> busy(status, "3600"));

    ApiException failure = catchThrowableOfType(ApiException.class, () -> call.on(client));

    assertThat(failure.retryAfter()).contains(Duration.ofHours(1));
    assertThat(time.elapsed()).isLessThan(Duration.ofMillis(2200));
    assertThat(cloud.calls()).hasSize(1);
  }

  @Test
  void retryAfter_withinDeadline_isKept() {
    cloud.enqueue(busy(429, "7")).enqueue(200, "[]");
    ClustersApi clusters =
        client.clusters(Fixtures.PROJECT).with(RequestOptions.within(Duration.ofSeconds(60)));

    clusters.list();

    assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(7));
    assertThat(cloud.calls()).hasSize(2);
  }

  @Test
  void retryAfter_date_usesServerClock() {
    MockResponse busy =
        busy(503, "Tue, 24 Nov 2026 10:00:09 GMT")
            .newBuilder()
            .setHeader("Date", "Tue, 24 Nov 2026 10:00:00 GMT")
            .build();
    cloud.enqueue(busy).enqueue(200, "[]");
    ClustersApi clusters =
        client.clusters(Fixtures.PROJECT).with(RequestOptions.within(Duration.ofSeconds(60)));

    clusters.list();

    assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void retryAfter_pauses_countToDeadline() {
    cloud.respondToCalls(any -> busy(429, "25"));
    ClustersApi clusters =
        client.clusters(Fixtures.PROJECT).with(RequestOptions.within(Duration.ofSeconds(60)));

    ApiException failure = catchThrowableOfType(ApiException.class, clusters::list);

    // After two pauses of 25 s there is no room for a third.
    assertThat(cloud.calls()).hasSize(3);
    assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(50));
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(25));
  }

  @Test
  void retryAfter_ofExchange_isReported() {
    cloud.respondToExchanges(any -> busy(429, "3600"));

    ApiException failure =
        catchThrowableOfType(ApiException.class, () -> client.clusters(Fixtures.PROJECT).list());

    assertThat(failure.retryAfter()).contains(Duration.ofHours(1));
    assertThat(cloud.exchanges()).hasSize(1);
    assertThat(cloud.calls()).isEmpty();
  }

  private static MockResponse busy(int status, String retryAfter) {
    return MockCloud.json(status, Payloads.error("BUSY", "later"))
        .newBuilder()
        .setHeader("Retry-After", retryAfter)
        .build();
  }
}
