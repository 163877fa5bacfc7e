package clusters;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** A simulator bean replaces URL, credentials, scope and clock, without a property. */
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "typedb.cloud.team=acme")
class SimulatorBeanTest {

  @TestConfiguration(proxyBeanMethods = false)
  static class Simulated {
    @Bean
    TypeDBCloudSimulator simulator() {
      return TypeDBCloudSimulator.builder()
          .time(new ManualTime())
          .transitionTime(Duration.ofMinutes(3))
          .start();
    }
  }

  @Test
  void deployAndAwait_manualTime_endsAtOnce(
      @Autowired ClustersApi clusters, @Autowired TypeDBCloudSimulator simulator) {
    DeployClusterRequest request =
        DeployClusterRequest.builder()
            .id("a")
            .provider(Provider.GCP)
            .region("europe-west2")
            .machineType("c2d-highcpu-4")
            .version("3.0.6")
            .build();

    assertThat(clusters.deployAndAwait(request).status()).isEqualTo(ClusterStatus.RUNNING);
    assertThat(simulator.clock().elapsed()).isGreaterThanOrEqualTo(Duration.ofMinutes(3));
  }
}
