package io.github.typedbcloud.lifecycle;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.SimulatedCloud;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A process that ensures the same cluster as others, once for each line that it reads. */
final class EnsureProcess {

  private EnsureProcess() {}

  /**
   * Prints the status of the cluster, or the exception, for each ID that it reads.
   *
   * @param arguments the URL, the client ID and the client secret
   */
  public static void main(String[] arguments) throws IOException {
    WaitOptions options =
        WaitOptions.builder()
            .timeout(Duration.ofSeconds(60))
            .interval(Duration.ofMillis(20), Duration.ofMillis(100))
            .build();
    try (TypeDBCloudClient cloud =
            TypeDBCloudClient.builder()
                .baseUrl(arguments[0])
                .credentials(arguments[1], arguments[2])
                .build();
        BufferedReader ids =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);
      System.out.println("ready");
      for (String id = ids.readLine(); id != null; id = ids.readLine()) {
        try {
          System.out.println(clusters.ensure(Fixtures.paidCluster(id).build(), options).status());
        } catch (TypeDBCloudException e) {
          System.out.println(e.toString().replace('\n', ' '));
        }
      }
    }
  }
}
