package io.github.typedbcloud.support;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.time.ManualTime;
import java.util.function.UnaryOperator;

/** A simulator and a client of it that live by one manual time. */
public final class SimulatedCloud implements AutoCloseable {

  public static final Scope.Project PROJECT = Scope.project("my-org", "default");
  public static final Scope.Space SPACE = Scope.space("my-team", "default");

  public final ManualTime time = new ManualTime();
  public final TypeDBCloudSimulator simulator;
  public final TypeDBCloudClient client;

  public SimulatedCloud() {
    this(settings -> settings);
  }

  public SimulatedCloud(UnaryOperator<TypeDBCloudSimulator.Builder> settings) {
    simulator = settings.apply(TypeDBCloudSimulator.builder().time(time)).start();
    client = clientOf(simulator.clientId(), simulator.clientSecret());
  }

  /** Another client of the same simulator. */
  public TypeDBCloudClient clientOf(String clientId, String clientSecret) {
    return builder().credentials(clientId, clientSecret).build();
  }

  /** For another client of the same simulator, with the level admin. */
  public TypeDBCloudClient.Builder builder() {
    return TypeDBCloudClient.builder()
        .baseUrl(simulator.url())
        .credentials(simulator.clientId(), simulator.clientSecret())
        .timeSource(time);
  }

  public ClustersApi clusters(Scope scope) {
    return client.clusters(scope);
  }

  @Override
  public void close() {
    client.close();
    simulator.close();
  }
}
