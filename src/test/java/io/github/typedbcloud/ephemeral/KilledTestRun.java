package io.github.typedbcloud.ephemeral;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.support.Fixtures;
import java.util.concurrent.CountDownLatch;

/** A test run that uses clusters until it is killed. */
final class KilledTestRun {

  private KilledTestRun() {}

  /**
   * Deploys a cluster, sweeps, and prints its ID. Then deploys others and sweeps again and again;
   * prints "swept" and the ID of a cluster that it swept, and "lost" and the ID of one that
   * disappeared while it was in use.
   *
   * @param arguments as of {@link SweepRun}, and "idle" to use only the first cluster
   */
  public static void main(String[] arguments) throws InterruptedException {
    TypeDBCloudClient cloud = SweepRun.client(arguments);
    EphemeralClusters ephemeral = SweepRun.ephemeral(cloud, arguments);
    EphemeralCluster first = ephemeral.deploy(Fixtures.paidCluster("ignored").build());
    ephemeral.sweep();
    ephemeral.leftovers();
    System.out.println(first.id());
    if (arguments.length > 4) {
      new CountDownLatch(1).await();
    }
    for (int thread = 0; thread < 2; thread++) {
      new Thread(() -> useClusters(ephemeral, cloud.clusters(SweepRun.SPACE), first)).start();
    }
  }

  private static void useClusters(
      EphemeralClusters ephemeral, ClustersApi clusters, EphemeralCluster first) {
    while (true) {
      try (EphemeralCluster cluster = ephemeral.deploy(Fixtures.paidCluster("ignored").build())) {
        ephemeral.sweep().destroyed().forEach(id -> System.out.println("swept " + id));
        for (EphemeralCluster each : new EphemeralCluster[] {first, cluster}) {
          if (clusters.find(each.id()).isEmpty()) {
            System.out.println("lost " + each.id());
          }
        }
      }
    }
  }
}
