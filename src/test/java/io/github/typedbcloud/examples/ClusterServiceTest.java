package io.github.typedbcloud.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import service.ClusterService;

/** The service example, with many concurrent tenants on one client. */
final class ClusterServiceTest {

  private static final int TENANTS = 40;

  // Sleeps of all threads add up, so short ones keep the sum below the timeout of one call.
  private static final WaitOptions FAST_POLLING =
      WaitOptions.builder().interval(Duration.ofMillis(1), Duration.ofMillis(5)).build();

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(time).transitionTime(Duration.ofMillis(20)).start();
  private final TypeDBCloudClient client =
      TypeDBCloudClient.builder()
          .baseUrl(simulator.url())
          .credentials(simulator.clientId(), simulator.clientSecret())
          .timeSource(time)
          .build();
  private final ClustersApi clusters = client.clusters(Scope.space("my-team", "default"));
  private final ClusterService service = new ClusterService(clusters, FAST_POLLING);

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  @Test
  void tenant_addedAndRemoved_hasOwnCluster() {
    List<Cluster> running =
        ParallelTasks.each(TENANTS, tenant -> () -> service.clusterFor("" + tenant)).results();

    assertThat(running).extracting(Cluster::status).containsOnly(ClusterStatus.RUNNING);
    assertThat(clusters.list()).containsExactlyInAnyOrderElementsOf(running).hasSize(TENANTS);

    ParallelTasks.each(
            TENANTS,
            tenant ->
                () -> {
                  service.removeTenant("" + tenant);
                  return tenant;
                })
        .results();
    assertThat(clusters.list()).isEmpty();
  }

  @Test
  void tenant_withCluster_keepsIt() {
    Cluster first = service.clusterFor("a");

    assertThat(service.clusterFor("a")).isEqualTo(first);
    assertThat(clusters.list()).hasSize(1);
  }
}
