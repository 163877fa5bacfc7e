package consumer;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The client and the simulator as beans. */
@Factory
class Cloud {

  @Bean(preDestroy = "close")
  @Singleton
  TypeDBCloudSimulator simulator() {
    return TypeDBCloudSimulator.start();
  }

  @Bean(preDestroy = "close")
  @Singleton
  TypeDBCloudClient client(TypeDBCloudSimulator simulator) {
    return TypeDBCloudClient.builder()
        .baseUrl(simulator.url())
        .credentials(simulator.clientId(), simulator.clientSecret())
        .build();
  }

  @Singleton
  ClustersApi clusters(TypeDBCloudClient cloud) {
    return cloud.clusters(Scope.space("my-team", "default"));
  }
}
