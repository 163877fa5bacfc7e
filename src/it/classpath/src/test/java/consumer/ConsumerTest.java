package consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.PackageVersion;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.junit.TypeDBCloudTest;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.UpdateClusterRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A program that uses the client on the class path. */
@TypeDBCloudTest
class ConsumerTest {

  @Test
  void jackson_versionOfUser_isUsed() {
    assertThat(PackageVersion.VERSION.toString()).isEqualTo(System.getProperty("jackson.version"));
  }

  @Test
  void cluster_lifecycle_succeeds(ClustersApi clusters) throws Exception {
    DeployClusterRequest request =
        DeployClusterRequest.builder()
            .id("a")
            .provider(Provider.AWS)
            .region("eu-west-2")
            .machineType("c7g.xlarge")
            .version("3.0.6")
            .build();

    Cluster cluster = clusters.ensure(request);

    assertThat(cluster.status()).isEqualTo(ClusterStatus.RUNNING);
    assertThat(clusters.versions()).contains("3.0.6");
    assertThat(clusters.update("a", UpdateClusterRequest.builder().storageSizeGB(20).build()))
        .extracting(Cluster::storageSizeGB)
        .isEqualTo(20);
    assertThat(clusters.async().list().join()).hasSize(1);
    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readValue(mapper.writeValueAsString(cluster), Cluster.class))
        .isEqualTo(cluster);
    assertThat(mapper.convertValue(request, Map.class)).containsEntry("machineType", "c7g.xlarge");
    clusters.destroyAndAwait("a");
    assertThatThrownBy(() -> clusters.get("a")).isInstanceOf(NotFoundException.class);
  }
}
