package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.simulator.ClusterSnapshot;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.SilentLog;
import io.github.typedbcloud.support.SimulatedCloud;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Deployments over a network that loses three of ten messages, token exchanges included. */
class RandomLossTest {

  private static final int DEPLOYS = 1000;

  private static final double LOST = 0.3;

  private static final Fault LOST_RESPONSE = Fault.loseResponse();

  private static final Fault LOST_REQUEST = Fault.loseRequest();

  /** Longer than all time that passes, so that a cluster keeps its status. */
  private static final Duration TRANSITION = Duration.ofDays(300);

  /** Enough to keep two cores busy: a thread of the client and one of the simulator take turns. */
  private static final int WORKERS = 4;

  @Test
  void lostResponses_random_resultsAreTrue() throws Exception {
    checkAll(LongStream.rangeClosed(1, 8), LOST_RESPONSE);
  }

  @Test
  void lostRequests_random_resultsAreTrue() throws Exception {
    checkAll(LongStream.rangeClosed(11, 14), LOST_REQUEST);
  }

  /** Each seed has a simulator, a client and a time of its own. */
  private static void checkAll(LongStream seeds, Fault fault) throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Callable<Void>> checks =
          seeds
              .<Callable<Void>>mapToObj(
                  seed ->
                      () -> {
                        check(seed, fault);
                        return null;
                      })
              .toList();
      for (Future<Void> check : SilentLog.during(() -> workers.invokeAll(checks))) {
        check.get();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static void check(long seed, Fault fault) {
    Set<String> made = new TreeSet<>();
    Set<String> notMade = new TreeSet<>();
    Set<String> unknown = new TreeSet<>();
    try (SimulatedCloud cloud = new SimulatedCloud(it -> it.transitionTime(TRANSITION));
        TypeDBCloudClient client = client(cloud)) {
      cloud.simulator.faults().on().randomly(LOST, seed, fault);
      ClustersApi clusters = client.clusters(SimulatedCloud.SPACE);
      for (int i = 0; i < DEPLOYS; i++) {
        String id = "cluster-" + i;
        try {
          assertThat(clusters.deploy(Fixtures.paidCluster(id).build()).id()).isEqualTo(id);
          made.add(id);
        } catch (OutcomeUnknownException e) {
          unknown.add(id);
        } catch (TypeDBCloudException e) {
          notMade.add(id);
        }
      }
      cloud.simulator.faults().clear();

      ClusterSnapshot snapshot = cloud.simulator.clustersOfSpace("my-team", "default");
      assertThat(snapshot.created().values()).as("created, with seed %s", seed).containsOnly(1);
      assertThat(snapshot.created().keySet()).as("seed %s", seed).containsAll(made);
      assertThat(notMade).as("seed %s", seed).noneMatch(snapshot.created()::containsKey);
      assertThat(made.size() + notMade.size() + unknown.size()).isEqualTo(DEPLOYS);
      // Four attempts of which each fails with 0.3 to 0.51 fail together now and then, not often.
      assertThat(made).as("seed %s", seed).hasSizeGreaterThan(DEPLOYS * 8 / 10);
      long sent = cloud.simulator.receivedCount(Operation.DEPLOY);
      if (fault.equals(LOST_RESPONSE)) {
        // Each was done the first time, and reading showed it.
        assertThat(made).as("seed %s", seed).hasSize(DEPLOYS);
        assertThat(sent).as("seed %s", seed).isEqualTo(DEPLOYS);
      } else {
        // Four attempts that fail together, at 0.3 each, are one in 123; no attempt is a fifth one.
        assertThat(made).as("seed %s", seed).hasSizeGreaterThan(DEPLOYS * 97 / 100);
        assertThat(sent)
            .as("seed %s", seed)
            .isGreaterThan(DEPLOYS * 13L / 10)
            .isLessThan(DEPLOYS * 16L / 10);
      }
    }
  }

  private static TypeDBCloudClient client(SimulatedCloud cloud) {
    ManualTime time = cloud.time;
    return TypeDBCloudClient.builder()
        .baseUrl(cloud.simulator.url())
        .credentials(cloud.simulator.clientId(), cloud.simulator.clientSecret())
        .timeSource(time)
        .build();
  }
}
