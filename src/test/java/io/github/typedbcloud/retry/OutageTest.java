package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.support.SimulatedCloud;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** An outage that many threads meet with all their calls. */
class OutageTest {

  private static final int THREADS = 50;

  private static final Duration OUTAGE = Duration.ofSeconds(60);

  /** How many requests a client repeats at once, and how many more each second. */
  private static final long BUDGET = 100;

  @Test
  void outage_manyCalls_staysWithinBudget() throws Exception {
    try (SimulatedCloud cloud = new SimulatedCloud()) {
      ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);
      clusters.list();
      cloud.simulator.clearReceived();
      cloud.simulator.faults().on().always(Fault.respond(503));
      Duration begun = cloud.time.elapsed();
      AtomicLong calls = new AtomicLong();

      ParallelTasks.of(
              THREADS,
              () -> {
                while (cloud.time.elapsed().minus(begun).compareTo(OUTAGE) < 0) {
                  calls.incrementAndGet();
                  try {
                    clusters.list();
                  } catch (TypeDBCloudException e) {
                    cloud.time.advance(Duration.ofMillis(20));
                  }
                }
                return true;
              })
          .results();

      long seconds = cloud.time.elapsed().minus(begun).toSeconds() + 1;
      assertThat(seconds).isGreaterThanOrEqualTo(OUTAGE.toSeconds());
      assertThat(cloud.simulator.receivedCount(Operation.LIST) - calls.get())
          .as("repetitions of %s calls in %s s", calls, seconds)
          .isBetween(BUDGET, BUDGET + seconds);
    }
  }
}
