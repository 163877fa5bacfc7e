package clusters;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** One client for the whole application. Spring closes it on shutdown. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(CloudProperties.class)
public class ClustersApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(ClustersApplication.class, arguments);
  }

  @Bean
  TypeDBCloudClient typeDBCloudClient(CloudProperties properties) {
    return TypeDBCloudClient.builder()
        .baseUrl(properties.url())
        .credentials(properties.clientId(), properties.clientSecret())
        .requestTimeout(properties.requestTimeout())
        .build();
  }

  @Bean
  ClustersApi clusters(TypeDBCloudClient cloud, CloudProperties properties) {
    return cloud.clusters(Scope.space(properties.team(), properties.space()));
  }
}
