package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several faults of one request, and the requests that a rule selects. */
@Timeout(60)
class FaultCombinationTest {

  private static final Duration DELAY = Duration.ofMillis(100);

  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .time(new ManualTime())
          .project("my-org", "default")
          .project("my-org", "other")
          .space("my-team", "default")
          .space("my-team", "other")
          .start();
  private final Faults faults = simulator.faults();
  private final Caller project = Caller.project(simulator);
  private final Caller space = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  private static Duration measure(Runnable task) {
    long began = System.nanoTime();
    task.run();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @ParameterizedTest
  @EnumSource
  void delaysAndResponse_twoRules_bothApply(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    Faults.Rule response = faults.on(Operation.DEPLOY).always(Fault.respond(503));
    Faults.Rule request = faults.on(Operation.DEPLOY).always(Fault.delayRequest(DELAY));
    Faults.Rule late = faults.on().always(Fault.delayResponse(DELAY));
    Duration took =
        measure(() -> assertThat(caller.deploy(Bodies.paid("a")).status()).isEqualTo(503));
    assertThat(took).isGreaterThanOrEqualTo(DELAY.multipliedBy(2));
    assertThat(Stream.of(response, request, late).map(Faults.Rule::occurrences))
        .containsExactly(1L, 1L, 1L);
    assertThat(faults.occurrences()).isEqualTo(3);
    faults.clear();
    assertThat(caller.list().body()).as("was not processed").isEqualTo("[]");
  }

  @Test
  void respond_afterProcessingAndDelay_isProcessed() {
    faults.on(Operation.DEPLOY).next(Fault.respond(504).afterProcessing());
    faults.on(Operation.DEPLOY).next(Fault.delayResponse(Duration.ZERO));
    assertThat(space.deploy(Bodies.paid("a")).status()).isEqualTo(504);
    space.get("a").isCluster("a", "starting");
  }

  static Stream<Fault> replacements() {
    return Stream.of(
        Fault.respond(503), Fault.loseRequest(), Fault.resetConnection(), Fault.garbage());
  }

  @ParameterizedTest
  @MethodSource("replacements")
  void replacement_processesOnlyAfterProcessing(Fault fault) {
    faults.on(Operation.DEPLOY).newId("a").next(fault);
    faults.on(Operation.DEPLOY).newId("b").next(fault.afterProcessing());
    for (String id : new String[] {"a", "b"}) {
      try {
        assertThat(space.deploy(Bodies.paid(id)).status()).isEqualTo(503);
      } catch (UncheckedIOException e) {
        assertThat(fault).isNotInstanceOf(Fault.Response.class);
      }
    }
    assertThat(space.list().json().findValuesAsText("id")).containsExactly("b");
  }

  @Test
  void responses_two_olderFirstOtherLater() {
    faults.on(Operation.DEPLOY).next(Fault.respond(503));
    faults.on(Operation.DEPLOY).next(Fault.loseResponse());
    faults.on(Operation.DEPLOY).next(Fault.respond(504).afterProcessing());
    assertThat(space.deploy(Bodies.paid("a")).status()).isEqualTo(503);
    assertThat(space.list().body()).as("the second does not apply").isEqualTo("[]");
    assertThatThrownBy(() -> space.deploy(Bodies.paid("a")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(space.deploy(Bodies.paid("b")).status()).isEqualTo(504);
    assertThat(space.list().json()).hasSize(2);
    assertThat(faults.toString()).isEqualTo("Faults[]");
  }

  @Test
  void responseAndTruncation_bothApply() {
    faults.on(Operation.LIST).next(Fault.truncateBody(2));
    faults.on(Operation.LIST).next(Fault.respond(503).body("text/plain", "unavailable"));
    assertThatThrownBy(space::list).isInstanceOf(UncheckedIOException.class);
    ReceivedRequest last = simulator.received().get(simulator.received().size() - 1);
    assertThat(last.status()).hasValue(503);
    assertThat(last.processed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void throttleAndTruncation_bothOrders_sendSlowlyThenCut(boolean throttleFirst)
      throws IOException {
    Fault throttle = Fault.throttle(50, Duration.ofMillis(10));
    Fault truncation = Fault.truncateBody(5);
    faults.on().next(throttleFirst ? throttle : truncation);
    faults.on().next(throttleFirst ? truncation : throttle);
    faults.on().next(Fault.respond(503).body("text/plain", "unavailable"));
    AtomicReference<String> head = new AtomicReference<>("");
    AtomicReference<String> rest = new AtomicReference<>("");
    Duration took =
        measure(
            () -> {
              try (RawConnection raw = new RawConnection(simulator)) {
                head.set(raw.request("GET", "/").head());
                rest.set(raw.rest());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(head.get()).startsWith("HTTP/1.1 503 ").contains("Content-Length: 11\r\n");
    assertThat(rest.get()).isEqualTo("unava");
    int pauses = (head.get().length() + 5 - 1) / 50;
    assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(10L * pauses));
    assertThat(faults.occurrences()).isEqualTo(3);
  }

  @Test
  void lossAndThrottling_bothOrders_areLost() {
    Fault throttle = Fault.throttle(1, Duration.ZERO);
    faults.on(Operation.DEPLOY).next(throttle.and(Fault.loseResponse()));
    faults.on(Operation.DEPLOY).next(Fault.loseResponse().and(throttle));
    for (String id : new String[] {"a", "b"}) {
      assertThatThrownBy(() -> space.deploy(Bodies.paid(id)))
          .isInstanceOf(UncheckedIOException.class);
    }
    assertThat(space.list().json()).hasSize(2);
  }

  @Test
  void fieldsAndStatus_combine_onServiceResponse() {
    faults.on().always(Fault.clusterStatus("hibernating"));
    faults.on().always(Fault.extraField("extra", "1"));
    assertThat(space.deploy(Bodies.paid("a")).isCluster("a", "hibernating").body())
        .endsWith(",\"extra\":1}");
    faults.on().always(Fault.respond(503));
    assertThat(space.get("a").body()).isEmpty();
  }

  @Test
  void tokenFaults_combine_strongerWins() {
    faults.on(Operation.LIST).next(Fault.revokeToken());
    faults.on(Operation.LIST).next(Fault.expireToken());
    space.list().isError(401, "invalid_access_token");
    project.list().isError(401, "invalid_access_token");
  }

  @Test
  void and_conflict_isRejected() {
    Fault respond = Fault.respond(503);
    assertConflict(respond, Fault.loseRequest());
    assertConflict(Fault.truncateBody(1), Fault.truncateBody(2));
    assertConflict(Fault.throttle(1, DELAY), Fault.throttle(2, DELAY));
    assertConflict(Fault.applyLate(DELAY), Fault.applyLate(DELAY));
    assertConflict(Fault.staleReads(1), Fault.staleReads(DELAY));
    assertThat(respond.and(Fault.applyLate(DELAY)))
        .hasToString("Fault.respond(503) and applyLate(PT0.1S)");
    assertThat(respond.and(Fault.applyLate(DELAY)).afterProcessing())
        .hasToString("Fault.respond(503) and applyLate(PT0.1S).afterProcessing()");
  }

  private static void assertConflict(Fault first, Fault second) {
    assertThatThrownBy(() -> first.and(second))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("conflict");
  }

  @Test
  void apiVersion_selected_onlyItsRequestsFail() {
    faults.on(Operation.LIST).spaces().always(Fault.respond(502));
    faults.on(Operation.LIST).projects().always(Fault.respond(501));
    assertThat(space.list().status()).isEqualTo(502);
    assertThat(project.list().status()).isEqualTo(501);
    faults.on(Operation.EXCHANGE_TOKEN).spaces().always(Fault.respond(503));
    assertThat(Caller.token(simulator)).as("exchange of projects").isNotEmpty();
    String basic = "Basic " + simulator.clientId() + ":" + simulator.clientSecret();
    assertThat(Caller.send(simulator.url(), "POST", "/api/v1/auth", basic, "").status())
        .isEqualTo(503);
  }

  @Test
  void scope_selected_onlyItsRequestsFail() {
    faults.on().space("my-team", "other").always(Fault.respond(502));
    faults.on().project("my-org", "other").always(Fault.respond(501));
    assertThat(space.list().status()).isEqualTo(200);
    assertThat(project.list().status()).isEqualTo(200);
    assertThat(space.at("/api/v1/team/my-team/spaces/other").list().status()).isEqualTo(502);
    assertThat(project.at("/api/org/my-org/projects/other").list().status()).isEqualTo(501);
    assertThat(space.at("/nowhere").list().status()).isEqualTo(404);
  }

  @Test
  void newId_selected_onlyItsRequestsFail() {
    faults.on().newId("b").always(Fault.respond(502));
    space.deploy(Bodies.paid("a")).isCluster("a", "starting");
    assertThat(space.deploy(Bodies.paid("b")).status()).isEqualTo(502);
    assertThat(project.deploy(Bodies.paid("b")).status()).isEqualTo(502);
    assertThat(space.clone("a", "b").status()).isEqualTo(502);
    assertThat(space.update("a", "{\"id\":\"b\"}").status()).isEqualTo(502);
    space.get("b").isError(404, "cluster_not_found");
    space.deploy("{\"id\":").isError(400, "malformed_json");
    faults.on().cluster("a").newId("c").always(Fault.respond(501));
    assertThat(space.clone("a", "c").status()).isEqualTo(501);
    space.deploy(Bodies.paid("c")).isCluster("c", "starting");
    assertThat(faults.toString())
        .contains("with the new ID b", "of the cluster a with the new ID c");
  }
}
