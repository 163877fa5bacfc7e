package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list of rules with their IDs, and rules that select by header. */
@Timeout(60)
class FaultRuleListTest {

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(time).transitionTime(Duration.ofMinutes(1)).start();
  private final Faults faults = simulator.faults();
  private final Caller space = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  private int listWith(String... headerLines) throws IOException {
    try (RawConnection raw = new RawConnection(simulator)) {
      String head = raw.request("GET", "/nowhere", headerLines).head();
      return Integer.parseInt(head.substring(9, 12));
    }
  }

  @Test
  void rules_ofBothKinds_areListedInOrder() {
    Faults.Rule first = faults.on(Operation.LIST).next(2, Fault.respond(503));
    LifecycleFaults.Rule second = faults.lifecycle("a").stuckIn("starting");
    Faults.Rule third = faults.on().nth(5, Fault.withoutDate());
    space.list();
    space.deploy(Bodies.paid("a"));
    time.advance(Duration.ofHours(1).minusNanos(1));
    space.get("a").isCluster("a", "starting");
    assertThat(faults.rules()).containsExactly(first, second, third);
    assertThat(faults.rules()).extracting(FaultRule::id).containsExactly("1", "2", "3");
    assertThat(faults.rules()).allMatch(FaultRule::isActive);
    assertThat(faults.rules()).extracting(FaultRule::occurrences).containsExactly(1L, 1L, 0L);
    assertThat(faults.rules())
        .extracting(FaultRule::remaining)
        .containsExactly(OptionalLong.of(1), OptionalLong.empty(), OptionalLong.of(1));
    assertThat(faults.rules())
        .extracting(FaultRule::description)
        .containsExactly(
            "Fault.respond(503) on [LIST]",
            "stuck in [starting] of the cluster a",
            "Fault.withoutDate() on all except EXCHANGE_TOKEN");
    assertThat(faults.rule("2")).containsSame(second);
    assertThat(faults.rule("4")).isEmpty();
  }

  @Test
  void rules_ended_areListedAsInactive() {
    Faults.Rule spent = faults.on(Operation.LIST).next(Fault.respond(503));
    Faults.Rule removed = faults.on(Operation.LIST).always(Fault.withoutDate());
    LifecycleFaults.Rule lifecycle = faults.lifecycle().failsAfter("starting");
    space.list();
    faults.rule(removed.id()).orElseThrow().remove();
    lifecycle.remove();
    lifecycle.remove();
    removed.remove();
    assertThat(faults.rules()).containsExactly(spent, removed, lifecycle);
    assertThat(faults.rules()).noneMatch(FaultRule::isActive);
    assertThat(faults.rules()).extracting(FaultRule::remaining).containsOnly(OptionalLong.of(0));
    assertThat(faults.rules()).extracting(FaultRule::occurrences).containsExactly(1L, 1L, 0L);
    space.deploy(Bodies.paid("a"));
    time.advance(Duration.ofMinutes(1));
    space.get("a").isCluster("a", "running");
  }

  @Test
  void rules_endedMany_oldestAreForgotten() {
    Faults.Rule active = faults.on().always(Fault.withoutDate());
    for (int i = 0; i < Faults.MAX_ENDED + 3; i++) {
      faults.on().always(Fault.withoutDate()).remove();
    }
    assertThat(faults.rules()).hasSize(Faults.MAX_ENDED + 1);
    assertThat(faults.rules().get(0)).isSameAs(active);
    assertThat(faults.rules().get(1).id()).isEqualTo("5");
  }

  @Test
  void clear_rules_areForgottenAndIdsGoOn() {
    Faults.Rule request = faults.on().always(Fault.respond(503));
    LifecycleFaults.Rule lifecycle = faults.lifecycle().stuckIn();
    faults.on().always(Fault.withoutDate()).remove();
    space.list();
    faults.clear();
    assertThat(faults.rules()).isEmpty();
    assertThat(request.isActive()).isFalse();
    assertThat(lifecycle.isActive()).isFalse();
    assertThat(request.occurrences()).isEqualTo(1);
    assertThat(faults.on().always(Fault.withoutDate()).id()).isEqualTo("4");
  }

  @Test
  void header_selected_onlyItsRequestsFail() throws IOException {
    faults.on().header("X-Test", "1").always(Fault.respond(502));
    assertThat(listWith("x-test: 1")).isEqualTo(502);
    assertThat(listWith("X-TEST: 2", "X-Test: 1")).isEqualTo(502);
    assertThat(listWith("X-Test: 12")).isEqualTo(404);
    assertThat(listWith()).isEqualTo(404);
    assertThat(space.list().status()).isEqualTo(200);
    faults.clear();
    faults.on().header("a", "1").header("b", "2").always(Fault.respond(502));
    assertThat(listWith("a: 1")).isEqualTo(404);
    assertThat(listWith("a: 1", "b: 2")).isEqualTo(502);
    faults.clear();
    Faults.Rule token =
        faults
            .on(Operation.LIST)
            .header("Authorization", "Bearer " + space.accessToken())
            .always(Fault.respond(501));
    assertThat(space.list().status()).isEqualTo(501);
    assertThat(space.get("a").status()).isEqualTo(404);
    assertThat(token.description())
        .isEqualTo("Fault.respond(501) on [LIST] with the header authorization: ***");
    assertThat(faults.on().header("X-Test", "1").always(Fault.withoutDate()).description())
        .endsWith(" with the header x-test: 1");
    assertThatThrownBy(() -> faults.on().header(" ", "1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unknownPath_otherSelectors_doNotApply() throws IOException {
    faults.on(Operation.LIST).header("a", "1").always(Fault.respond(502));
    faults.on().cluster("a").header("a", "1").always(Fault.respond(502));
    faults.on().newId("a").always(Fault.respond(502));
    faults.on().spaces().always(Fault.respond(502));
    assertThat(listWith("a: 1")).isEqualTo(404);
    assertThat(List.of(faults.occurrences())).containsExactly(0L);
  }
}
