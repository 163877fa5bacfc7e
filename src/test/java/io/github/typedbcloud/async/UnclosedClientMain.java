package io.github.typedbcloud.async;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import java.util.List;
import okhttp3.Protocol;

/** A program that uses a client in all ways and never closes it. */
final class UnclosedClientMain {

  static final String THREADS = "threads that are no daemons: ";

  static final String LAST_LINE = "that was all";

  private UnclosedClientMain() {}

  public static void main(String[] args) {
    TypeDBCloudClient client =
        TypeDBCloudClient.builder()
            .baseUrl(args[0])
            .credentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET)
            .customizeHttpClient(http -> http.protocols(List.of(Protocol.valueOf(args[1]))))
            .build();
    ClustersApi clusters = client.clusters(Fixtures.PROJECT);
    clusters.list();
    clusters.suspend("api-cluster");
    clusters.await("api-cluster", ClusterStatus.SUSPENDED);

    List<String> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !thread.isDaemon())
            .map(Thread::getName)
            .toList();
    System.out.println(THREADS + threads);
    System.out.println(LAST_LINE);
  }
}
