package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.retry.PreparedSimulators.Prepared;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Faults;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.SecondClient;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single writes to a service that applies them late, shows them late, or has a wrong clock. */
class SlowWritesTest {

  private static final Duration TRANSITION = Duration.ofSeconds(1);

  private static final Duration LATENESS = Duration.ofSeconds(2);

  private static final Duration LAG = Duration.ofSeconds(3);

  private final SimulatedCloud cloud = new SimulatedCloud(it -> it.transitionTime(TRANSITION));
  private final Faults faults = cloud.simulator.faults();
  private final SecondClient other = cloud.simulator.secondClientOfSpace("my-team", "default");
  private final ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);

  @AfterEach
  void close() {
    cloud.close();
  }

  static List<ApiCall> writes() {
    return ApiCall.writes();
  }

  private Cluster deploy() {
    return clusters.deploy(Fixtures.paidCluster("a").build());
  }

  /** A cluster that has run for some time. */
  private void runCluster() {
    other.deploy("a");
    cloud.time.advance(Duration.ofMinutes(1));
  }

  private long sent(Operation operation) {
    return cloud.simulator.receivedCount(operation);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void deploy_appliedLate_isFound(int maxAttempts) {
    faults.on(Operation.DEPLOY).next(Fault.applyLate(LATENESS).and(Fault.respond(504)));

    try (TypeDBCloudClient client = cloud.builder().maxAttempts(maxAttempts).build()) {
      client.clusters(SimulatedCloud.SPACE).deploy(Fixtures.paidCluster("a").build());
    }

    // The second attempt is rejected with HTTP 409, because of the first.
    assertThat(sent(Operation.DEPLOY)).isEqualTo(maxAttempts == 1 ? 1 : 2);
    assertThat(other.snapshot().timesCreated("a")).isEqualTo(1);
  }

  @Test
  void deploy_oneAttemptNotApplied_outcomeUnknown() {
    faults.on(Operation.DEPLOY).next(Fault.respond(504));

    try (TypeDBCloudClient client = cloud.builder().maxAttempts(1).build()) {
      assertThatThrownBy(
              () -> client.clusters(SimulatedCloud.SPACE).deploy(Fixtures.paidCluster("a").build()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("last seen: no cluster 'a'")
          .hasMessageNotContaining("call again");
    }

    assertThat(cloud.time.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void deploy_lostAndStaleReads_isFound() {
    faults.on(Operation.DEPLOY).next(Fault.loseResponse());
    faults.on(Operation.GET, Operation.LIST).always(Fault.staleReads(LAG));

    assertThat(deploy().id()).isEqualTo("a");

    assertThat(sent(Operation.DEPLOY)).isEqualTo(2);
    assertThat(other.snapshot().timesCreated("a")).isEqualTo(1);
  }

  @Test
  void suspend_appliedLate_isFound() {
    runCluster();
    faults.on(Operation.SUSPEND).next(Fault.applyLate(LATENESS).and(Fault.respond(502)));

    assertThat(clusters.suspend("a").status())
        .isIn(ClusterStatus.SUSPENDING, ClusterStatus.SUSPENDED);

    // The second attempt is rejected with HTTP 400, because of the first.
    assertThat(sent(Operation.SUSPEND)).isEqualTo(2);
  }

  @Test
  void destroy_goneAndStaleReads_isSuccess() {
    runCluster();
    faults.on(Operation.DESTROY).next(Fault.loseResponse());
    faults.on(Operation.GET).always(Fault.staleReads(LAG));
    faults.on(Operation.GET).next(Fault.after(() -> cloud.time.advance(TRANSITION)));

    assertThat(clusters.destroy("a").status()).isEqualTo(ClusterStatus.DESTROYING);

    // The first read took so long that somebody may have deployed the ID again since.
    assertThat(sent(Operation.DESTROY)).isEqualTo(1);
    assertThat(other.snapshot().statuses()).isEmpty();
  }

  /** To the clock of the {@code Date}, the cluster is younger than the call. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void destroy_notAppliedWrongDate_isSentAgain(boolean hasDate) {
    other.deploy("a");
    cloud.time.advance(Duration.ofSeconds(30));
    faults.on(Operation.DESTROY).next(Fault.respond(503));
    faults.on().always(hasDate ? Fault.dateOffset(Duration.ofMinutes(-1)) : Fault.withoutDate());

    clusters.destroy("a");

    assertThat(sent(Operation.DESTROY)).isEqualTo(2);
    assertThat(other.snapshot().statuses()).containsEntry("a", "destroying");
  }

  /** To the clock of the {@code Date}, the cluster is older than the call. */
  @Test
  void deploy_lostAndDateAhead_outcomeUnknown() {
    faults.on(Operation.DEPLOY).next(Fault.loseResponse());
    faults.on().always(Fault.dateOffset(Duration.ofSeconds(15)));

    assertThatThrownBy(this::deploy)
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class,
            unknown -> assertThat(unknown.lastSeen()).map(Cluster::id).hasValue("a"));

    assertThat(sent(Operation.DEPLOY)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void close_whileVerifying_writeIsVerified(ApiCall write) {
    try (PreparedSimulators simulators = new PreparedSimulators();
        Prepared prepared = simulators.take(write);
        TypeDBCloudClient client = prepared.client().build()) {
      prepared
          .simulator
          .faults()
          .on(operation(write))
          .next(Fault.loseResponse().and(Fault.after(client::close)));

      Cluster result = (Cluster) write.on(client);

      assertThat(result.id()).isEqualTo(write.resultId());
      assertThat(prepared.simulator.receivedCount(operation(write))).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("writes")
  void close_notApplied_outcomeUnknown(ApiCall write) {
    try (PreparedSimulators simulators = new PreparedSimulators();
        Prepared prepared = simulators.take(write);
        TypeDBCloudClient client = prepared.client().build()) {
      prepared
          .simulator
          .faults()
          .on(operation(write))
          .next(Fault.loseRequest().and(Fault.after(client::close)));

      assertThatThrownBy(() -> write.on(client)).isInstanceOf(OutcomeUnknownException.class);

      assertThat(prepared.simulator.receivedCount(operation(write))).isEqualTo(1);
    }
  }

  private static Operation operation(ApiCall write) {
    return Operation.valueOf(write.operation().toUpperCase(Locale.ROOT));
  }
}
