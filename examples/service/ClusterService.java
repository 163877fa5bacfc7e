package service;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A backend service with one cluster per tenant. All threads share one client. */
public final class ClusterService {

  private final ClustersApi clusters;
  private final WaitOptions waitOptions;

  /** Creates a service for the clusters of one scope. */
  public ClusterService(ClustersApi clusters, WaitOptions waitOptions) {
    this.clusters = clusters;
    this.waitOptions = waitOptions;
  }

  /** Returns the running cluster of a tenant; deploys it if there is none. */
  public Cluster clusterFor(String tenant) {
    String id = "tenant-" + tenant;
    try {
      clusters.deploy(
          DeployClusterRequest.builder()
              .id(id)
              .provider(Provider.AWS)
              .region("eu-west-2")
              .machineType("c7g.xlarge")
              .storageSizeGB(50)
              .version("latest")
              .build());
    } catch (ConflictException e) {
      // The tenant has a cluster, or another thread has just deployed it.
    }
    return clusters.await(id, ClusterStatus.RUNNING, waitOptions);
  }

  /** Destroys the cluster of a tenant and waits until it is gone. */
  public void removeTenant(String tenant) {
    clusters.destroy("tenant-" + tenant);
    clusters.awaitDestroyed("tenant-" + tenant, waitOptions);
  }

  /** Deploys clusters for sixteen tenants in parallel on a simulator, then removes them. */
  public static void main(String[] args) throws InterruptedException {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start();
        TypeDBCloudClient cloud =
            TypeDBCloudClient.builder()
                .baseUrl(simulator.url())
                .credentials(simulator.clientId(), simulator.clientSecret())
                .requestTimeout(Duration.ofSeconds(10))
                .build()) {
      ClustersApi clusters = cloud.clusters(Scope.space("my-team", "default"));
      ClusterService service =
          new ClusterService(
              clusters,
              WaitOptions.builder()
                  .timeout(Duration.ofMinutes(20))
                  .interval(Duration.ofMillis(500), Duration.ofSeconds(15))
                  .build());
      List<String> tenants = IntStream.range(0, 16).mapToObj(Integer::toString).toList();

      forEach(tenants, tenant -> System.out.println(service.clusterFor(tenant)));
      System.out.println(clusters.list().size() + " clusters are running.");
      forEach(tenants, service::removeTenant);
      System.out.println(clusters.list().size() + " clusters remain.");
    }
  }

  private static void forEach(List<String> tenants, Consumer<String> action)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(tenants.size());
    try {
      List<Future<?>> futures =
          tenants.stream().<Future<?>>map(t -> threads.submit(() -> action.accept(t))).toList();
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TypeDBCloudException failure) {
        throw failure;
      }
      throw new IllegalStateException("A thread of a tenant failed", e.getCause());
    } finally {
      threads.shutdown();
    }
  }
}
