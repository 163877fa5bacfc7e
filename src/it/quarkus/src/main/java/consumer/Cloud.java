package consumer;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The client and the simulator as beans. */
@ApplicationScoped
public class Cloud {

  @Produces
  @Singleton
  TypeDBCloudSimulator simulator() {
    return TypeDBCloudSimulator.start();
  }

  void close(@Disposes TypeDBCloudSimulator simulator) {
    simulator.close();
  }

  @Produces
  @Singleton
  TypeDBCloudClient client(TypeDBCloudSimulator simulator) {
    return TypeDBCloudClient.builder()
        .baseUrl(simulator.url())
        .credentials(simulator.clientId(), simulator.clientSecret())
        .build();
  }

  void close(@Disposes TypeDBCloudClient cloud) {
    cloud.close();
  }

  @Produces
  @Singleton
  ClustersApi clusters(TypeDBCloudClient cloud) {
    return cloud.clusters(Scope.space("my-team", "default"));
  }
}
