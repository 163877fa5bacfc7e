package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.time.ManualTime;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads that show a past state. */
@Timeout(60)
class StaleReadsTest {

  private static final Duration LAG = Duration.ofSeconds(3);
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

  @ParameterizedTest
  @EnumSource
  void lag_everyChange_isShownLater(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    faults.on().always(Fault.staleReads(LAG));
    caller.deploy(Bodies.paid("a")).isCluster("a", "starting");
    time.advance(LAG.minus(MOMENT));
    caller.get("a").isError(404, "cluster_not_found");
    assertThat(caller.list().body()).isEqualTo("[]");
    time.advance(MOMENT);
    shows(caller, "starting");
    time.advance(TRANSITION.minus(MOMENT));
    shows(caller, "starting");
    time.advance(MOMENT);
    shows(caller, "running");
    caller.suspend("a").isCluster("a", "suspending");
    shows(caller, "running");
    time.advance(LAG);
    shows(caller, "suspending");
    caller.destroy("a").isCluster("a", "destroying");
    time.advance(TRANSITION.plus(LAG).minus(MOMENT));
    shows(caller, "destroying");
    time.advance(MOMENT);
    caller.get("a").isError(404, "cluster_not_found");
    assertThat(caller.list().body()).isEqualTo("[]");
  }

  private static void shows(Caller caller, String status) {
    caller.get("a").isCluster("a", status);
    assertThat(caller.list().json().path(0).path("status").textValue()).isEqualTo(status);
  }

  @Test
  void lag_addedLater_showsStateFromBefore() {
    space.deploy(Bodies.paid("a"));
    time.advance(LAG.minus(MOMENT));
    Faults.Rule rule = faults.on(Operation.GET).always(Fault.staleReads(LAG));
    space.get("a").isError(404, "cluster_not_found");
    assertThat(space.list().json()).hasSize(1);
    rule.remove();
    space.get("a").isCluster("a", "starting");
  }

  @Test
  void lag_snapshot_isConsistent() {
    space.deploy(Bodies.paid("a"));
    space.deploy(Bodies.paid("b"));
    time.advance(LAG);
    space.update("a", "{\"id\":\"c\"}").isCluster("c", "starting");
    space.destroy("b");
    space.deploy(Bodies.paid("a"));
    String before = space.get("a").body();
    faults.on().always(Fault.staleReads(MOMENT));
    assertThat(space.list().json().findValuesAsText("id")).containsExactly("a", "b");
    space.get("b").isCluster("b", "starting");
    space.get("c").isError(404, "cluster_not_found");
    assertThat(space.get("a").body()).isNotEqualTo(before);
    time.advance(MOMENT);
    assertThat(space.list().json().findValuesAsText("id")).containsExactly("c", "b", "a");
    assertThat(space.get("a").body()).isEqualTo(before);
  }

  @Test
  void writes_staleReads_seeTrueState() {
    faults.on().always(Fault.staleReads(LAG));
    space.deploy(Bodies.paid("a"));
    space.deploy(Bodies.paid("a")).isError(409, "id_already_in_use");
    space.clone("a", "b").isCluster("b", "starting");
    assertThat(space.list().body()).isEqualTo("[]");
    assertThat(simulator.clustersOfSpace("my-team", "default").statuses()).hasSize(2);
  }

  @Test
  void date_staleReads_isTrue() {
    time.advance(LAG);
    faults.on().always(Fault.staleReads(LAG));
    assertThat(space.list().date()).isEqualTo("Thu, 30 Jan 2025 17:00:03 GMT");
  }

  @ParameterizedTest
  @EnumSource
  void count_nextReads_precedeLastWrite(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    caller.deploy(Bodies.paid("a"));
    time.advance(TRANSITION);
    caller.suspend("a");
    time.advance(TRANSITION);
    Faults.Rule rule = faults.on().always(Fault.staleReads(3));
    caller.get("a").isCluster("a", "running");
    assertThat(caller.list().json().path(0).path("status").textValue()).isEqualTo("running");
    caller.suspend("a").isCluster("a", "suspended");
    caller.get("a").isCluster("a", "running");
    caller.get("a").isCluster("a", "suspended");
    assertThat(rule.occurrences()).isEqualTo(3);
    assertThat(faults.toString()).isEqualTo("Faults[]");
  }

  @Test
  void count_otherScopeOrNoWrite_showsCurrent() {
    Caller project = Caller.project(simulator);
    space.deploy(Bodies.paid("a"));
    project.deploy(Bodies.paid("p"));
    faults.on().always(Fault.staleReads(2));
    assertThat(space.list().body()).isEqualTo("[]");
    assertThat(project.list().body()).isEqualTo("[]");
    try (TypeDBCloudSimulator empty = TypeDBCloudSimulator.start()) {
      empty.faults().on().always(Fault.staleReads(1));
      assertThat(Caller.space(empty).list().body()).isEqualTo("[]");
    }
  }

  @Test
  void staleReads_ofLostAndLateWrite_addUp() {
    Duration delay = Duration.ofSeconds(2);
    faults.on(Operation.DEPLOY).next(Fault.loseResponse());
    faults.on(Operation.DEPLOY).next(Fault.applyLate(delay));
    faults.on(Operation.GET).always(Fault.staleReads(LAG));
    assertThatThrownBy(() -> space.deploy(Bodies.paid("a")))
        .isInstanceOf(UncheckedIOException.class);
    time.advance(delay);
    space.get("a").isError(404, "cluster_not_found");
    assertThat(space.list().json()).hasSize(1);
    time.advance(LAG.minus(MOMENT));
    space.get("a").isError(404, "cluster_not_found");
    time.advance(MOMENT);
    space.get("a").isCluster("a", "starting");
  }

  @Test
  void history_manyChanges_isBounded() {
    CloudScope scope = CloudScope.space("my-team", "default");
    ClusterTable table = new ClusterTable(List.of(scope));
    SimulatedCluster first = cluster(scope, 1);
    table.write(null, first, Duration.ZERO);
    for (int i = 2; i <= ClusterTable.MAX_CHANGES; i++) {
      table.write(null, cluster(scope, i), Duration.ofSeconds(i));
    }
    assertThat(table.at(Duration.ofSeconds(-1), scope)).isEmpty();
    table.write(null, cluster(scope, ClusterTable.MAX_CHANGES + 1), Duration.ofHours(9));
    assertThat(table.at(Duration.ofSeconds(-1), scope))
        .containsExactlyEntriesOf(Map.of("c1", first));
  }

  private static SimulatedCluster cluster(CloudScope scope, int number) {
    ClusterSettings settings =
        new ClusterSettings("c" + number, 1, 10, false, "3.0.6", "gcp", "r", "m", "s");
    return SimulatedCluster.starting(number, scope, settings, Instant.EPOCH, Duration.ZERO);
  }
}
