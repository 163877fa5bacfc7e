package io.github.typedbcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.time.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A closed client is an error of the program, and no failure of the network. */
final class ClosedClientTest {

  private final MockCloud cloud = new MockCloud();
  private final ManualTime time = new ManualTime();
  private final TypeDBCloudClient client = cloud.client().timeSource(time).build();
  private final ClustersApi clusters = client.clusters(Fixtures.PROJECT);

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  @Test
  void call_closedWithToken_failsAtOnce() {
    cloud.enqueue(200, "[]");
    clusters.list();
    client.close();

    assertThatThrownBy(clusters::list)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This TypeDBCloudClient is closed; build another one.");
  }

  @Test
  void call_closedWithoutToken_failsAtOnce() {
    client.close();

    assertThatThrownBy(clusters::list)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This TypeDBCloudClient is closed; build another one.");
  }

  @Test
  void wait_closedMeanwhile_endsAtNextPoll() {
    client.close();

    assertThatThrownBy(() -> clusters.await("a", ClusterStatus.RUNNING))
        .isInstanceOf(IllegalStateException.class);
    assertThat(time.elapsed()).isZero();
    assertThat(cloud.exchanges()).isEmpty();
  }
}
