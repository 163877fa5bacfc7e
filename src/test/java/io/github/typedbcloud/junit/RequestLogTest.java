package io.github.typedbcloud.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.ServerErrorException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Faults;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.SilentLog;
import io.github.typedbcloud.support.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is printed after a test that failed. */
final class RequestLogTest {

  private final SimulatedCloud cloud = new SimulatedCloud();
  private final ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);
  private final Faults faults = cloud.simulator.faults();

  @AfterEach
  void close() {
    cloud.close();
  }

  private List<String> lines() {
    return RequestLog.of("Test.method()", cloud.simulator).lines().toList();
  }

  private static Predicate<String> matching(String regex) {
    return line -> line.matches(regex);
  }

  @Test
  void nothing_received_saysSo() {
    assertThat(lines())
        .containsExactly(
            "Requests of Test.method() to "
                + cloud.simulator.url()
                + ", at the time since the first: none",
            "Fault rules: none");
  }

  @Test
  void stuckWait_polls_areOneLineWithTheirTimes() {
    faults.lifecycle("a").stuckIn("starting");
    clusters.deploy(Fixtures.paidCluster("a").build());
    WaitOptions tenMinutes = WaitOptions.within(Duration.ofMinutes(10));
    assertThatThrownBy(
            () -> SilentLog.during(() -> clusters.await("a", ClusterStatus.RUNNING, tenMinutes)))
        .isInstanceOf(WaitException.class);

    long polls = cloud.simulator.receivedCount(Operation.GET);
    assertThat(polls).isGreaterThan(20);
    List<String> lines = lines();
    assertThat(lines).hasSize(6);
    assertThat(lines.get(1)).matches("  0\\.0 s: POST /api/v1/auth -> 200 .*");
    assertThat(lines.get(2)).matches("  0\\.0 s: POST .*/clusters/deploy .* -> 200 .*");
    assertThat(lines.get(3))
        .matches(
            "  0\\.0 s to (59\\d|600)\\.\\d s, "
                + polls
                + " times: GET .*/clusters/a -> 200 .*\"status\":\"starting\".*");
    assertThat(lines.subList(4, 6))
        .containsExactly(
            "Fault rules:", "  stuck in [starting] of the cluster a: happened once, active");
  }

  @Test
  void responses_ofFaults_areMarked() throws Exception {
    faults.on(Operation.LIST).next(Fault.respond(503));
    faults.on(Operation.LIST).next(Fault.loseResponse());
    faults.on(Operation.DEPLOY).next(2, Fault.garbage());
    faults.on(Operation.GET).always(Fault.respond(503).body("text/plain", "out\nof order"));
    SilentLog.during(clusters::list);
    assertThatThrownBy(() -> SilentLog.during(() -> clusters.get("a")))
        .isInstanceOf(ServerErrorException.class);

    assertThat(lines())
        .anyMatch(matching("  0\\.0 s: GET .*/clusters -> 503 with Fault\\.respond\\(503\\)"))
        .anyMatch(matching(".*/clusters -> no response with Fault\\.loseResponse\\(\\)"))
        .anyMatch(matching(".*/clusters -> 200 \\[\\]"))
        .anyMatch(matching(".*4 times: GET .*/a -> 503 out of order with Fault\\.respond\\(503\\)"))
        .endsWith(
            "Fault rules:",
            "  Fault.respond(503) on [LIST]: happened once, ended",
            "  Fault.loseResponse() on [LIST]: happened once, ended",
            "  Fault.garbage() on [DEPLOY]: happened 0 times, 2 left",
            "  Fault.respond(503) on [GET]: happened 4 times, active");
  }

  @Test
  void sameRequest_differentResults_areSeparateLines() {
    faults.on(Operation.LIST).nth(2, Fault.withoutDate());
    clusters.deploy(Fixtures.paidCluster("a").build());
    clusters.list();
    clusters.list();
    clusters.list();
    clusters.list();

    assertThat(lines())
        .filteredOn(line -> line.contains("GET"))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("  0.0 s: ").doesNotContain("Fault"),
            line -> assertThat(line).endsWith(" with Fault.withoutDate()"),
            line -> assertThat(line).startsWith("  0.0 s to 0.0 s, 2 times: ").endsWith("]"));
  }

  @Test
  void size_isBounded() {
    clusters.deploy(Fixtures.paidCluster("a".repeat(600)).build());
    for (int i = 0; i < RequestLog.MAX_LINES + 5; i++) {
      assertThat(clusters.find("cluster" + i)).isEmpty();
      faults.on().cluster("cluster" + i).next(Fault.withoutDate());
    }

    List<String> lines = lines();
    assertThat(lines).hasSize(2 * (RequestLog.MAX_LINES + 2));
    assertThat(lines.get(1)).matches("  … (\\d+) lines before");
    assertThat(lines.get(RequestLog.MAX_LINES + 1)).contains("cluster104 -> 404");
    assertThat(lines.get(RequestLog.MAX_LINES + 3)).isEqualTo("  … 5 lines before");
    assertThat(lines).allMatch(line -> line.length() < RequestLog.MAX_CHARACTERS + 100);
  }
}
