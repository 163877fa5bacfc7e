package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.support.ArbitraryResponses;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import okio.Buffer;

/** Any HTTP response leads to a value or to one of the documented exceptions. */
class ResponseFuzzTest {

  private static final int MAX_MESSAGE = 2500;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client = cloud.client().timeSource(new ManualTime()).build();
  private final ClustersApi clusters = client.clusters(Fixtures.SPACE);

  @AfterProperty
  void close() {
    client.close();
    cloud.close();
  }

  @Provide
  Arbitrary<byte[]> bodies() {
    return ArbitraryResponses.bodies(
        List.of("code", "message", "error", "id"),
        Payloads.error("cluster_not_found", "There is none."),
        "{\"message\":\"" + MockCloud.CLIENT_SECRET + "\\n" + MockCloud.CLIENT_ID + "\"}",
        "<html>Basic " + MockCloud.CLIENT_SECRET + "</html>");
  }

  @Provide
  Arbitrary<String> headers() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(60),
        Arbitraries.strings().numeric().ofMaxLength(30),
        Arbitraries.of("Wed, 21 Oct 2099 07:28:00 GMT", "application/json", "text/html"));
  }

  @Property
  void response_anyBody_isValueOrError(
      @ForAll("bodies") byte[] body,
      @ForAll("headers") String retryAfter,
      @ForAll("headers") String contentType,
      @ForAll("statuses") int status) {
    cloud.respondToCalls(
        request ->
            new MockResponse.Builder()
                .code(status)
                .setHeader("Retry-After", retryAfter)
                .setHeader("Content-Type", contentType)
                .body(new Buffer().write(body))
                .build());

    failsAsDocumented(() -> clusters.get("api-cluster"), status);
    failsAsDocumented(() -> clusters.destroy("api-cluster"), status);
  }

  @Provide
  Arbitrary<Integer> statuses() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(300, 599),
        Arbitraries.of(200, 204, 400, 401, 403, 404, 408, 409, 425, 429, 500, 503));
  }

  private static void failsAsDocumented(Runnable call, int status) {
    try {
      call.run();
      assertThat(status).as("a status that is no success succeeded").isBetween(200, 299);
    } catch (TypeDBCloudException e) {
      assertThat(e.getMessage())
          .isNotBlank()
          .hasSizeLessThan(MAX_MESSAGE)
          .doesNotContainPattern(CONTROL)
          .doesNotContain(MockCloud.CLIENT_SECRET);
      if (e instanceof ApiException error && error.retryAfter().isPresent()) {
        assertThat(error.retryAfter().get()).isBetween(Duration.ZERO, Duration.ofDays(365));
      }
    }
  }
}
