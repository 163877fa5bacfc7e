package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.typedbcloud.ClusterPlan;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.LogListener;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values of clusters that repeat a secret, or forge lines, in what is said of them. */
class HostileValuesTest {

  private static final String HOSTILE = "x\\nERROR forged " + MockCloud.CLIENT_SECRET;

  private final MockCloud cloud = new MockCloud();
  private final ManualTime time = new ManualTime();
  private final TypeDBCloudClient client = cloud.client().timeSource(time).build();
  private final ClustersApi clusters = client.clusters(Fixtures.SPACE);

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  @Test
  void plan_hostileValues_areMaskedAndEscaped() {
    DeployClusterRequest request = Fixtures.paidCluster("api-cluster").build();
    cloud.respondToCalls(
        call ->
            MockCloud.json(
                200,
                Payloads.cluster("running")
                    .replace("europe-west2", HOSTILE)
                    .replace("3.0.6", "99.0.0-" + HOSTILE)));
    try (LogListener log = new LogListener()) {
      ClusterPlan plan = clusters.plan(request);
      Throwable failure = catchThrowable(() -> clusters.ensure(request));

      assertThat(plan.obstacles()).isNotEmpty();
      assertClean(plan.toString());
      assertThat(failure).isInstanceOf(InvalidRequestException.class);
      assertThat(failure.getMessage()).contains("x\\nERROR forged ***");
      assertClean(failure.getMessage());
      assertThat(log.text()).doesNotContain(MockCloud.CLIENT_SECRET);
    }
  }

  @Test
  void wait_hostileStatus_isMaskedAndEscaped() {
    cloud.respondToCalls(call -> MockCloud.json(200, Payloads.cluster(HOSTILE)));
    try (LogListener log = new LogListener()) {
      Throwable failure =
          catchThrowable(
              () ->
                  clusters.await(
                      "api-cluster",
                      ClusterStatus.RUNNING,
                      WaitOptions.within(Duration.ofMinutes(1))));

      assertThat(failure).isInstanceOf(WaitException.class).hasMessageContaining("forged ***");
      assertClean(failure.getMessage());
      assertThat(log.text()).doesNotContain(MockCloud.CLIENT_SECRET);
    }
  }

  private static void assertClean(String text) {
    assertThat(text).doesNotContain(MockCloud.CLIENT_SECRET).doesNotContain("\nERROR");
  }
}
