package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A 404 counts as "no such cluster" only in the words of the service. */
final class ForeignResponseTest {

  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client = cloud.client().build();
  private final ClustersApi clusters = client.clusters(Fixtures.PROJECT);

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  @Test
  void exchange_404_isNotAbsence() {
    cloud.respondToExchanges(
        exchange -> MockCloud.json(404, Payloads.error("path_not_found", "Nothing here.")));

    assertNoAbsence(() -> clusters.find("a"));
    assertNoAbsence(() -> clusters.awaitDestroyed("a"));
    assertNoAbsence(() -> clusters.await("a", ClusterStatus.RUNNING));
  }

  @Test
  void proxy_404_isNotAbsence() {
    cloud.respondToCalls(call -> MockCloud.text(404, "<html>no such page</html>"));

    assertNoAbsence(() -> clusters.find("a"));
    assertPassedOver(() -> clusters.awaitDestroyed("a", WaitOptions.within(Duration.ZERO)));
  }

  @Test
  void undocumentedBody_404_isNoAbsence() {
    for (String body :
        List.of(
            "",
            "{}",
            "{\"message\":\"no Route matched with those values\"}",
            "{\"code\":\"NOT_FOUND\"}",
            "{\"code\":404,\"message\":\"Not Found\"}")) {
      cloud.respondToCalls(call -> MockCloud.json(404, body));

      assertNoAbsence(() -> clusters.find("a"));
      assertNoAbsence(() -> clusters.destroy("a"));
      assertPassedOver(() -> clusters.awaitDestroyed("a", WaitOptions.within(Duration.ZERO)));
    }
  }

  /** The wait polls on, here until its timeout of zero. */
  private static void assertPassedOver(ThrowingCallable wait) {
    assertThatThrownBy(wait)
        .isInstanceOfSatisfying(
            WaitException.class,
            e -> assertThat(e.reason()).isEqualTo(WaitException.Reason.TIMED_OUT))
        .hasMessageContaining("heck the base URL and any proxy");
  }

  private static void assertNoAbsence(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isExactlyInstanceOf(ApiException.class)
        .hasMessageContaining("heck the base URL and any proxy");
  }
}
