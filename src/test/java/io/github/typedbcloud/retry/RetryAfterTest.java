package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long the service asks to wait, in seconds or as a date (RFC 9110, 10.2.3). */
final class RetryAfterTest {

  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client =
      cloud.client().timeSource(new ManualTime(Instant.parse("2025-01-30T17:00:00Z"))).build();

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "7, PT7S",
    "3600, PT1H",
    "31536000, PT8760H",
    "31536001, PT8760H",
    "99999999999999999999999999, PT8760H",
  })
  void seconds_atMostOneYear(String header, Duration expected) {
    assertThat(error(Map.of("Retry-After", header)).retryAfter()).contains(expected);
  }

  @Test
  void date_withServerDate_usesServerClock() {
    assertThat(
            error(
                    Map.of(
                        "Date", "Thu, 30 Jan 2020 10:00:00 GMT",
                        "Retry-After", "Thu, 30 Jan 2020 10:01:30 GMT"))
                .retryAfter())
        .contains(Duration.ofSeconds(90));
  }

  @Test
  void date_withoutServerDate_usesOwnClock() {
    assertThat(error(Map.of("Retry-After", "Thu, 30 Jan 2025 17:02:00 GMT")).retryAfter())
        .contains(Duration.ofMinutes(2));
  }

  @Test
  void date_past_isNow() {
    assertThat(error(Map.of("Retry-After", "Thu, 30 Jan 2025 16:59:59 GMT")).retryAfter())
        .contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "1.5", "7 s", "", "Thu, 99 Jan 2025"})
  void header_invalid_isIgnored(String header) {
    assertThat(error(Map.of("Retry-After", header)).retryAfter()).isEmpty();
  }

  @Test
  void header_missing_isNull() {
    assertThat(error(Map.of()).retryAfter()).isEmpty();
  }

  private ApiException error(Map<String, String> headers) {
    MockResponse.Builder response =
        MockCloud.json(429, Payloads.error("busy", "Come back later.")).newBuilder();
    headers.forEach(response::setHeader);
    cloud.enqueue(response.build());
    return catchThrowableOfType(ApiException.class, () -> client.clusters(Fixtures.SPACE).list());
  }
}
