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

/** Responses whose date is wrong or missing. The clock shows 17:00. */
@Timeout(60)
class DateFaultsTest {

  private static final String TRUE_DATE = "Thu, 30 Jan 2025 17:00:00 GMT";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator = TypeDBCloudSimulator.builder().time(time).start();
  private final Faults faults = simulator.faults();
  private final Caller space = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource
  void dateOffset_anyOperation_onlyDateIsOff(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    faults.on().next(2, Fault.dateOffset(MINUTE));
    Response deployed = caller.deploy(Bodies.paid("a")).isCluster("a", "starting");
    assertThat(deployed.date()).isEqualTo("Thu, 30 Jan 2025 17:01:00 GMT");
    assertThat(deployed.json().path("createdAt").longValue()).isEqualTo(time.now().toEpochMilli());
    assertThat(caller.get("b").date()).isEqualTo("Thu, 30 Jan 2025 17:01:00 GMT");
    assertThat(caller.list().date()).isEqualTo(TRUE_DATE);
    faults.on().next(Fault.dateOffset(Duration.ofDays(-31)));
    assertThat(caller.list().date()).isEqualTo("Mon, 30 Dec 2024 17:00:00 GMT");
  }

  @ParameterizedTest
  @EnumSource
  void withoutDate_anyOperation_dateIsMissing(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    faults.on().next(2, Fault.withoutDate());
    assertThat(caller.deploy(Bodies.paid("a")).isCluster("a", "starting").date()).isEmpty();
    assertThat(caller.list().date()).isEmpty();
    assertThat(caller.list().date()).isEqualTo(TRUE_DATE);
  }

  @Test
  void exchange_dateOffset_tokenIsRight() {
    faults.on(Operation.EXCHANGE_TOKEN).always(Fault.dateOffset(Duration.ofDays(1)));
    String basic = "Basic " + simulator.clientId() + ":" + simulator.clientSecret();
    Response exchanged = Caller.send(simulator.url(), "POST", "/api/v1/auth", basic, "");
    assertThat(exchanged.date()).isEqualTo("Fri, 31 Jan 2025 17:00:00 GMT");
    assertThat(space.with(exchanged.body()).list().date()).isEqualTo(TRUE_DATE);
  }

  @Test
  void customResponse_dateFault_applies() {
    faults.on().always(Fault.dateOffset(MINUTE));
    faults.on().next(Fault.respond(503));
    assertThat(space.list().date()).isEqualTo("Thu, 30 Jan 2025 17:01:00 GMT");
    faults.on().next(Fault.respond(503).header("Date", "never"));
    assertThat(space.list().date()).isEqualTo("never");
    faults.clear();
    faults.on().next(Fault.respond(503).and(Fault.withoutDate()));
    assertThat(space.list().date()).isEmpty();
  }

  @Test
  void staleReads_dateOffset_bothApply() {
    space.deploy(Bodies.paid("a"));
    faults.on().always(Fault.staleReads(MINUTE));
    faults.on().always(Fault.dateOffset(MINUTE));
    Response response = space.list();
    assertThat(response.body()).isEqualTo("[]");
    assertThat(response.date()).isEqualTo("Thu, 30 Jan 2025 17:01:00 GMT");
  }

  @Test
  void dateFaults_two_olderApplies() {
    faults.on().next(Fault.withoutDate());
    faults.on().next(Fault.dateOffset(MINUTE));
    assertThat(space.list().date()).isEmpty();
    assertThat(space.list().date()).isEqualTo("Thu, 30 Jan 2025 17:01:00 GMT");
    assertThatThrownBy(() -> Fault.withoutDate().and(Fault.dateOffset(MINUTE)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
