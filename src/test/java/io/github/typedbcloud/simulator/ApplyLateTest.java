package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.time.ManualTime;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes that the service accepts at once and applies later. */
@Timeout(60)
class ApplyLateTest {

  private static final Duration DELAY = Duration.ofSeconds(5);
  private static final Duration TRANSITION = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(time).transitionTime(TRANSITION).start();
  private final Faults faults = simulator.faults();
  private final Caller space = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  private void running(Caller caller, String id) {
    caller.deploy(Bodies.paid(id));
    time.advance(TRANSITION);
    caller.get(id).isCluster(id, "running");
  }

  @ParameterizedTest
  @EnumSource
  void deploy_late_isHiddenUntilApplied(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    Instant accepted = time.now();
    faults.on(Operation.DEPLOY).next(Fault.applyLate(DELAY));
    Response response = caller.deploy(Bodies.paid("a")).isCluster("a", "starting");
    time.advance(DELAY.minus(MOMENT));
    caller.get("a").isError(404, "cluster_not_found");
    assertThat(caller.list().body()).isEqualTo("[]");
    caller.suspend("a").isError(404, "cluster_not_found");
    assertThat(snapshot(version).created()).isEmpty();
    caller.deploy(Bodies.paid("a")).isError(409, "id_already_in_use");
    time.advance(MOMENT);
    assertThat(caller.get("a").body()).isEqualTo(response.body());
    assertThat(response.json().path("createdAt").longValue())
        .isEqualTo(accepted.plus(DELAY).toEpochMilli());
    assertThat(snapshot(version).created()).isEqualTo(Map.of("a", 1));
    time.advance(TRANSITION.minus(MOMENT));
    caller.get("a").isCluster("a", "starting");
    time.advance(MOMENT);
    caller.get("a").isCluster("a", "running");
  }

  private ClusterSnapshot snapshot(ApiVersion version) {
    return version == ApiVersion.PROJECTS
        ? simulator.clustersOfProject("my-org", "default")
        : simulator.clustersOfSpace("my-team", "default");
  }

  @Test
  void deploy_lateButReadLater_hasStartedInTime() {
    faults.on(Operation.DEPLOY).next(Fault.applyLate(DELAY));
    space.deploy(Bodies.paid("a"));
    time.advance(DELAY.plus(TRANSITION));
    space.get("a").isCluster("a", "running");
  }

  @Test
  void newId_late_isReserved() {
    running(space, "a");
    running(space, "b");
    faults.on(Operation.DEPLOY).next(Fault.applyLate(DELAY));
    faults.on(Operation.CLONE).next(Fault.applyLate(DELAY));
    faults.on(Operation.UPDATE).next(Fault.applyLate(DELAY));
    space.deploy(Bodies.paid("deployed"));
    space.clone("a", "cloned").isCluster("cloned", "starting");
    space.update("a", "{\"id\":\"renamed\"}").isCluster("renamed", "running");
    for (String id : new String[] {"deployed", "cloned", "renamed"}) {
      space.get(id).isError(404, "cluster_not_found");
      space.deploy(Bodies.paid(id)).isError(409, "id_already_in_use");
      space.clone("b", id).isError(409, "id_already_in_use");
      space.update("b", "{\"id\":\"" + id + "\"}").isError(409, "id_already_in_use");
    }
    space.deploy(Bodies.paid("a")).isError(409, "id_already_in_use");
    time.advance(DELAY);
    assertThat(simulator.clustersOfSpace("my-team", "default").statuses().toString())
        .isEqualTo("{renamed=running, b=running, deployed=starting, cloned=starting}");
    space.deploy(Bodies.paid("a")).isCluster("a", "starting");
  }

  @ParameterizedTest
  @EnumSource
  void statusChange_late_showsOldStatus(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    running(caller, "a");
    faults
        .on(Operation.SUSPEND, Operation.RESUME, Operation.DESTROY)
        .next(3, Fault.applyLate(DELAY));
    caller.suspend("a").isCluster("a", "suspending");
    assertLate(caller, "running", "suspending");
    time.advance(TRANSITION);
    caller.resume("a").isCluster("a", "resuming");
    assertLate(caller, "suspended", "resuming");
    time.advance(TRANSITION);
    caller.destroy("a").isCluster("a", "destroying");
    assertLate(caller, "running", "destroying");
    time.advance(TRANSITION);
    caller.get("a").isError(404, "cluster_not_found");
  }

  private void assertLate(Caller caller, String before, String after) {
    time.advance(DELAY.minus(MOMENT));
    caller.get("a").isCluster("a", before);
    time.advance(MOMENT);
    caller.get("a").isCluster("a", after);
    time.advance(TRANSITION.minus(MOMENT));
    caller.get("a").isCluster("a", after);
    time.advance(MOMENT);
  }

  @Test
  void update_late_showsOldValues() {
    running(space, "a");
    faults.on(Operation.UPDATE).next(Fault.applyLate(DELAY));
    assertThat(storage(space.update("a", "{\"storageSizeGB\":20}"))).isEqualTo(20);
    assertThat(storage(space.get("a"))).isEqualTo(10);
    time.advance(DELAY);
    assertThat(storage(space.get("a"))).isEqualTo(20);
  }

  private static int storage(Response response) {
    return response.json().path("storageSizeGB").intValue();
  }

  @ParameterizedTest
  @EnumSource
  void secondWrite_pendingFirst_isRejected(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    running(caller, "a");
    running(caller, "b");
    faults.on(Operation.SUSPEND).next(Fault.applyLate(DELAY));
    caller.suspend("a");
    caller.suspend("a").isError(400, "write_in_progress");
    caller.resume("a").isError(400, "write_in_progress");
    caller.destroy("a").isError(400, "write_in_progress");
    if (version == ApiVersion.SPACES) {
      caller.update("a", "{\"storageSizeGB\":20}").isError(400, "write_in_progress");
    }
    caller.destroy("b").isCluster("b", "destroying");
    time.advance(DELAY);
    caller.suspend("a").isCluster("a", "suspending");
    caller.destroy("a").isCluster("a", "destroying");
  }

  @Test
  void rejectedWrite_late_isRejectedAtOnce() {
    space.deploy(Bodies.paid("a"));
    faults.on().always(Fault.applyLate(DELAY));
    space.deploy(Bodies.paid("a")).isError(409, "id_already_in_use");
    space.suspend("a").isError(400, "invalid_cluster_status");
    space.destroy("b").isError(404, "cluster_not_found");
    space.deploy("{").isError(400, "malformed_json");
    faults.clear();
    space.destroy("a").isCluster("a", "destroying");
  }

  @Test
  void clone_sourceIsGone_isDropped() {
    running(space, "a");
    faults.on(Operation.CLONE).next(Fault.applyLate(TRANSITION.plus(DELAY)));
    space.clone("a", "b").isCluster("b", "starting");
    space.destroy("a").isCluster("a", "destroying");
    time.advance(TRANSITION.plus(DELAY));
    assertThat(space.list().body()).isEqualTo("[]");
    space.deploy(Bodies.paid("b")).isCluster("b", "starting");
  }

  @Test
  void destroy_clusterReplaced_isDropped() {
    running(space, "a");
    space.destroy("a");
    faults.on(Operation.DESTROY).next(Fault.applyLate(TRANSITION.plus(DELAY)));
    space.destroy("a").isCluster("a", "destroying");
    time.advance(TRANSITION);
    space.deploy(Bodies.paid("a")).isCluster("a", "starting");
    time.advance(DELAY);
    space.get("a").isCluster("a", "starting");
  }

  @Test
  void freeCluster_late_countsForLimit() {
    faults.on(Operation.DEPLOY).next(Fault.applyLate(DELAY));
    space.deploy(Bodies.free("a")).isCluster("a", "starting");
    space.deploy(Bodies.free("b")).isError(400, "free_cluster_limit");
  }

  @Test
  void writes_severalLate_areAppliedWhenDue() {
    faults.on(Operation.DEPLOY).newId("a").next(Fault.applyLate(DELAY.multipliedBy(2)));
    faults.on(Operation.DEPLOY).newId("b").next(Fault.applyLate(DELAY));
    space.deploy(Bodies.paid("a"));
    space.deploy(Bodies.paid("b"));
    time.advance(DELAY);
    assertThat(space.list().json().findValuesAsText("id")).containsExactly("b");
    time.advance(DELAY);
    assertThat(space.list().json().findValuesAsText("id")).containsExactly("a", "b");
  }

  @Test
  void otherRequests_areNotCounted() {
    Faults.Rule rule = faults.on().next(Fault.applyLate(DELAY));
    space.list();
    space.at("/nowhere").list();
    assertThat(rule.occurrences()).isZero();
    space.deploy(Bodies.paid("a"));
    space.get("a").isError(404, "cluster_not_found");
    assertThat(rule.occurrences()).isEqualTo(1);
  }

  static Stream<Fault> unprocessed() {
    return Stream.of(
        Fault.loseRequest(), Fault.resetConnection(), Fault.garbage(), Fault.respond(504));
  }

  @ParameterizedTest
  @MethodSource("unprocessed")
  void deploy_lateWithLostResponse_isApplied(Fault lost) {
    faults.on(Operation.DEPLOY).newId("a").next(lost);
    faults.on(Operation.DEPLOY).newId("a").next(Fault.applyLate(DELAY));
    faults.on(Operation.DEPLOY).newId("b").next(Fault.applyLate(DELAY).and(lost));
    for (String id : new String[] {"a", "b"}) {
      if (lost instanceof Fault.Response) {
        assertThat(space.deploy(Bodies.paid(id)).status()).isEqualTo(504);
      } else {
        assertThatThrownBy(() -> space.deploy(Bodies.paid(id)))
            .isInstanceOf(UncheckedIOException.class);
      }
      space.get(id).isError(404, "cluster_not_found");
      space.deploy(Bodies.paid(id)).isError(409, "id_already_in_use");
    }
    time.advance(DELAY.minus(MOMENT));
    assertThat(space.list().body()).isEqualTo("[]");
    time.advance(MOMENT);
    assertThat(space.list().json().findValuesAsText("id")).containsExactly("a", "b");
  }
}
