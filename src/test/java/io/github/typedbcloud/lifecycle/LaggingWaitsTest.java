package io.github.typedbcloud.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.SecondClient;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Waits at a service whose reads lag, that applies writes late, or that others use. */
final class LaggingWaitsTest {

  private final SimulatedCloud cloud =
      new SimulatedCloud(settings -> settings.transitionTime(Duration.ofSeconds(20)));

  @AfterEach
  void close() {
    cloud.close();
  }

  static Stream<Arguments> lags() {
    return Stream.of(SimulatedCloud.PROJECT, SimulatedCloud.SPACE)
        .flatMap(
            scope ->
                Stream.of(
                        List.of(Fault.staleReads(Duration.ofSeconds(1))),
                        List.of(Fault.staleReads(Duration.ofSeconds(3))),
                        List.of(Fault.applyLate(Duration.ofSeconds(3))),
                        List.of(
                            Fault.staleReads(Duration.ofSeconds(3)),
                            Fault.applyLate(Duration.ofSeconds(3))))
                    .map(faults -> Arguments.of(scope, faults)));
  }

  @ParameterizedTest
  @MethodSource("lags")
  void waits_afterOwnWrites_goOn(Scope scope, List<Fault> lags) {
    ClustersApi clusters = cloud.clusters(scope);
    lags.forEach(cloud.simulator.faults().on()::always);

    assertThat(clusters.deployAndAwait(Fixtures.paidCluster("a").build()).status())
        .isEqualTo(ClusterStatus.RUNNING);
    awaitTransitions();
    assertThat(clusters.suspendAndAwait("a").status()).isEqualTo(ClusterStatus.SUSPENDED);
    awaitTransitions();
    assertThat(clusters.resumeAndAwait("a").status()).isEqualTo(ClusterStatus.RUNNING);
    awaitTransitions();
    clusters.destroyAndAwait("a");

    awaitTransitions();
    assertThat(clusters.find("a")).isEmpty();
  }

  /** The reads show the cluster that had the ID before. */
  @Test
  void deployAndAwait_earlierClusterOfId_isNotItsResult() {
    ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);
    clusters.deployAndAwait(Fixtures.paidCluster("a").build());
    clusters.destroyAndAwait("a");
    cloud.simulator.faults().on().always(Fault.staleReads(Duration.ofSeconds(25)));

    try (TypeDBCloudClient patient =
        cloud.builder().verificationWindow(Duration.ofSeconds(30)).build()) {
      assertThat(
              patient
                  .clusters(SimulatedCloud.SPACE)
                  .deployAndAwait(Fixtures.paidCluster("a").build())
                  .status())
          .isEqualTo(ClusterStatus.RUNNING);
    }
    assertThat(cloud.simulator.clustersOfSpace("my-team", "default").statuses())
        .containsEntry("a", "running");
  }

  @Test
  void destroyAndAwait_gatewayNotFound_isPassedOver() {
    for (Fault gateway : List.of(Fault.gatewayNotFound(), Fault.respond(404))) {
      ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);
      clusters.deployAndAwait(Fixtures.paidCluster("a").build());
      cloud.simulator.faults().on(Operation.GET).next(2, gateway);

      clusters.destroyAndAwait("a");

      assertThat(cloud.simulator.clustersOfSpace("my-team", "default").statuses()).isEmpty();
    }
  }

  @Test
  void destroyAndAwait_redeployedMeanwhile_ends() {
    ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);
    clusters.deployAndAwait(Fixtures.paidCluster("a").build());
    SecondClient other = cloud.simulator.secondClientOfSpace("my-team", "default");
    cloud
        .simulator
        .faults()
        .on(Operation.GET)
        .nth(
            2,
            Fault.before(
                () -> {
                  cloud.time.advance(Duration.ofMinutes(1));
                  other.deploy("a");
                }));

    clusters.destroyAndAwait("a", WaitOptions.within(Duration.ofHours(1)));

    assertThat(cloud.time.elapsed()).isLessThan(Duration.ofMinutes(5));
    assertThat(cloud.simulator.clustersOfSpace("my-team", "default").timesCreated("a"))
        .isEqualTo(2);
  }

  /** A list that lacks a cluster is checked with a direct read. */
  @Test
  void awaitAll_listLacksSeenCluster_goesOn() {
    ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);
    clusters.deploy(Fixtures.paidCluster("a").build());
    clusters.deploy(Fixtures.paidCluster("b").build());
    cloud.time.advance(Duration.ofSeconds(15));
    cloud
        .simulator
        .faults()
        .on(Operation.LIST)
        .nth(2, Fault.respond(200).body("application/json", "[]"));

    assertThat(clusters.awaitAll(List.of("a", "b"), ClusterStatus.RUNNING)).hasSize(2);
  }

  @Test
  void await_failedCluster_ends() {
    ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);
    cloud.simulator.faults().lifecycle("a").failsAfter("starting");

    assertThatThrownBy(() -> clusters.deployAndAwait(Fixtures.paidCluster("a").build()))
        .isInstanceOfSatisfying(
            WaitException.class, e -> assertThat(e.reason()).isEqualTo(WaitException.Reason.FAILED))
        .hasMessageContaining("failed");

    clusters.destroyAndAwait("a");
  }

  @Test
  void wrongSpace_isAnErrorThatNamesIt() {
    ClustersApi typo = cloud.clusters(Scope.space("my-team", "typo"));

    assertThatThrownBy(() -> typo.find("a"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("my-team/typo");
    assertThatThrownBy(() -> typo.awaitDestroyed("a"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("my-team/typo");
    assertThatThrownBy(() -> typo.await("a", ClusterStatus.RUNNING))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("my-team/typo");
    assertThatThrownBy(() -> typo.awaitAllDestroyed(List.of("a", "b")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("my-team/typo");
    assertThatThrownBy(() -> typo.plan(Fixtures.paidCluster("a").build()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("my-team/typo");
  }

  /** The scope is read once; after any success it is known. */
  @Test
  void find_absent_checksScopeOnce() {
    ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);

    assertThat(clusters.find("a")).isEmpty();
    assertThat(clusters.find("a")).isEmpty();

    assertThat(cloud.simulator.receivedCount(Operation.GET)).isEqualTo(2);
    assertThat(cloud.simulator.receivedCount(Operation.LIST)).isEqualTo(1);
  }

  /** Later than all lags. */
  private void awaitTransitions() {
    cloud.time.advance(Duration.ofMinutes(2));
  }
}
