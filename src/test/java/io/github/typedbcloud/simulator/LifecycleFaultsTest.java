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

/** Clusters that are stuck in a status, or fail. */
@Timeout(60)
class LifecycleFaultsTest {

  private static final Duration TRANSITION = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .time(time)
          .transitionTime(TRANSITION)
          .accessTokenLifetime(Duration.ofDays(10))
          .start();
  private final Faults faults = simulator.faults();
  private final Caller space = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource
  void stuckIn_status_lastsUntilRemoved(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    LifecycleFaults.Rule rule = faults.lifecycle("a").stuckIn("starting", "suspending");
    caller.deploy(Bodies.paid("a"));
    caller.deploy(Bodies.paid("b"));
    time.advance(TRANSITION.minus(MOMENT));
    assertThat(rule.occurrences()).isZero();
    time.advance(Duration.ofDays(1));
    caller.get("a").isCluster("a", "starting");
    caller.get("b").isCluster("b", "running");
    caller.suspend("a").isError(400, "invalid_cluster_status");
    assertThat(rule.occurrences()).isEqualTo(1);
    rule.remove();
    rule.remove();
    caller.get("a").isCluster("a", "running");
    caller.suspend("a");
    time.advance(TRANSITION);
    caller.get("a").isCluster("a", "suspended");
    assertThat(rule.occurrences()).isEqualTo(1);
  }

  @Test
  void stuckIn_removedEarly_endsInTime() {
    LifecycleFaults.Rule rule = faults.lifecycle().stuckIn();
    space.deploy(Bodies.paid("a"));
    rule.remove();
    time.advance(TRANSITION.minus(MOMENT));
    space.get("a").isCluster("a", "starting");
    time.advance(MOMENT);
    space.get("a").isCluster("a", "running");
  }

  @Test
  void stuckIn_addedAfterEnd_changesNothing() {
    space.deploy(Bodies.paid("a"));
    time.advance(TRANSITION);
    faults.lifecycle().stuckIn("starting");
    space.get("a").isCluster("a", "running");
  }

  @Test
  void stuckIn_destroying_keepsId() {
    space.deploy(Bodies.paid("a"));
    faults.lifecycle("a").stuckIn("destroying");
    space.destroy("a");
    time.advance(Duration.ofDays(1));
    space.get("a").isCluster("a", "destroying");
    space.deploy(Bodies.paid("a")).isError(409, "id_already_in_use");
    faults.clear();
    space.get("a").isError(404, "cluster_not_found");
    space.deploy(Bodies.paid("a")).isCluster("a", "starting");
  }

  @Test
  void stuckIn_staleReads_keepTruePast() {
    LifecycleFaults.Rule rule = faults.lifecycle().stuckIn();
    space.deploy(Bodies.paid("a"));
    time.advance(Duration.ofMinutes(10));
    rule.remove();
    time.advance(Duration.ofSeconds(1));
    space.get("a").isCluster("a", "running");
    faults.on().always(Fault.staleReads(Duration.ofSeconds(2)));
    space.get("a").isCluster("a", "starting");
    time.advance(Duration.ofSeconds(1));
    space.get("a").isCluster("a", "running");
  }

  @ParameterizedTest
  @EnumSource
  void failsAfter_status_isFailedForGood(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    LifecycleFaults.Rule rule = faults.lifecycle("a").failsAfter("starting");
    Response deployed = caller.deploy(Bodies.paid("a")).isCluster("a", "starting");
    caller.deploy(Bodies.paid("b"));
    time.advance(TRANSITION.minus(MOMENT));
    caller.get("a").isCluster("a", "starting");
    time.advance(MOMENT);
    Response failed = caller.get("a").isCluster("a", "failed");
    assertThat(failed.json().path("servers")).isEqualTo(deployed.json().path("servers"));
    caller.get("b").isCluster("b", "running");
    assertThat(rule.occurrences()).isEqualTo(1);
    rule.remove();
    time.advance(Duration.ofDays(1));
    caller.get("a").isCluster("a", "failed");
    caller.suspend("a").isError(400, "invalid_cluster_status");
    caller.resume("a").isError(400, "invalid_cluster_status");
    caller.destroy("a").isCluster("a", "destroying");
    time.advance(TRANSITION);
    caller.get("a").isError(404, "cluster_not_found");
  }

  @Test
  void failsAfter_everyTransition_fails() {
    for (String id : new String[] {"suspended", "resumed", "destroyed"}) {
      space.deploy(Bodies.paid(id));
    }
    time.advance(TRANSITION);
    space.suspend("resumed");
    time.advance(TRANSITION);
    LifecycleFaults.Rule rule = faults.lifecycle().failsAfter();
    space.suspend("suspended").isCluster("suspended", "suspending");
    space.resume("resumed").isCluster("resumed", "resuming");
    space.destroy("destroyed").isCluster("destroyed", "destroying");
    time.advance(TRANSITION);
    assertThat(simulator.clustersOfSpace("my-team", "default").statuses().toString())
        .isEqualTo("{suspended=failed, resumed=failed, destroyed=failed}");
    assertThat(rule.occurrences()).isEqualTo(3);
  }

  @Test
  void rules_oldestMatching_applies() {
    LifecycleFaults.Rule stuck = faults.lifecycle("a").stuckIn("starting");
    faults.lifecycle().failsAfter("starting");
    space.deploy(Bodies.paid("a"));
    space.deploy(Bodies.paid("b"));
    time.advance(TRANSITION);
    space.get("a").isCluster("a", "starting");
    space.get("b").isCluster("b", "failed");
    stuck.remove();
    space.get("a").isCluster("a", "failed");
  }

  @Test
  void zeroTransitionTime_stuck_stays() {
    try (TypeDBCloudSimulator quick =
        TypeDBCloudSimulator.builder().time(time).transitionTime(Duration.ZERO).start()) {
      Caller caller = Caller.project(quick);
      LifecycleFaults.Rule rule = quick.faults().lifecycle("a").stuckIn("starting");
      caller.deploy(Bodies.paid("a"));
      caller.get("a").isCluster("a", "starting");
      rule.remove();
      caller.get("a").isCluster("a", "running");
    }
  }

  @Test
  void arguments_invalid_areRejected() {
    for (String status : new String[] {"running", "failed", "gone", "STARTING", ""}) {
      assertThatThrownBy(() -> faults.lifecycle().stuckIn(status))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("starting, suspending, resuming, destroying");
    }
    assertThatThrownBy(() -> faults.lifecycle("")).isInstanceOf(IllegalArgumentException.class);
    assertThat(faults.lifecycle("a").failsAfter("resuming"))
        .hasToString("failure after [resuming] of the cluster a");
  }
}
