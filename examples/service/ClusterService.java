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
import java.util.stream.IntStream;

/**
 * A backend service in small: one client for the whole process, used by many threads, each of which
 * brings up a cluster for a tenant.
 */
public final class ClusterService {

  private final ClustersApi clusters;
  private final WaitOptions wait;

  /** A service on the clusters of one scope; shares the client that they come from. */
  public ClusterService(ClustersApi clusters, WaitOptions wait) {
    this.clusters = clusters;
    this.wait = wait;
  }

  /** A running cluster for a tenant: the one it has, or a new one. */
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
      // The tenant has one, or another thread was faster: either will do.
    }
    return clusters.await(id, ClusterStatus.RUNNING, wait);
  }

  /** Takes a tenant's cluster down. */
  public void forget(String tenant) {
    clusters.destroy("tenant-" + tenant);
    clusters.awaitDestroyed("tenant-" + tenant, wait);
  }

  /** Serves sixteen tenants at once from a simulator, then forgets them. */
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
      System.out.println(clusters.list().size() + " clusters run.");
      forEach(tenants, service::forget);
      System.out.println(clusters.list().size() + " clusters are left.");
    }
  }

  private interface Work {
    void on(String tenant);
  }

  private static void forEach(List<String> tenants, Work work) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(tenants.size());
    try {
      List<Future<?>> futures =
          tenants.stream().<Future<?>>map(t -> threads.submit(() -> work.on(t))).toList();
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TypeDBCloudException failure) {
        throw failure;
      }
      throw new IllegalStateException("A tenant's thread failed", e.getCause());
    } finally {
      threads.shutdown();
    }
  }
}
