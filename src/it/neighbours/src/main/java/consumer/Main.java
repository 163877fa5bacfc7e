package consumer;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.time.ManualTime;

/** Fails unless a cluster can be deployed, or the client says which version is needed. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    String expected = arguments[0];
    String result = "works";
    try {
      deploy();
    } catch (IllegalStateException e) {
      result = e.getMessage();
    }
    System.out.println(result);
    if (!result.replace(' ', ':').contains(expected)) {
      throw new IllegalStateException("Expected: " + expected + ", but it was: " + result);
    }
  }

  private static void deploy() {
    ManualTime time = new ManualTime();
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.builder().time(time).start();
        TypeDBCloudClient cloud =
            TypeDBCloudClient.builder()
                .baseUrl(simulator.url())
                .credentials(simulator.clientId(), simulator.clientSecret())
                .timeSource(time)
                .build()) {
      ClustersApi clusters = cloud.clusters(Scope.space("my-team", "default"));
      simulator.faults().on(Operation.DEPLOY).next(Fault.loseResponse());
      simulator.faults().on(Operation.GET).next(Fault.respond(503));
      Cluster cluster =
          clusters.ensure(
              DeployClusterRequest.builder()
                  .id("a")
                  .provider(Provider.GCP)
                  .region("europe-west2")
                  .machineType("c2d-highcpu-4")
                  .version("3.0.6")
                  .build());
      if (!clusters.get("a").equals(cluster) || clusters.async().list().join().size() != 1) {
        throw new AssertionError("The cluster is not the one that was deployed.");
      }
      clusters.destroyAndAwait("a");
    }
  }
}
