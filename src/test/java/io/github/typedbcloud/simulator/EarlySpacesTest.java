package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API version of mid-2025, {@code /api/team}, which published scripts still use. */
class EarlySpacesTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(time).transitionTime(MINUTE).start();
  private final Caller early = Caller.earlySpace(simulator);
  private final Caller space = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void everyOperation_lifecycle_isServed() {
    Response deployed = early.deploy(Bodies.paid("a")).isCluster("a", "starting");
    assertThat(deployed.json().path("teamID").textValue()).isEqualTo("my-team");
    assertThat(deployed.json().path("spaceID").textValue()).isEqualTo("default");
    assertThat(deployed.json().has("organization")).isFalse();
    time.advance(MINUTE);
    early.get("a").isCluster("a", "running");
    assertThat(early.list().json()).hasSize(1);
    early.suspend("a").isCluster("a", "suspending");
    time.advance(MINUTE);
    early.resume("a").isCluster("a", "resuming");
    early.destroy("a").isCluster("a", "destroying");
    time.advance(MINUTE);
    early.get("a").isError(404, "cluster_not_found");
  }

  @Test
  void clusters_areThoseOfTheNewestVersion() {
    early.deploy(Bodies.paid("a")).isCluster("a", "starting");
    space.deploy(Bodies.paid("a")).isError(409, "id_already_in_use");
    space.get("a").isCluster("a", "starting");
    space.deploy(Bodies.free("b")).isCluster("b", "starting");
    early.deploy(Bodies.free("c")).isError(400, "free_cluster_limit");
    Caller.project(simulator).get("a").isError(404, "cluster_not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/auth", "/api/v1/auth"})
  void token_ofEitherExchange_isValid(String path) {
    String basic = "Basic " + simulator.clientId() + ":" + simulator.clientSecret();
    String token = Caller.send(simulator.url(), "POST", path, basic, "").body();
    for (ApiVersion version : ApiVersion.values()) {
      assertThat(Caller.of(version, simulator).with(token).list().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest(name = "{0} with {1} and {2} is accepted: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          storageType         | "gp2"                | 200
          storageType         | "gp2-csi"            | 400
          version             | "3.0.6"              | 200
          version             | "latest"             | 400
          backupConfiguration | {"frequency":"daily"} | 200
          """)
  void deploy_fields_areThoseOfMid2025(String field, String json, int status) {
    String aws =
        Bodies.deploy(
            "provider",
            "\"aws\"",
            "region",
            "\"eu-west-2\"",
            "machineType",
            "\"c7g.large\"",
            "storageType",
            "\"gp2\"",
            field,
            json);
    assertThat(early.deploy(aws).status()).isEqualTo(status);
  }

  @Test
  void newOperations_areNotServed() {
    early.deploy(Bodies.paid("a"));
    early.update("a", "{\"id\":\"b\"}").isError(405, "method_not_allowed");
    early.clone("a", "b").isError(404, "path_not_found");
    early.at("/api").send("GET", "/cluster-versions", "").isError(404, "path_not_found");
  }

  @Test
  void scope_unknown_isASpace() {
    early.at("/api/team/my-team/spaces/other").list().isError(404, "space_not_found");
    early.at("/api/team/my-org/spaces/default").list().isError(404, "space_not_found");
  }
}
