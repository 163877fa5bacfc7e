package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Responses of a gateway in front of the service. */
@Timeout(60)
class GatewayFaultsTest {

  private static final String NO_ROUTE = "{\"message\":\"no Route matched with those values\"}";

  private final TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start();
  private final Faults faults = simulator.faults();

  @AfterEach
  void close() {
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource
  void gatewayNotFound_isNotProcessed(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    caller.deploy(Bodies.paid("a"));
    faults.on().next(Fault.gatewayNotFound());
    Response response = caller.destroy("a");
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.contentType()).isEqualTo("application/json; charset=utf-8");
    assertThat(response.body()).isEqualTo(NO_ROUTE);
    caller.get("a").isCluster("a", "starting");
  }

  @ParameterizedTest
  @EnumSource
  void gatewayNotFound_afterProcessing_isProcessed(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    caller.deploy(Bodies.paid("a"));
    faults.on().next(Fault.gatewayNotFound().afterProcessing());
    assertThat(caller.destroy("a").body()).isEqualTo(NO_ROUTE);
    caller.get("a").isCluster("a", "destroying");
  }

  @ParameterizedTest
  @EnumSource
  void respond404_emptyBody(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    faults.on().next(Fault.respond(404));
    assertThat(caller.list().status()).isEqualTo(404);
    faults.on().next(Fault.respond(404));
    assertThat(caller.list().body()).isEmpty();
    assertThat(caller.list().body()).isEqualTo("[]");
  }
}
