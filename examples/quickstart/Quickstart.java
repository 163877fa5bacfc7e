package quickstart;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.console.ConsoleProgress;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes a cluster through its lifecycle: deploy, list, suspend, resume, destroy.
 *
 * <p>Uses your account if these environment variables are set: {@code TYPEDB_CLOUD_CLIENT_ID},
 * {@code TYPEDB_CLOUD_CLIENT_SECRET} and a scope, which is {@code TYPEDB_CLOUD_TEAM} and {@code
 * TYPEDB_CLOUD_SPACE}, or {@code TYPEDB_CLOUD_ORGANIZATION} and {@code TYPEDB_CLOUD_PROJECT}.
 * Otherwise uses a simulator in this process.
 */
public final class Quickstart {

  private Quickstart() {}

  public static void main(String[] args) {
    Optional<Scope> scope = Scope.fromEnv();
    if (System.getenv().containsKey(TypeDBCloudClient.CLIENT_ID_VARIABLE) && scope.isPresent()) {
      try (TypeDBCloudClient cloud = TypeDBCloudClient.fromEnv()) {
        System.out.println("Using " + cloud + ", " + scope.get() + ".");
        runLifecycle(
            cloud.clusters(scope.get()),
            "quickstart-" + Long.toString(System.nanoTime(), 36),
            System.out);
      }
      return;
    }
    try (TypeDBCloudSimulator simulator =
            TypeDBCloudSimulator.builder().transitionTime(Duration.ofMillis(500)).start();
        TypeDBCloudClient cloud =
            TypeDBCloudClient.builder()
                .baseUrl(simulator.url())
                .credentials(simulator.clientId(), simulator.clientSecret())
                .build()) {
      System.out.println(
          "No credentials and scope in the environment: using a simulator in this process.");
      runLifecycle(cloud.clusters(Scope.space("my-team", "default")), "api-cluster", System.out);
    }
  }

  /** Runs each step on a free cluster and prints its progress. */
  public static void runLifecycle(ClustersApi clusters, String id, PrintStream out) {
    WaitOptions options =
        WaitOptions.builder()
            .interval(Duration.ofMillis(250), Duration.ofSeconds(15))
            .listener(ConsoleProgress.on(out))
            .build();

    DeployClusterRequest request =
        DeployClusterRequest.builder()
            .id(id)
            .provider(Provider.GCP)
            .region("europe-west2")
            .machineType("c2d-highcpu-2")
            .version("3.0.6")
            .free(true)
            .build();

    out.println("1. deploy");
    Cluster cluster = clusters.deploy(request);
    out.println("    " + cluster);
    try {
      cluster = clusters.await(id, ClusterStatus.RUNNING, options);
      out.println("    connect to " + cluster.servers());

      out.println("2. list");
      clusters.list().forEach(each -> out.println("    " + each));

      out.println("3. suspend");
      clusters.suspend(id);
      clusters.await(id, ClusterStatus.SUSPENDED, options);

      out.println("4. resume");
      clusters.resume(id);
      clusters.await(id, ClusterStatus.RUNNING, options);
    } finally {
      out.println("5. destroy");
      clusters.destroy(id);
      clusters.awaitDestroyed(id, options);
    }
    out.println("Destroyed. Remaining clusters: " + clusters.list().size());
  }
}
