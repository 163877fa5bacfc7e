package io.github.typedbcloud.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.simulator.ClusterSnapshot;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deployments over a network that loses three of ten messages, token exchanges included. */
class RandomLossTest {

  private static final int DEPLOYS = 1000;

  private static final double LOST = 0.3;

  private static final Fault LOST_RESPONSE = Fault.loseResponse();

  private static final Fault REQUEST = Fault.loseRequest();

  /** Longer than all time that passes, so that a cluster keeps its status. */
  private static final Duration TRANSITION = Duration.ofDays(300);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void lostResponses_random_resultsAreTrue(long seed) {
    check(seed, LOST_RESPONSE);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void lostRequests_random_resultsAreTrue(long seed) {
    check(seed, REQUEST);
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

      ClusterSnapshot census = cloud.simulator.clustersOfSpace("my-team", "default");
      assertThat(census.created().values()).containsOnly(1);
      assertThat(census.created().keySet()).containsAll(made);
      assertThat(notMade).noneMatch(census.created()::containsKey);
      assertThat(made.size() + notMade.size() + unknown.size()).isEqualTo(DEPLOYS);
      // Four attempts of which each fails with 0.3 to 0.51 fail together now and then, not often.
      assertThat(made).hasSizeGreaterThan(DEPLOYS * 8 / 10);
      long sent = cloud.simulator.receivedCount(Operation.DEPLOY);
      if (fault.equals(LOST_RESPONSE)) {
        // Each was done the first time, and reading showed it.
        assertThat(made).hasSize(DEPLOYS);
        assertThat(sent).isEqualTo(DEPLOYS);
      } else {
        // Four attempts that fail together, at 0.3 each, are one in 123; no attempt is a fifth one.
        assertThat(made).hasSizeGreaterThan(DEPLOYS * 97 / 100);
        assertThat(sent).isGreaterThan(DEPLOYS * 13L / 10).isLessThan(DEPLOYS * 16L / 10);
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
