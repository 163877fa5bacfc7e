package io.github.typedbcloud.functional;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.time.ManualTime;
import java.util.function.UnaryOperator;

/** A simulator and a client of it that live by one manual time. */
final class SimulatedCloud implements AutoCloseable {

  static final Scope.Project PROJECT = Scope.project("my-org", "default");
  static final Scope.Space SPACE = Scope.space("my-team", "default");

  final ManualTime time = new ManualTime();
  final TypeDBCloudSimulator simulator;
  final TypeDBCloudClient client;

  SimulatedCloud() {
    this(settings -> settings);
  }

  SimulatedCloud(UnaryOperator<TypeDBCloudSimulator.Builder> settings) {
    simulator = settings.apply(TypeDBCloudSimulator.builder().time(time)).start();
    client = clientOf(simulator.clientId(), simulator.clientSecret());
  }

  /** Another client of the same simulator. */
  TypeDBCloudClient clientOf(String clientId, String clientSecret) {
    return builder().credentials(clientId, clientSecret).build();
  }

  /** For another client of the same simulator, with the level admin. */
  TypeDBCloudClient.Builder builder() {
    return TypeDBCloudClient.builder()
        .baseUrl(simulator.url())
        .credentials(simulator.clientId(), simulator.clientSecret())
        .timeSource(time);
  }

  ClustersApi clusters(Scope scope) {
    return client.clusters(scope);
  }

  @Override
  public void close() {
    client.close();
    simulator.close();
  }
}
