package io.github.typedbcloud.ephemeral;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.support.Fixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A test run that deploys a cluster, prints its ID and then hangs until it is killed. */
final class KilledTestRun {

  private KilledTestRun() {}

  /** Arguments: base URL, client ID, client secret, ledger directory. */
  public static void main(String[] arguments) throws InterruptedException {
    TypeDBCloudClient cloud =
        TypeDBCloudClient.builder()
            .baseUrl(arguments[0])
            .credentials(arguments[1], arguments[2])
            .build();
    EphemeralCluster cluster =
        EphemeralClusters.builder(cloud, Scope.space("my-team", "default"))
            .ledger(Path.of(arguments[3]))
            .waitOptions(
                WaitOptions.builder()
                    .interval(Duration.ofMillis(20), Duration.ofMillis(20))
                    .build())
            .build()
            .deploy(Fixtures.paidCluster("ignored").build());
    System.out.println(cluster.id());
    new CountDownLatch(1).await();
  }
}
