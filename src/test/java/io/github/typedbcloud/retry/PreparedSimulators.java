package io.github.typedbcloud.retry;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Simulators that hold what a call needs: nothing, a running cluster or a suspended one. One that a
 * call left unchanged serves the next call; each serves one call at a time. Thread-safe.
 */
final class PreparedSimulators implements AutoCloseable {

  /** Longer than all calls to one simulator take, so that a cluster keeps its status meanwhile. */
  private static final Duration TRANSITION = Duration.ofDays(1);

  /** After this time reads that lag show the end of a transition too. */
  private static final Duration UNTIL_STABLE = TRANSITION.plusMinutes(1);

  private final Map<State, Queue<Prepared>> idle = new ConcurrentHashMap<>();

  /** What a simulator holds before a call. */
  private record State(Scope scope, String clusterStatus) {

    static State before(ApiCall call) {
      return new State(
          call.scope(),
          switch (call.operation()) {
            case "deploy" -> "absent";
            case "resume" -> "suspended";
            default -> "running";
          });
    }
  }

  /** A simulator without faults and received requests. */
  static final class Prepared implements AutoCloseable {

    final ManualTime time = new ManualTime();
    final TypeDBCloudSimulator simulator =
        TypeDBCloudSimulator.builder()
            .project("new-org", "default")
            .space("new-team", "default")
            .time(time)
            .transitionTime(TRANSITION)
            .start();
    private final State state;

    private Prepared(State state) {
      this.state = state;
      if (!state.clusterStatus().equals("absent")) {
        deploy();
      }
      simulator.clearReceived();
    }

    private void deploy() {
      try (TypeDBCloudClient client = client().build()) {
        ClustersApi clusters = client.clusters(state.scope());
        clusters.deploy(Fixtures.paidCluster("api-cluster").build());
        time.advance(UNTIL_STABLE);
        if (state.clusterStatus().equals("suspended")) {
          clusters.suspend("api-cluster");
          time.advance(UNTIL_STABLE);
        }
      }
    }

    TypeDBCloudClient.Builder client() {
      return TypeDBCloudClient.builder()
          .baseUrl(simulator.url())
          .credentials(simulator.clientId(), simulator.clientSecret())
          .timeSource(time);
    }

    @Override
    public void close() {
      simulator.close();
    }
  }

  Prepared take(ApiCall call) {
    State state = State.before(call);
    Prepared prepared = queue(state).poll();
    return prepared == null ? new Prepared(state) : prepared;
  }

  /** For a simulator whose clusters and credentials are as they were when it was taken. */
  void giveBack(Prepared prepared) {
    prepared.simulator.faults().clear();
    prepared.simulator.clearReceived();
    queue(prepared.state).add(prepared);
  }

  private Queue<Prepared> queue(State state) {
    return idle.computeIfAbsent(state, key -> new ConcurrentLinkedQueue<>());
  }

  @Override
  public void close() {
    idle.values().forEach(queue -> queue.forEach(Prepared::close));
  }
}
