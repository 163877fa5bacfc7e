package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.internal.httpserver.HttpRequest;
import io.github.typedbcloud.internal.httpserver.HttpResponse;
import io.github.typedbcloud.time.ManualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The requests to which faults apply, and the requests that the simulator records. */
@Timeout(60)
class FaultRulesTest {

  private final TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start();
  private final Caller caller = Caller.project(simulator);
  private final Faults faults = simulator.faults();

  @AfterEach
  void close() {
    simulator.close();
  }

  private List<Integer> lists(int count) {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      statuses.add(caller.list().status());
    }
    return statuses;
  }

  @Test
  void next_count_isKept() {
    Faults.Rule rule = faults.on(Operation.LIST).next(2, Fault.respond(503));
    caller.get("a").isError(404, "cluster_not_found");
    assertThat(rule.occurrences()).isZero();
    assertThat(lists(4)).containsExactly(503, 503, 200, 200);
    assertThat(rule.occurrences()).isEqualTo(2);
    assertThat(faults.occurrences()).isEqualTo(2);
  }

  @Test
  void nth_countsFromWhenSet() {
    lists(3);
    Faults.Rule rule = faults.on(Operation.LIST).nth(3, Fault.respond(503));
    caller.get("a");
    assertThat(lists(5)).containsExactly(200, 200, 503, 200, 200);
    assertThat(rule.occurrences()).isEqualTo(1);
  }

  @Test
  void rules_oldestMatching_wins() {
    faults.on(Operation.LIST).next(Fault.respond(501));
    faults.on(Operation.LIST).next(Fault.respond(502));
    Faults.Rule second = faults.on(Operation.LIST).nth(2, Fault.respond(504));
    faults.on(Operation.LIST).nth(4, Fault.respond(505));
    assertThat(lists(5)).containsExactly(501, 502, 200, 505, 200);
    assertThat(second.occurrences()).isZero();
    assertThat(faults.toString()).isEqualTo("Faults[]");
  }

  @Test
  void always_endedOrCleared_stops() {
    Faults.Rule rule = faults.on(Operation.LIST).always(Fault.respond(503));
    assertThat(lists(2)).containsExactly(503, 503);
    rule.remove();
    rule.remove();
    assertThat(lists(1)).containsExactly(200);
    faults.on(Operation.LIST).always(Fault.respond(503));
    faults.on().nth(9, Fault.respond(502));
    faults.clear();
    assertThat(lists(10)).containsOnly(200);
    assertThat(rule.occurrences()).isEqualTo(2);
  }

  @Test
  void noOperation_anyRequest_exceptExchange() {
    Faults.Rule rule = faults.on().always(Fault.respond(503));
    assertThat(Caller.token(simulator)).isNotEmpty();
    assertThat(lists(1)).containsExactly(503);
    assertThat(caller.at("/nowhere").list().status()).isEqualTo(503);
    assertThat(caller.with("nonsense").list().status()).as("would be rejected").isEqualTo(503);
    assertThat(rule.occurrences()).isEqualTo(3);
  }

  @Test
  void cluster_selected_onlyItsRequestsFail() {
    caller.deploy(Bodies.paid("a"));
    caller.deploy(Bodies.paid("b"));
    faults.on(Operation.GET, Operation.DESTROY).cluster("b").always(Fault.respond(503));
    faults.on().cluster("b").always(Fault.respond(502));
    caller.get("a").isCluster("a", "starting");
    assertThat(caller.get("b").status()).isEqualTo(503);
    assertThat(caller.destroy("b").status()).isEqualTo(503);
    assertThat(caller.suspend("b").status()).isEqualTo(502);
    assertThat(lists(1)).containsExactly(200);
    assertThat(caller.at("/nowhere/b").list().status()).isEqualTo(404);
  }

  @Test
  void randomly_sameSeed_sameFaults() {
    faults.on(Operation.LIST).randomly(0.5, 42, Fault.respond(503));
    List<Integer> first = lists(40);
    assertThat(first).contains(200, 503);
    faults.clear();
    faults.on(Operation.LIST).nth(1, Fault.respond(501));
    faults.on(Operation.LIST).randomly(0.5, 42, Fault.respond(503));
    List<Integer> again = lists(40);
    assertThat(again.get(0)).isEqualTo(501);
    assertThat(again.subList(1, 40)).isEqualTo(first.subList(1, 40));
    faults.clear();
    faults.on(Operation.LIST).randomly(0.5, 43, Fault.respond(503));
    assertThat(lists(40)).isNotEqualTo(first);
    faults.clear();
    faults.on(Operation.LIST).randomly(0, 1, Fault.respond(503));
    assertThat(lists(20)).containsOnly(200);
    faults.on(Operation.LIST).randomly(1, 1, Fault.respond(503));
    assertThat(lists(20)).containsOnly(503);
  }

  @Test
  void counts_manyThreads_areShared() throws Exception {
    int threads = 20;
    int each = 10;
    int all = threads * each;
    Faults.Rule some = faults.on(Operation.LIST).next(33, Fault.respond(503));
    Faults.Rule one = faults.on(Operation.LIST).nth(150, Fault.respond(502));
    List<Integer> statuses = new ArrayList<>();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      Callable<List<Integer>> task = () -> lists(each);
      for (Future<List<Integer>> future : executor.invokeAll(Collections.nCopies(threads, task))) {
        statuses.addAll(future.get());
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(statuses).hasSize(all);
    assertThat(Collections.frequency(statuses, 503)).isEqualTo(33);
    assertThat(Collections.frequency(statuses, 502)).isEqualTo(1);
    assertThat(some.occurrences()).isEqualTo(33);
    assertThat(one.occurrences()).isEqualTo(1);
    assertThat(simulator.receivedCount(Operation.LIST)).isEqualTo(all);
  }

  @Test
  void received_inOrder_withoutSecrets() {
    caller.deploy(Bodies.paid("a"));
    caller.send("GET", "/clusters/%61?secret=x", "");
    caller.with("nonsense").list();
    caller.send("BREW", "/clusters", "");
    caller.at("/" + "long".repeat(500)).list();
    List<ReceivedRequest> received = simulator.received();
    assertThat(received)
        .extracting(request -> request.operation().map(Operation::name).orElse("none"))
        .containsExactly("EXCHANGE_TOKEN", "DEPLOY", "GET", "LIST", "none", "none");
    assertThat(received)
        .extracting(ReceivedRequest::status)
        .containsExactly(
            OptionalInt.of(200),
            OptionalInt.of(200),
            OptionalInt.of(200),
            OptionalInt.of(401),
            OptionalInt.of(405),
            OptionalInt.of(404));
    assertThat(received).allMatch(ReceivedRequest::processed);
    assertThat(received.get(2).path()).isEqualTo(Caller.PROJECT + "/clusters/%61");
    assertThat(received.get(4).method()).isEqualTo("BREW");
    assertThat(received.get(5).path()).hasSize(1000);
    assertThat(received.toString())
        .doesNotContain(simulator.clientSecret(), caller.accessToken(), "secret");
    assertThatThrownBy(received::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThat(simulator.receivedCount()).isEqualTo(6);
    simulator.clearReceived();
    assertThat(simulator.received()).isEmpty();
    assertThat(simulator.receivedCount()).isZero();
    assertThat(simulator.receivedCount(Operation.DEPLOY)).isZero();
    assertThat(received).hasSize(6);
  }

  @Test
  void received_oldest_areDropped() {
    ReceivedRequests requests = new ReceivedRequests(new ManualTime(), null);
    for (int i = 0; i < ReceivedRequests.MAX_KEPT + 5; i++) {
      HttpRequest request = new HttpRequest("GET", "/" + i, "", Map.of(), "", false, false);
      requests.add(request, null, Secrets.NONE).responded(HttpResponse.of(404));
    }
    assertThat(requests.count()).isEqualTo(10_005);
    assertThat(requests.all()).hasSize(10_000);
    assertThat(requests.all().get(0).path()).isEqualTo("/5");
  }

  @Test
  void snapshot_renamedCluster_keepsFirstId() {
    Caller space = Caller.space(simulator);
    space.deploy(Bodies.paid("b"));
    space.deploy(Bodies.paid("a"));
    space.deploy(Bodies.paid("a"));
    space.update("a", "{\"id\":\"c\"}");
    space.deploy(Bodies.paid("a"));
    space.clone("a", "d");
    ClusterSnapshot snapshot = simulator.clustersOfSpace("my-team", "default");
    assertThat(snapshot.statuses().toString())
        .isEqualTo("{b=starting, c=starting, a=starting, d=starting}");
    assertThat(snapshot.created().toString()).isEqualTo("{b=1, a=2, d=1}");
    assertThat(snapshot.timesCreated("a")).isEqualTo(2);
    assertThat(snapshot.timesCreated("c")).isZero();
    assertThat(simulator.clustersOfProject("my-org", "default").created()).isEmpty();
  }

  @Test
  void openConnections_areCounted() throws Exception {
    try (TypeDBCloudSimulator other = TypeDBCloudSimulator.start()) {
      assertThat(other.openConnections()).isZero();
      List<RawConnection> open = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        RawConnection raw = new RawConnection(other);
        open.add(raw);
        raw.request("GET", "/").response();
      }
      assertThat(other.openConnections()).isEqualTo(300);
      for (RawConnection raw : open) {
        assertThat(raw.request("GET", "/").response()).startsWith("HTTP/1.1 404 ");
        raw.close();
      }
      while (other.openConnections() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void exchange_sharedByTwoApiVersions_isSelectedByEither() {
    for (Faults.Selector version :
        List.of(
            faults.on(Operation.EXCHANGE_TOKEN).projects(),
            faults.on(Operation.EXCHANGE_TOKEN).earlySpaces())) {
      Faults.Rule rule = version.next(Fault.respond(503));
      assertThat(exchange("/api/v1/auth")).isEqualTo(200);
      assertThat(exchange("/api/auth")).isEqualTo(503);
      assertThat(rule.isActive()).isFalse();
    }
  }

  private int exchange(String path) {
    String basic = "Basic " + simulator.clientId() + ":" + simulator.clientSecret();
    return Caller.send(simulator.url(), "POST", path, basic, "").status();
  }
}
