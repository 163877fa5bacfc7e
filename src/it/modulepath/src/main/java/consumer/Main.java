package consumer;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.time.ManualTime;

/** Fails unless the client is a module and a cluster can be deployed. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    if (!TypeDBCloudClient.class.getModule().getName().equals("io.github.typedbcloud")) {
      throw new IllegalStateException("The client is not on the module path.");
    }
    ManualTime time = new ManualTime();
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.builder().time(time).start();
        TypeDBCloudClient cloud =
            TypeDBCloudClient.builder()
                .baseUrl(simulator.url())
                .credentials(simulator.clientId(), simulator.clientSecret())
                .timeSource(time)
                .build()) {
      ClustersApi clusters = cloud.clusters(Scope.space("my-team", "default"));
      Cluster cluster =
          clusters.ensure(
              DeployClusterRequest.builder()
                  .id("a")
                  .provider(Provider.GCP)
                  .region("europe-west2")
                  .machineType("c2d-highcpu-4")
                  .version("3.0.6")
                  .build());
      System.out.println("On the module path: " + cluster);
      clusters.destroyAndAwait("a");
    }
  }
}
