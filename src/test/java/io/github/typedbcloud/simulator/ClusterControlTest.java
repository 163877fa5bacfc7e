package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statuses that are set, and clusters that are removed, past the rules of the service. */
@Timeout(60)
class ClusterControlTest {

  private static final Duration TRANSITION = Duration.ofMinutes(1);

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(time).transitionTime(TRANSITION).start();
  private final Caller space = Caller.space(simulator);
  private final ClusterControl control = simulator.clusterControlOfSpace("my-team", "default");

  @AfterEach
  void close() {
    simulator.close();
  }

  private void deployRunning(String id) {
    space.deploy(Bodies.paid(id));
    time.advance(TRANSITION);
  }

  @ParameterizedTest
  @EnumSource
  void unknownStatus_everyWrite_onlySuspendAndResumeFail(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    ClusterControl ofVersion =
        version == ApiVersion.PROJECTS
            ? simulator.clusterControlOfProject("my-org", "default")
            : control;
    caller.deploy(Bodies.paid("a"));
    time.advance(TRANSITION);
    ofVersion.setStatus("a", "upgrading");
    time.advance(Duration.ofDays(1).dividedBy(48));
    Response got = caller.get("a").isCluster("a", "upgrading");
    assertThat(got.json().at("/servers/0/status").textValue()).isEqualTo("running");
    caller.suspend("a").isError(400, "invalid_cluster_status");
    caller.resume("a").isError(400, "invalid_cluster_status");
    if (version == ApiVersion.SPACES) {
      caller.update("a", "{\"storageSizeGB\":20}").isCluster("a", "upgrading");
      caller.clone("a", "b").isCluster("b", "starting");
    }
    caller.destroy("a").isCluster("a", "destroying");
    time.advance(TRANSITION);
    caller.get("a").isError(404, "cluster_not_found");
  }

  @Test
  void setStatus_transition_startsNow() {
    deployRunning("a");
    control.setStatus("a", "suspending");
    time.advance(TRANSITION.minusNanos(1));
    space.get("a").isCluster("a", "suspending");
    time.advance(Duration.ofNanos(1));
    Response suspended = space.get("a").isCluster("a", "suspended");
    assertThat(suspended.json().path("servers")).isEmpty();
    control.setStatus("a", "upgrading");
    assertThat(space.get("a").json().path("servers")).as("keeps having none").isEmpty();
    control.setStatus("a", "running");
    assertThat(space.get("a").isCluster("a", "running").json().path("servers")).hasSize(1);
    control.setStatus("a", "destroying");
    time.advance(TRANSITION);
    space.get("a").isError(404, "cluster_not_found");
  }

  @Test
  void setStatus_pendingWrite_isDropped() {
    deployRunning("a");
    simulator.faults().on(Operation.SUSPEND).next(Fault.applyLate(TRANSITION));
    space.suspend("a");
    control.setStatus("a", "running");
    time.advance(TRANSITION);
    space.get("a").isCluster("a", "running");
    space.suspend("a").isCluster("a", "suspending");
  }

  @Test
  void remove_pendingWrite_isDropped() {
    deployRunning("a");
    simulator.faults().on(Operation.UPDATE).next(Fault.applyLate(TRANSITION));
    space.update("a", "{\"id\":\"b\"}");
    control.remove("a");
    space.get("a").isError(404, "cluster_not_found");
    space.deploy(Bodies.paid("b")).isCluster("b", "starting");
    space.deploy(Bodies.paid("a")).isCluster("a", "starting");
    time.advance(TRANSITION.dividedBy(2));
    simulator.faults().on(Operation.LIST).next(Fault.staleReads(TRANSITION.multipliedBy(2)));
    space.list();
    time.advance(TRANSITION);
    assertThat(control.toString()).isEqualTo("ClusterControl[space my-team/default]");
    assertThat(space.list().json().findValuesAsText("id")).containsExactly("b", "a");
  }

  @Test
  void remove_staleReads_showThePast() {
    deployRunning("a");
    time.advance(TRANSITION);
    control.remove("a");
    simulator.faults().on(Operation.GET).next(Fault.staleReads(1));
    space.get("a").isCluster("a", "running");
    space.get("a").isError(404, "cluster_not_found");
  }

  @Test
  void arguments_invalid_areRejected() {
    assertThatThrownBy(() -> control.setStatus("a", "failed"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a\" does not exist");
    assertThatThrownBy(() -> control.remove("a")).isInstanceOf(IllegalArgumentException.class);
    deployRunning("a");
    assertThatThrownBy(() -> control.setStatus("a", " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> simulator.clusterControlOfSpace("my-team", "other"))
        .isInstanceOf(IllegalArgumentException.class);
    space.get("a").isCluster("a", "running");
  }

  @Test
  void setStatus_usedByFault_isAppliedDuringRequest() {
    deployRunning("a");
    simulator
        .faults()
        .on(Operation.SUSPEND)
        .next(Fault.before(() -> control.setStatus("a", "failed")));
    space.suspend("a").isError(400, "invalid_cluster_status");
  }
}
