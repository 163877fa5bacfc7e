package io.github.typedbcloud.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.ephemeral.EphemeralCluster;
import io.github.typedbcloud.ephemeral.EphemeralClusters;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.support.Fixtures;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cluster's whole life on the real service, with the account of the environment. */
final class ServiceIT {

  @Test
  void service_freeCluster_wholeLife() {
    Optional<Scope> scope = Scope.fromEnv();
    assumeTrue(
        scope.isPresent() && System.getenv().containsKey(TypeDBCloudClient.CLIENT_ID_VARIABLE),
        "the environment names no account of TypeDB Cloud with a scope");
    try (TypeDBCloudClient cloud = TypeDBCloudClient.fromEnv()) {
      EphemeralClusters ephemeral =
          EphemeralClusters.builder(cloud, scope.get()).idPrefix("client-it").build();
      ephemeral.sweep();
      try (EphemeralCluster free = ephemeral.deploy(Fixtures.freeCluster("ignored").build())) {
        ClustersApi clusters = free.clusters();
        assertThat(clusters.list()).extracting(Cluster::id).contains(free.id());
        assertThat(clusters.suspendAndAwait(free.id()).status()).isEqualTo(ClusterStatus.SUSPENDED);
        assertThat(clusters.resumeAndAwait(free.id()).status()).isEqualTo(ClusterStatus.RUNNING);
      }
      assertThat(cloud.clusters(scope.get()).list())
          .extracting(Cluster::id)
          .noneMatch(id -> id.startsWith("client-it-"));
    }
  }
}
