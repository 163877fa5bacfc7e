package io.github.typedbcloud.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.SimulatedCloud;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits that are longer than the life of an access token. */
final class LongWaitTest {

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT10M", "PT1M"})
  void wait_longerThanTokens_continues(Duration lifetime) {
    try (SimulatedCloud cloud =
        new SimulatedCloud(
            settings -> settings.accessTokenLifetime(lifetime).startingTime(Duration.ofHours(3)))) {
      ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);
      clusters.deploy(Fixtures.paidCluster("slow").build());

      Cluster running =
          clusters.await("slow", ClusterStatus.RUNNING, WaitOptions.within(Duration.ofHours(4)));

      assertThat(running.status()).isEqualTo(ClusterStatus.RUNNING);
      assertThat(cloud.time.elapsed()).isGreaterThan(Duration.ofHours(3));
    }
  }
}
