package io.github.typedbcloud.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.Server;
import io.github.typedbcloud.model.ServerStatus;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.model.WaitProgress;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.support.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clusters from their deployment to their end. */
final class ClusterLifecycleTest {

  private final SimulatedCloud cloud =
      new SimulatedCloud(settings -> settings.transitionTime(Duration.ofMinutes(3)));

  @AfterEach
  void close() {
    cloud.close();
  }

  static Stream<Scope> bothGenerations() {
    return Stream.of(SimulatedCloud.PROJECT, SimulatedCloud.SPACE);
  }

  @ParameterizedTest
  @MethodSource("bothGenerations")
  void cluster_wholeLife_succeeds(Scope scope) {
    ClustersApi clusters = cloud.clusters(scope);
    Instant begun = cloud.time.now();

    Cluster deployed = clusters.deploy(Fixtures.freeCluster("api-cluster").build());
    assertThat(deployed.status()).isEqualTo(ClusterStatus.STARTING);
    assertThat(deployed.createdAt()).isEqualTo(begun);
    assertThat(deployed.owner()).isEqualTo(scope);
    assertThat(deployed.serversRunning()).isZero();

    Cluster running = clusters.await("api-cluster", ClusterStatus.RUNNING);
    assertThat(running.servers()).extracting(Server::status).containsExactly(ServerStatus.RUNNING);
    assertThat(clusters.list()).containsExactly(running);
    assertThat(clusters.find("api-cluster")).contains(running);
    assertThat(clusters.get("api-cluster")).isEqualTo(running);

    assertThat(clusters.suspend("api-cluster").status()).isEqualTo(ClusterStatus.SUSPENDING);
    assertThat(clusters.await("api-cluster", ClusterStatus.SUSPENDED).servers()).isEmpty();
    assertThat(clusters.resume("api-cluster").status()).isEqualTo(ClusterStatus.RESUMING);
    assertThat(clusters.await("api-cluster", ClusterStatus.RUNNING)).isEqualTo(running);

    assertThat(clusters.destroy("api-cluster").status()).isEqualTo(ClusterStatus.DESTROYING);
    assertThat(clusters.find("api-cluster")).isPresent();
    clusters.awaitDestroyed("api-cluster");
    assertThat(clusters.find("api-cluster")).isEmpty();
    assertThat(clusters.list()).isEmpty();
    assertThat(Duration.between(begun, cloud.time.now()))
        .isBetween(Duration.ofMinutes(12), Duration.ofMinutes(13));
  }

  @Test
  void space_updateRenameCloneVersions_succeed() {
    ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);
    clusters.deploy(Fixtures.paidCluster("before").build());
    clusters.await("before", ClusterStatus.RUNNING);

    Cluster updated =
        clusters.update(
            "before",
            UpdateClusterRequest.builder()
                .id("after")
                .storageSizeGB(20)
                .machineType("c2d-highcpu-4")
                .version("3.5.1")
                .build());
    assertThat(updated)
        .returns("after", Cluster::id)
        .returns(20, Cluster::storageSizeGB)
        .returns("c2d-highcpu-4", Cluster::machineType)
        .returns("3.5.1", Cluster::version)
        .returns(ClusterStatus.RUNNING, Cluster::status);
    assertThat(clusters.find("before")).isEmpty();
    assertThat(clusters.get("after")).isEqualTo(updated);

    Cluster copy = clusters.clone("after", "copy");
    assertThat(copy)
        .returns("copy", Cluster::id)
        .returns(20, Cluster::storageSizeGB)
        .returns(ClusterStatus.STARTING, Cluster::status);
    clusters.await("copy", ClusterStatus.RUNNING);
    assertThat(clusters.list()).extracting(Cluster::id).containsExactly("after", "copy");
    assertThat(clusters.versions()).containsExactly("2.29.3", "3.0.6", "3.5.1");
  }

  @Test
  void project_missingOperations_areNamed() {
    ClustersApi clusters = cloud.clusters(SimulatedCloud.PROJECT);
    UpdateClusterRequest rename = UpdateClusterRequest.builder().id("b").build();

    assertThatThrownBy(() -> clusters.update("a", rename))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Scope.space");
    assertThatThrownBy(() -> clusters.clone("a", "b"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Scope.space");
    assertThatThrownBy(clusters::versions)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Scope.space");
  }

  @Test
  void client_bothVersionsManyScopes_areSeparate() {
    Scope another = Scope.space("my-team", "another");
    try (SimulatedCloud many =
        new SimulatedCloud(
            settings ->
                settings
                    .project("my-org", "default")
                    .space("my-team", "default")
                    .space("my-team", "another"))) {
      List<Scope> scopes = List.of(SimulatedCloud.PROJECT, SimulatedCloud.SPACE, another);
      for (Scope scope : scopes) {
        many.clusters(scope).deploy(Fixtures.paidCluster("same-id").build());
      }
      many.clusters(another).destroy("same-id");
      many.clusters(another).awaitDestroyed("same-id");

      assertThat(many.clusters(SimulatedCloud.PROJECT).get("same-id").owner())
          .isEqualTo(SimulatedCloud.PROJECT);
      assertThat(many.clusters(SimulatedCloud.SPACE).get("same-id").owner())
          .isEqualTo(SimulatedCloud.SPACE);
      assertThat(many.clusters(another).list()).isEmpty();
    }
  }

  @Test
  void client_fiftyThreads_driveFiftyClusters() {
    // Sleeps of all threads add up, so short ones keep the sum below the timeout of one call.
    WaitOptions often =
        WaitOptions.builder().interval(Duration.ofMillis(1), Duration.ofMillis(5)).build();
    try (SimulatedCloud quick =
        new SimulatedCloud(settings -> settings.transitionTime(Duration.ofMillis(20)))) {
      ClustersApi clusters = quick.clusters(SimulatedCloud.SPACE);

      List<Cluster> lastSeen =
          ParallelTasks.each(50, number -> () -> wholeLife(clusters, "cluster-" + number, often))
              .results();

      assertThat(lastSeen).extracting(Cluster::id).hasSize(50).doesNotHaveDuplicates();
      assertThat(lastSeen).extracting(Cluster::status).containsOnly(ClusterStatus.DESTROYING);
      assertThat(clusters.list()).isEmpty();
    }
  }

  @Test
  void deploy_twentyMinutes_isPolled() {
    List<WaitProgress> polls = new ArrayList<>();
    try (SimulatedCloud slow =
        new SimulatedCloud(settings -> settings.startingTime(Duration.ofMinutes(20)))) {
      ClustersApi clusters = slow.clusters(SimulatedCloud.PROJECT);
      clusters.deploy(Fixtures.freeCluster("slow").build());

      clusters.await(
          "slow", ClusterStatus.RUNNING, WaitOptions.builder().listener(polls::add).build());

      assertThat(slow.time.elapsed())
          .isBetween(Duration.ofMinutes(20), Duration.ofMinutes(20).plusSeconds(15));
    }
    // 1200 s in steps of 12 to 15 s, and some shorter ones to begin with.
    assertThat(polls).hasSizeBetween(80, 106);
    assertThat(polls.get(0))
        .hasToString(
            "slow: starting, 0/1 servers running, 0.0 s, next poll in %.1f s"
                .formatted(polls.get(0).nextPoll().toMillis() / 1000.0));
    assertThat(polls.get(polls.size() - 1).toString())
        .startsWith("slow: running, 1/1 servers running, 12")
        .doesNotContain("next poll");
  }

  @Test
  void deploy_tooSlow_reportsHistory() {
    ClustersApi clusters = cloud.clusters(SimulatedCloud.PROJECT);
    clusters.deploy(Fixtures.freeCluster("slow").build());

    assertThatThrownBy(
            () ->
                clusters.await(
                    "slow", ClusterStatus.RUNNING, WaitOptions.within(Duration.ofMinutes(2))))
        .isInstanceOf(WaitException.class)
        .hasMessage(
            "Waiting for cluster 'slow' in project my-org/default to be running ended after 120.0 s:"
                + " the timeout elapsed; read the cluster with get, or wait again with a longer WaitOptions"
                + " timeout. Seen: starting after 0.0 s.");
  }

  @Test
  void await_zeroTimeout_pollsOnce() {
    ClustersApi clusters = cloud.clusters(SimulatedCloud.PROJECT);
    clusters.deploy(Fixtures.freeCluster("slow").build());

    assertThatThrownBy(
            () -> clusters.await("slow", ClusterStatus.RUNNING, WaitOptions.within(Duration.ZERO)))
        .isInstanceOf(WaitException.class);
    assertThat(cloud.time.elapsed()).isZero();
  }

  @Test
  void await_unreachableStatus_endsAtOnce() {
    ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);
    clusters.deploy(Fixtures.paidCluster("a").build());
    clusters.await("a", ClusterStatus.of("Running"));
    Duration ready = cloud.time.elapsed();

    assertThatThrownBy(() -> clusters.await("a", ClusterStatus.SUSPENDED))
        .isInstanceOf(WaitException.class)
        .hasMessageContaining("call suspend first");
    clusters.destroy("a");
    assertThatThrownBy(() -> clusters.await("a", ClusterStatus.RUNNING))
        .isInstanceOf(WaitException.class)
        .hasMessageContaining("the cluster is being destroyed");
    assertThatThrownBy(() -> clusters.await("never-there", ClusterStatus.RUNNING))
        .isInstanceOf(WaitException.class)
        .hasMessageContaining("there is no such cluster");
    assertThat(cloud.time.elapsed()).isEqualTo(ready);
  }

  private static Cluster wholeLife(ClustersApi clusters, String id, WaitOptions options) {
    clusters.deploy(Fixtures.paidCluster(id).build());
    clusters.await(id, ClusterStatus.RUNNING, options);
    clusters.suspend(id);
    clusters.await(id, ClusterStatus.SUSPENDED, options);
    clusters.resume(id);
    clusters.await(id, ClusterStatus.RUNNING, options);
    Cluster last = clusters.destroy(id);
    clusters.awaitDestroyed(id, options);
    return last;
  }
}
