package io.github.typedbcloud.spring;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.time.TimeSource;

/** The connection to a simulator, whose clock the client shares. */
record SimulatorConnectionDetails(TypeDBCloudSimulator simulator)
    implements TypeDBCloudConnectionDetails {

  @Override
  public String url() {
    return simulator.url();
  }

  @Override
  public String clientId() {
    return simulator.clientId();
  }

  @Override
  public String clientSecret() {
    return simulator.clientSecret();
  }

  @Override
  public TimeSource timeSource() {
    return simulator.clock();
  }

  /** Whether a client sends its requests to the simulator. */
  boolean isOf(TypeDBCloudClient client) {
    return simulator.urls().contains(client.baseUrl());
  }

  /** The first scope of the kind: the configured one does not exist in the simulator. */
  Scope scope(boolean project) {
    return project
        ? Scope.project(simulator.organization(), simulator.project())
        : Scope.space(simulator.team(), simulator.space());
  }
}
