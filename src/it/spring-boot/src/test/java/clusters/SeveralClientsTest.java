package clusters;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** A second client and scope, injected by qualifier, beside those of the auto-configuration. */
@SpringBootTest(
    webEnvironment = WebEnvironment.NONE,
    properties = {
      "typedb.cloud.client-id=an-id",
      "typedb.cloud.client-secret=a-secret-of-the-test"
    })
class SeveralClientsTest {

  @TestConfiguration(proxyBeanMethods = false)
  static class Others {
    @Bean(defaultCandidate = false)
    TypeDBCloudClient otherAccount() {
      return TypeDBCloudClient.builder().credentials("other-id", "other-secret").build();
    }

    @Bean(defaultCandidate = false)
    ClustersApi otherClusters(@Qualifier("otherAccount") TypeDBCloudClient client) {
      return client.clusters(Scope.space("other-team", "default"));
    }
  }

  @Test
  void clusters_ofBothClients_areInjected(
      @Autowired ClustersApi clusters,
      @Autowired @Qualifier("otherClusters") ClustersApi others,
      @Autowired ApplicationContext context) {
    assertThat(clusters.toString()).contains("my-team/default");
    assertThat(others.toString()).contains("other-team/default");
    Map<String, TypeDBCloudClient> clients = context.getBeansOfType(TypeDBCloudClient.class);
    assertThat(clients).containsOnlyKeys("typeDBCloudClient", "otherAccount");
    assertThat(context.containsBean("typeDBCloudHealthIndicator")).isTrue();
  }
}
