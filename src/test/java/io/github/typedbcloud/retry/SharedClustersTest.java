package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Faults;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.SecondClient;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.SimulatedCloud;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writes of unknown outcome to clusters that somebody else changes meanwhile: what the other client
 * did is neither undone nor taken for the call's own.
 */
class SharedClustersTest {

  private static final Duration TRANSITION = Duration.ofSeconds(1);

  private final SimulatedCloud cloud = new SimulatedCloud(it -> it.transitionTime(TRANSITION));
  private final Faults faults = cloud.simulator.faults();
  private final SecondClient other = cloud.simulator.secondClientOfSpace("my-team", "default");
  private final ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);

  @AfterEach
  void close() {
    cloud.close();
  }

  /** A cluster of somebody else that has run for some time. */
  private void runCluster(String id) {
    other.deploy(id);
    cloud.time.advance(Duration.ofMinutes(1));
  }

  private long sent(Operation operation) {
    return cloud.simulator.receivedCount(operation);
  }

  private String status(String id) {
    return other.snapshot().statuses().get(id);
  }

  /** The response is lost, after the other client has done something. */
  private static Fault lostAfter(Runnable action) {
    return Fault.loseResponse().and(Fault.after(action));
  }

  private void endTransition() {
    cloud.time.advance(TRANSITION);
  }

  /** DELETE is in-flight and throttled; once applied, the other client deploys the ID. */
  @Test
  void destroy_redeployedBeforeRetry_isNotDestroyed() {
    runCluster("a");
    faults.on(Operation.DESTROY).next(Fault.applyLate(TRANSITION).and(Fault.respond(504)));
    faults.on(Operation.DESTROY).next(Fault.respond(429).header("Retry-After", "4"));
    faults.on(Operation.GET).nth(3, Fault.before(() -> other.deploy("a")));

    assertThat(clusters.destroy("a").status()).isEqualTo(ClusterStatus.DESTROYING);

    assertThat(sent(Operation.DESTROY)).isEqualTo(2);
    assertThat(other.snapshot().timesCreated("a")).isEqualTo(2);
    assertThat(status("a")).isEqualTo("starting");
  }

  /** The cluster that had the ID is known from the read after the first attempt. */
  @Test
  void destroy_lostThenRedeployed_isSuccess() {
    runCluster("a");
    faults.on(Operation.DESTROY).next(Fault.loseRequest());
    faults.on(Operation.DESTROY).nth(2, lostAfter(this::redeploy));

    assertThat(clusters.destroy("a").status()).isEqualTo(ClusterStatus.DESTROYING);

    assertThat(sent(Operation.DESTROY)).isEqualTo(2);
    assertThat(status("a")).isEqualTo("running");
  }

  @Test
  void destroy_redeployedBeforeFirstRead_unknown() {
    runCluster("a");
    faults.on(Operation.DESTROY).next(lostAfter(this::redeploy));

    assertThatThrownBy(() -> clusters.destroy("a")).isInstanceOf(OutcomeUnknownException.class);

    assertThat(sent(Operation.DESTROY)).isEqualTo(1);
    assertThat(status("a")).isEqualTo("running");
  }

  private void redeploy() {
    endTransition();
    other.deploy("a");
    endTransition();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void suspend_resumedMeanwhile_isNotSentAgain(boolean isRunningAgain) {
    runCluster("a");
    faults
        .on(Operation.SUSPEND)
        .next(
            lostAfter(
                () -> {
                  endTransition();
                  other.resume("a");
                  if (isRunningAgain) {
                    endTransition();
                  }
                }));

    assertThatThrownBy(() -> clusters.suspend("a"))
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class,
            unknown ->
                assertThat(unknown.lastSeen()).map(Cluster::status).hasValue(ClusterStatus.RUNNING))
        .hasMessageContaining("last seen: a: running");

    assertThat(sent(Operation.SUSPEND)).isEqualTo(1);
    assertThat(status("a")).isEqualTo("running");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void resume_suspendedMeanwhile_isNotSentAgain(boolean isSuspendedAgain) {
    runCluster("a");
    other.suspend("a");
    cloud.time.advance(Duration.ofMinutes(1));
    faults
        .on(Operation.RESUME)
        .next(
            lostAfter(
                () -> {
                  endTransition();
                  other.suspend("a");
                  if (isSuspendedAgain) {
                    endTransition();
                  }
                }));

    assertThatThrownBy(() -> clusters.resume("a"))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("last seen: a: suspended");

    assertThat(sent(Operation.RESUME)).isEqualTo(1);
    assertThat(status("a")).isEqualTo("suspended");
  }

  @Test
  void update_changedBackMeanwhile_isNotSentAgain() {
    runCluster("a");
    faults
        .on(Operation.UPDATE)
        .next(
            lostAfter(
                () -> {
                  cloud.time.advance(Duration.ofSeconds(2));
                  other.update("a", "{\"storageSizeGB\":10}");
                }));

    assertThatThrownBy(
            () -> clusters.update("a", UpdateClusterRequest.builder().storageSizeGB(20).build()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("10 GB");

    assertThat(sent(Operation.UPDATE)).isEqualTo(1);
    assertThat(clusters.get("a").storageSizeGB()).isEqualTo(10);
  }

  @Test
  void suspend_destroyedMeanwhile_isNotSentAgain() {
    runCluster("a");
    faults.on(Operation.SUSPEND).next(lostAfter(() -> other.destroy("a")));

    assertThatThrownBy(() -> clusters.suspend("a")).isInstanceOf(OutcomeUnknownException.class);

    assertThat(sent(Operation.SUSPEND)).isEqualTo(1);
  }

  /** The other client deploys the same ID, with other settings, before the lost attempt. */
  @Test
  void deploy_idTakenMeanwhile_isConflict() {
    faults
        .on(Operation.DEPLOY)
        .next(lostAfter(() -> {}).and(Fault.before(() -> other.deploy("a"))));

    assertThatThrownBy(() -> clusters.deploy(Fixtures.paidCluster("a").storageSizeGB(20).build()))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("10 GB");

    assertThat(sent(Operation.DEPLOY)).isEqualTo(1);
  }

  /** Only its age distinguishes the other client's cluster from the requested one. */
  @Test
  void deploy_olderClusterOfOther_outcomeUnknown() {
    other.deploy("a");
    cloud.time.advance(Duration.ofSeconds(15));
    faults.on(Operation.DEPLOY).next(Fault.loseResponse());

    assertThatThrownBy(() -> clusters.deploy(Fixtures.paidCluster("a").build()))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(sent(Operation.DEPLOY)).isEqualTo(1);
  }

  /** A proxy sends the request twice, and the response to the second is what the client gets. */
  @Test
  void deploy_sentTwiceByProxy_isSuccess() {
    faults.on(Operation.DEPLOY).next(Fault.before(() -> other.deploy("a")));

    Cluster cluster = clusters.deploy(Fixtures.paidCluster("a").build());

    assertThat(cluster.id()).isEqualTo("a");
    assertThat(sent(Operation.DEPLOY)).isEqualTo(1);
    assertThat(other.snapshot().timesCreated("a")).isEqualTo(1);
  }

  /** The same, but the cluster was there before. */
  @Test
  void deploy_conflictWithOlder_isConflict() {
    other.deploy("a");
    cloud.time.advance(Duration.ofSeconds(15));

    assertThatThrownBy(() -> clusters.deploy(Fixtures.paidCluster("a").build()))
        .isInstanceOf(ConflictException.class);
  }

  /** The cluster never existed, and the new ID is another's. */
  @Test
  void rename_absentCluster_isNotFound() {
    runCluster("b");
    faults.on(Operation.UPDATE).always(Fault.respond(500));

    assertThatThrownBy(() -> clusters.update("a", UpdateClusterRequest.builder().id("b").build()))
        .isInstanceOf(NotFoundException.class);

    assertThat(sent(Operation.UPDATE)).isZero();
  }

  @Test
  void rename_idTakenMeanwhile_isConflict() {
    runCluster("a");
    faults.on(Operation.UPDATE).next(Fault.loseRequest().and(Fault.after(() -> other.deploy("b"))));

    assertThatThrownBy(() -> clusters.update("a", UpdateClusterRequest.builder().id("b").build()))
        .isInstanceOf(ConflictException.class);

    assertThat(sent(Operation.UPDATE)).isEqualTo(1);
    assertThat(other.snapshot().statuses()).containsOnlyKeys("a", "b");
  }

  /** The lost rename was applied; the cluster that has the old ID now is another. */
  @Test
  void rename_oldIdDeployed_isNotRenamed() {
    runCluster("a");
    faults.on(Operation.UPDATE).next(lostAfter(() -> other.deploy("a")));

    assertThatThrownBy(() -> clusters.update("a", UpdateClusterRequest.builder().id("b").build()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("last seen: b: running");

    assertThat(sent(Operation.UPDATE)).isEqualTo(1);
    assertThat(other.snapshot().statuses()).containsOnlyKeys("b", "a");
  }
}
