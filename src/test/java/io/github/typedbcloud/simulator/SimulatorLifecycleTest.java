package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The transitions of a cluster over time, and the operations that each status allows. */
class SimulatorLifecycleTest {

  private static final Duration STARTING = Duration.ofMinutes(4);
  private static final Duration SUSPENDING = Duration.ofMinutes(3);
  private static final Duration RESUMING = Duration.ofMinutes(2);
  private static final Duration DESTROYING = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .time(time)
          .startingTime(STARTING)
          .suspendingTime(SUSPENDING)
          .resumingTime(RESUMING)
          .destroyingTime(DESTROYING)
          .start();
  private final Caller caller = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void transition_endsExactlyAfterItsTime() {
    caller.deploy(Bodies.paid("a"));
    turns("starting", STARTING, "running");
    caller.suspend("a");
    turns("suspending", SUSPENDING, "suspended");
    caller.resume("a");
    turns("resuming", RESUMING, "running");
    caller.destroy("a");
    time.advance(DESTROYING.minus(MOMENT));
    caller.get("a").isCluster("a", "destroying");
    time.advance(MOMENT);
    caller.get("a").isError(404, "cluster_not_found");
  }

  private void turns(String from, Duration after, String to) {
    time.advance(after.minus(MOMENT));
    caller.get("a").isCluster("a", from);
    time.advance(MOMENT);
    caller.get("a").isCluster("a", to);
  }

  @Test
  void wallClock_moves_statusStays() {
    caller.deploy(Bodies.paid("a"));
    time.setWallClock(time.now().plus(Duration.ofDays(1)));
    caller.get("a").isCluster("a", "starting");
  }

  @Test
  void suspendOrResume_whileStarting_isRejected() {
    caller.deploy(Bodies.paid("a"));
    caller.suspend("a").isError(400, "invalid_cluster_status");
    caller.resume("a").isError(400, "invalid_cluster_status");
    caller.get("a").isCluster("a", "starting");
  }

  @Test
  void suspend_again_changesNothing() {
    runningCluster();
    caller.suspend("a").isCluster("a", "suspending");
    time.advance(SUSPENDING.minus(MOMENT));
    caller.suspend("a").isCluster("a", "suspending");
    time.advance(MOMENT);
    caller.suspend("a").isCluster("a", "suspended");
  }

  @Test
  void resume_whileResumingOrRunning_changesNothing() {
    runningCluster();
    caller.resume("a").isCluster("a", "running");
    caller.suspend("a");
    caller.resume("a").isError(400, "invalid_cluster_status");
    time.advance(SUSPENDING);
    caller.resume("a").isCluster("a", "resuming");
    caller.suspend("a").isError(400, "invalid_cluster_status");
    time.advance(RESUMING.minus(MOMENT));
    caller.resume("a").isCluster("a", "resuming");
    time.advance(MOMENT);
    caller.get("a").isCluster("a", "running");
  }

  @Test
  void destroying_cluster_cannotBeChanged() {
    runningCluster();
    caller.destroy("a").isCluster("a", "destroying");
    caller.suspend("a").isError(400, "cluster_destroying");
    caller.resume("a").isError(400, "cluster_destroying");
    caller.update("a", "{\"storageSizeGB\":20}").isError(400, "cluster_destroying");
    caller.clone("a", "b").isError(400, "cluster_destroying");
    caller.deploy(Bodies.paid("a")).isError(409, "id_already_in_use");
    time.advance(DESTROYING.minus(MOMENT));
    caller.destroy("a").isCluster("a", "destroying");
    time.advance(MOMENT);
    caller.destroy("a").isError(404, "cluster_not_found");
    caller.deploy(Bodies.paid("a")).isCluster("a", "starting");
  }

  @Test
  void destroy_anyStatus_isAccepted() {
    caller.deploy(Bodies.paid("starting"));
    caller.destroy("starting").isCluster("starting", "destroying");
    runningCluster();
    caller.suspend("a");
    caller.clone("a", "b").isCluster("b", "starting");
    caller.destroy("a").isCluster("a", "destroying");
    time.advance(STARTING);
    caller.suspend("b");
    time.advance(SUSPENDING);
    assertThat(caller.destroy("b").isCluster("b", "destroying").json().path("servers")).isEmpty();
  }

  @Test
  void zeroTransitionTime_nextResponseShowsEnd() {
    try (TypeDBCloudSimulator quick =
        TypeDBCloudSimulator.builder().time(time).transitionTime(Duration.ZERO).start()) {
      Caller at = Caller.project(quick);
      at.deploy(Bodies.paid("a")).isCluster("a", "starting");
      at.get("a").isCluster("a", "running");
      at.suspend("a").isCluster("a", "suspending");
      at.resume("a").isCluster("a", "resuming");
      at.destroy("a").isCluster("a", "destroying");
      at.get("a").isError(404, "cluster_not_found");
    }
  }

  @Test
  void serverAddresses_areUniqueAndStable() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      String id = "c" + i;
      JsonNode servers =
          caller
              .deploy(Bodies.deploy("id", Bodies.quoted(id), "serverCount", "9"))
              .json()
              .path("servers");
      assertThat(servers).hasSize(9);
      for (int server = 0; server < 9; server++) {
        String address = servers.path(server).path("address").textValue();
        assertThat(address).matches("[a-z0-9]{6}-" + server + "\\.cluster\\.typedb\\.com:80");
        seen.add(address);
      }
    }
    assertThat(seen).hasSize(20 * 9);
    String before = caller.get("c7").json().findValuesAsText("address").toString();
    time.advance(STARTING);
    caller.suspend("c7");
    time.advance(SUSPENDING);
    assertThat(caller.get("c7").json().findValuesAsText("address")).isEmpty();
    caller.resume("c7");
    time.advance(RESUMING);
    assertThat(caller.get("c7").json().findValuesAsText("address")).hasToString(before);
  }

  private void runningCluster() {
    caller.deploy(Bodies.paid("a"));
    time.advance(STARTING);
    caller.get("a").isCluster("a", "running");
  }
}
