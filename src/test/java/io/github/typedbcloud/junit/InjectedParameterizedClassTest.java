package io.github.typedbcloud.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.ephemeral.EphemeralCluster;
import io.github.typedbcloud.ephemeral.EphemeralClusters;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.AccessLevel;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Clusters of a class that runs several times; JUnit has that since 5.13. */
final class InjectedParameterizedClassTest {

  private static final Scope SPACE = Scope.space("my-team", "default");
  private static final Set<String> IDS = ConcurrentHashMap.newKeySet();
  private static TypeDBCloudClient cloud;
  private static Path ledger;

  @ParameterizedClass
  @ValueSource(ints = {1, 2})
  static final class Parameterized {
    @RegisterExtension
    static final EphemeralClusterExtension CLUSTERS =
        EphemeralClusterExtension.of(
            EphemeralClusters.builder(cloud, SPACE).ledger(ledger).build(),
            Fixtures.paidCluster("ignored").build());

    @BeforeAll
    static void before(EphemeralCluster cluster) {
      IDS.add(cluster.id());
    }

    Parameterized(int unusedRun, EphemeralCluster cluster) {
      IDS.add(cluster.id());
    }

    @Test
    void sample_one_passes() {}

    @Test
    void sample_other_passes() {}
  }

  @Test
  void parameterizedClass_clusters_areDestroyed(@TempDir Path directory) {
    try (TypeDBCloudSimulator service =
            TypeDBCloudSimulator.builder()
                .apiToken("id", "any-secret", AccessLevel.ADMIN)
                .transitionTime(Duration.ZERO)
                .start();
        TypeDBCloudClient client =
            TypeDBCloudClient.builder()
                .baseUrl(service.url())
                .credentials("id", "any-secret")
                .build()) {
      cloud = client;
      ledger = directory;

      EngineTestKit.engine("junit-jupiter")
          .selectors(selectClass(Parameterized.class))
          .execute()
          .allEvents()
          .assertStatistics(all -> all.failed(0));

      assertThat(service.receivedCount(Operation.DEPLOY)).isOne();
      assertThat(IDS).hasSize(1);
      assertThat(client.clusters(SPACE).list()).isEmpty();
      assertThat(directory).isEmptyDirectory();
    }
  }
}
