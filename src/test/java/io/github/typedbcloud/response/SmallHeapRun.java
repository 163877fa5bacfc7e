package io.github.typedbcloud.response;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;

/** Reads each response of a server that a test runs, and prints what that led to, a line each. */
public final class SmallHeapRun {

  private SmallHeapRun() {}

  /**
   * Runs.
   *
   * @param arguments the URL of the server, and for each call {@code get} or {@code list}
   */
  public static void main(String[] arguments) {
    try (TypeDBCloudClient client =
        TypeDBCloudClient.builder()
            .baseUrl(arguments[0])
            .credentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET)
            .maxAttempts(1)
            .build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      for (int i = 1; i < arguments.length; i++) {
        System.out.println(result(clusters, arguments[i]));
      }
    }
  }

  private static String result(ClustersApi clusters, String call) {
    try {
      return call.equals("get")
          ? "cluster " + clusters.get("a").id()
          : "list of " + clusters.list().size();
    } catch (RuntimeException | OutOfMemoryError e) {
      String message = String.valueOf(e.getMessage());
      return e.getClass().getSimpleName()
          + ": "
          + message.substring(Math.max(0, message.length() - 400)).replace('\n', ' ');
    }
  }
}
