package io.github.typedbcloud.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClusterPlan;
import io.github.typedbcloud.ClusterPlan.Step;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.AccessLevel;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.ReceivedRequest;
import io.github.typedbcloud.simulator.SecondClient;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.support.SimulatedCloud;
import io.github.typedbcloud.validation.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Has clusters exist and run as asked, from whatever there is. */
final class EnsureTest {

  private static final DeployClusterRequest ASKED = Fixtures.paidCluster("a").build();

  private final SimulatedCloud cloud = new SimulatedCloud();
  private final ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);

  /** Both ways to ask for it. */
  private enum Way {
    BLOCKING {
      @Override
      Cluster ensure(ClustersApi clusters, DeployClusterRequest request, WaitOptions options) {
        return clusters.ensure(request, options);
      }
    },
    ASYNCHRONOUS {
      @Override
      Cluster ensure(ClustersApi clusters, DeployClusterRequest request, WaitOptions options) {
        try {
          return clusters.async().ensure(request, options).join();
        } catch (CompletionException e) {
          throw (RuntimeException) e.getCause();
        }
      }
    };

    abstract Cluster ensure(
        ClustersApi clusters, DeployClusterRequest request, WaitOptions options);

    Cluster ensure(ClustersApi clusters, DeployClusterRequest request) {
      return ensure(clusters, request, WaitOptions.defaults());
    }
  }

  static Stream<Way> ways() {
    return Stream.of(Way.values());
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void ensure_absent_deploys(Way way) {
    assertThat(clusters.plan(ASKED).steps()).containsExactly(Step.DEPLOY, Step.AWAIT_RUNNING);
    assertThat(clusters.async().plan(ASKED).join()).isEqualTo(clusters.plan(ASKED));
    assertThat(writes()).isEmpty();

    Cluster ensured = way.ensure(clusters, ASKED);

    assertThat(ensured.status()).isEqualTo(ClusterStatus.RUNNING);
    assertThat(writes()).containsExactly(Operation.DEPLOY);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void ensure_asRequested_sendsOneRead(Way way) {
    Cluster first = way.ensure(clusters, ASKED);
    cloud.simulator.clearReceived();

    assertThat(clusters.ensure(ASKED)).isEqualTo(first);

    assertThat(cloud.simulator.received())
        .extracting(ReceivedRequest::operation)
        .containsExactly(Optional.of(Operation.GET));
    assertThat(clusters.plan(ASKED).isFulfilled()).isTrue();
    assertThat(clusters.plan(ASKED)).hasToString("cluster 'a': runs as requested");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void ensure_suspended_resumes(Way way) {
    way.ensure(clusters, ASKED);
    clusters.suspendAndAwait("a");
    assertThat(clusters.plan(ASKED))
        .hasToString("cluster 'a': resume, then wait until it is running");

    assertThat(way.ensure(clusters, ASKED).status()).isEqualTo(ClusterStatus.RUNNING);
    assertThat(writes()).containsExactly(Operation.DEPLOY, Operation.SUSPEND, Operation.RESUME);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void ensure_inTransition_awaits(Way way) {
    clusters.deploy(ASKED);
    assertThat(clusters.plan(ASKED).steps()).containsExactly(Step.AWAIT_RUNNING);
    assertThat(way.ensure(clusters, ASKED).status()).isEqualTo(ClusterStatus.RUNNING);

    clusters.suspend("a");
    assertThat(clusters.plan(ASKED).steps())
        .containsExactly(Step.AWAIT_SUSPENDED, Step.RESUME, Step.AWAIT_RUNNING);
    assertThat(way.ensure(clusters, ASKED).status()).isEqualTo(ClusterStatus.RUNNING);

    clusters.destroy("a");
    assertThat(clusters.plan(ASKED).steps())
        .containsExactly(Step.AWAIT_DESTROYED, Step.DEPLOY, Step.AWAIT_RUNNING);
    assertThat(way.ensure(clusters, ASKED).status()).isEqualTo(ClusterStatus.RUNNING);
    assertThat(cloud.simulator.clustersOfSpace("my-team", "default").created())
        .isEqualTo(Map.of("a", 2));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void ensure_updatable_updatesOnce(Way way) {
    way.ensure(clusters, ASKED);
    DeployClusterRequest larger =
        ASKED.toBuilder().storageSizeGB(70).machineType("c2d-highcpu-8").version("3.5.1").build();
    ClusterPlan plan = clusters.plan(larger);
    assertThat(plan.steps()).containsExactly(Step.UPDATE, Step.AWAIT_RUNNING);
    assertThat(plan.update().toMap()).containsOnlyKeys("storageSizeGB", "machineType", "version");
    assertThat(plan.obstacles()).isEmpty();

    Cluster updated = way.ensure(clusters, larger);

    assertThat(updated.storageSizeGB()).isEqualTo(70);
    assertThat(updated.machineType()).isEqualTo("c2d-highcpu-8");
    assertThat(updated.version()).isEqualTo("3.5.1");
    assertThat(updated.status()).isEqualTo(ClusterStatus.RUNNING);
    assertThat(writes()).containsExactly(Operation.DEPLOY, Operation.UPDATE);
    assertThat(clusters.plan(larger).isFulfilled()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void ensure_notUpdatable_changesNothing(Way way) {
    way.ensure(clusters, ASKED);
    clusters.suspendAndAwait("a");
    cloud.simulator.clearReceived();
    DeployClusterRequest elsewhere =
        ASKED.toBuilder().region("us-east1").storageSizeGB(100).build();

    assertThat(clusters.plan(elsewhere).obstacles())
        .extracting(Violation::field)
        .containsExactly("region");
    assertThat(clusters.plan(elsewhere).toString())
        .startsWith("cluster 'a': cannot be changed as requested, so nothing is done")
        .contains("\n  impossible: region 'us-east1' is not the current value, europe-west2");
    assertThatThrownBy(() -> way.ensure(clusters, elsewhere))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContainingAll(
            "ensure of cluster 'a'", "us-east1", "europe-west2", "destroy the cluster first");
    assertThat(writes()).isEmpty();
  }

  @Test
  void ensure_inProject_cannotUpdate() {
    ClustersApi older = cloud.clusters(SimulatedCloud.PROJECT);
    older.ensure(ASKED.toBuilder().version("3.0.6").build());

    ClusterPlan plan = older.plan(ASKED.toBuilder().version("3.0.6").storageSizeGB(70).build());

    assertThat(plan.obstacles())
        .singleElement()
        .asString()
        .contains("storageSizeGB 70", "in a project");
    assertThat(plan.isFulfilled()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void ensure_invalidRequest_sendsNothing(Way way) {
    DeployClusterRequest wrong = ASKED.toBuilder().serverCount(2).build();

    assertThatThrownBy(() -> way.ensure(clusters, wrong))
        .isInstanceOf(InvalidRequestException.class);
    assertThat(cloud.simulator.receivedCount()).isZero();
  }

  @Test
  void ensure_concurrent_makesOneCluster() {
    WaitOptions patient = WaitOptions.within(Duration.ofDays(300));
    List<Cluster> ensured = ParallelTasks.of(16, () -> clusters.ensure(ASKED, patient)).results();

    assertThat(ensured).extracting(Cluster::status).containsOnly(ClusterStatus.RUNNING);
    assertThat(cloud.simulator.clustersOfSpace("my-team", "default").created())
        .isEqualTo(Map.of("a", 1));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void ensure_lostRace_takesOtherCluster(Way way) {
    // Reads of the loser say that there is none yet; then its deployment meets the winner's.
    clusters.ensure(ASKED);
    cloud.time.advance(Duration.ofDays(1));
    cloud
        .simulator
        .faults()
        .on(Operation.GET)
        .next(
            Fault.respond(404)
                .body(
                    "application/json",
                    "{\"code\":\"NOT_FOUND\",\"message\":\"no such cluster\"}"));

    assertThat(way.ensure(clusters, ASKED).status()).isEqualTo(ClusterStatus.RUNNING);
    assertThat(cloud.simulator.receivedCount(Operation.DEPLOY)).isEqualTo(2);
    assertThat(cloud.simulator.clustersOfSpace("my-team", "default").created())
        .isEqualTo(Map.of("a", 1));
  }

  /** Storage left at its default, and an older version: neither is asked for on purpose. */
  @ParameterizedTest
  @MethodSource("ways")
  void ensure_largerAndNewerCluster_isKept(Way way) {
    way.ensure(clusters, ASKED.toBuilder().storageSizeGB(100).version("3.5.1").build());
    DeployClusterRequest less =
        ASKED.toBuilder().machineType("c2d-highcpu-8").version("3.0.6").build();

    ClusterPlan plan = clusters.plan(less);
    assertThat(plan.update().toMap()).containsOnlyKeys("machineType");
    assertThat(plan.kept())
        .extracting(Violation::field)
        .containsExactly("storageSizeGB", "version");
    assertThat(plan.toString())
        .contains("\n  kept: storageSizeGB 10 is left at the current value, 100")
        .contains("\n  kept: version '3.0.6' is left at the current value, 3.5.1");

    Cluster ensured = way.ensure(clusters, less);

    assertThat(ensured.storageSizeGB()).isEqualTo(100);
    assertThat(ensured.version()).isEqualTo("3.5.1");
    assertThat(ensured.machineType()).isEqualTo("c2d-highcpu-8");
    assertThat(clusters.plan(less).isFulfilled()).isTrue();
    cloud.simulator.clearReceived();
    way.ensure(clusters, less);
    assertThat(cloud.simulator.receivedCount()).isEqualTo(1);
  }

  /** Somebody else resumes it between the plan and the step, which is rejected then. */
  @ParameterizedTest
  @MethodSource("ways")
  void ensure_stepRejected_plansAgain(Way way) {
    way.ensure(clusters, ASKED);
    clusters.suspendAndAwait("a");
    SecondClient other = cloud.simulator.secondClientOfSpace("my-team", "default");
    cloud.simulator.faults().on(Operation.RESUME).next(Fault.before(() -> other.resume("a")));

    assertThat(way.ensure(clusters, ASKED).status()).isEqualTo(ClusterStatus.RUNNING);
    assertThat(cloud.simulator.receivedCount(Operation.RESUME)).isEqualTo(1);
  }

  /** Somebody else suspends it while this waits for it to run. */
  @ParameterizedTest
  @MethodSource("ways")
  void ensure_suspendedMeanwhile_resumes(Way way) {
    clusters.deploy(ASKED);
    SecondClient other = cloud.simulator.secondClientOfSpace("my-team", "default");
    cloud
        .simulator
        .faults()
        .on(Operation.GET)
        .nth(
            2,
            Fault.before(
                () -> {
                  cloud.time.advance(Duration.ofHours(1));
                  other.suspend("a");
                  cloud.time.advance(Duration.ofHours(1));
                }));

    WaitOptions patient = WaitOptions.within(Duration.ofDays(1));
    assertThat(way.ensure(clusters, ASKED, patient).status()).isEqualTo(ClusterStatus.RUNNING);
    assertThat(cloud.simulator.receivedCount(Operation.RESUME)).isEqualTo(1);
  }

  /** Somebody else destroys it between the plan and the step. */
  @ParameterizedTest
  @MethodSource("ways")
  void ensure_destroyedMeanwhile_deploys(Way way) {
    way.ensure(clusters, ASKED);
    clusters.suspendAndAwait("a");
    SecondClient other = cloud.simulator.secondClientOfSpace("my-team", "default");
    cloud.simulator.faults().on(Operation.RESUME).next(Fault.before(() -> other.destroy("a")));

    assertThat(way.ensure(clusters, ASKED).status()).isEqualTo(ClusterStatus.RUNNING);
    assertThat(cloud.simulator.clustersOfSpace("my-team", "default").timesCreated("a"))
        .isEqualTo(2);
  }

  /** A rejection that stays the same for longer than reads may lag is final. */
  @ParameterizedTest
  @MethodSource("ways")
  void ensure_rejectedForGood_fails(Way way) {
    cloud
        .simulator
        .faults()
        .on(Operation.DEPLOY)
        .always(
            Fault.respond(400)
                .body("application/json", "{\"code\":\"NO\",\"message\":\"no payment method\"}"));

    assertThatThrownBy(() -> way.ensure(clusters, ASKED))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("no payment method");

    assertThat(cloud.time.elapsed()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void ensure_timeoutElapsed_fails(Way way) {
    WaitOptions hasty = WaitOptions.within(Duration.ofSeconds(1));

    assertThatThrownBy(() -> way.ensure(clusters, ASKED, hasty))
        .isInstanceOfSatisfying(
            WaitException.class,
            e -> assertThat(e.reason()).isEqualTo(WaitException.Reason.TIMED_OUT));
  }

  /** Hundreds of plans, none of which helps. */
  @ParameterizedTest
  @MethodSource("ways")
  void ensure_neverAsRequested_timesOut(Way way) {
    way.ensure(clusters, ASKED);
    String small =
        "{\"id\":\"a\",\"serverCount\":1,\"storageSizeGB\":10,\"status\":\"running\",\"createdAt\":1738256490070}";
    cloud
        .simulator
        .faults()
        .on(Operation.GET, Operation.UPDATE)
        .always(Fault.respond(200).body("application/json", small));
    Duration before = cloud.time.elapsed();

    assertThatThrownBy(() -> way.ensure(clusters, ASKED.toBuilder().storageSizeGB(70).build()))
        .isInstanceOfSatisfying(
            WaitException.class,
            e -> assertThat(e.reason()).isEqualTo(WaitException.Reason.TIMED_OUT));

    assertThat(cloud.time.elapsed().minus(before))
        .isBetween(Duration.ofMinutes(29), Duration.ofMinutes(31));
  }

  /** The timeout is that of all steps together. */
  @ParameterizedTest
  @MethodSource("ways")
  void ensure_twoLongWaits_shareTheTimeout(Way way) {
    try (SimulatedCloud slow =
        new SimulatedCloud(settings -> settings.transitionTime(Duration.ofMinutes(9)))) {
      ClustersApi there = slow.clusters(SimulatedCloud.SPACE);
      there.deployAndAwait(ASKED);
      there.destroy("a");
      Duration before = slow.time.elapsed();

      assertThatThrownBy(() -> way.ensure(there, ASKED, WaitOptions.within(Duration.ofMinutes(10))))
          .isInstanceOf(WaitException.class);

      assertThat(slow.time.elapsed().minus(before)).isLessThan(Duration.ofMinutes(11));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void ensure_wrongSpace_namesIt(Way way) {
    ClustersApi typo = cloud.clusters(Scope.space("my-team", "typo"));

    assertThatThrownBy(() -> way.ensure(typo, ASKED))
        .isInstanceOf(TypeDBCloudException.class)
        .hasMessageContaining("my-team/typo");
    assertThat(writes()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void ensure_lostResponse_deploysOnce(Way way) {
    cloud.simulator.faults().on(Operation.DEPLOY).next(Fault.loseResponse());

    way.ensure(clusters, ASKED);

    assertThat(cloud.simulator.receivedCount(Operation.DEPLOY)).isOne();
  }

  @Test
  void ensure_waitEnds_reportsWhy() {
    try (SimulatedCloud slow =
        new SimulatedCloud(settings -> settings.startingTime(Duration.ofHours(1)))) {
      ClustersApi slowly = slow.clusters(SimulatedCloud.SPACE);

      assertThatThrownBy(() -> slowly.ensure(ASKED, WaitOptions.within(Duration.ofMinutes(1))))
          .isInstanceOf(WaitException.class);
    }
  }

  @Test
  void plan_withReadAccess_succeeds() {
    cloud.simulator.addApiToken("reader", "its-secret", AccessLevel.READ);
    try (TypeDBCloudClient reader = cloud.clientOf("reader", "its-secret")) {
      ClustersApi read = reader.clusters(Scope.space("my-team", "default"));
      assertThat(read.plan(ASKED).steps()).hasSize(2);
    }
  }

  private List<Operation> writes() {
    List<Operation> reads = List.of(Operation.EXCHANGE_TOKEN, Operation.GET, Operation.LIST);
    return cloud.simulator.received().stream()
        .flatMap(request -> request.operation().stream())
        .filter(operation -> !reads.contains(operation))
        .toList();
  }
}
