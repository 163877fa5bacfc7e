package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.time.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The token exchange, the lifetime of access tokens, and access levels. */
class AuthorizationTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualTime time = new ManualTime(Instant.ofEpochSecond(1_738_256_490));
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .project("my-org", "default")
          .project("my-org", "staging")
          .space("my-team", "default")
          .apiToken("reader", "read:secret", AccessLevel.READ)
          .apiToken("writer", "write-secret", AccessLevel.WRITE)
          .apiToken("boss", "admin-secret", AccessLevel.ADMIN)
          .apiTokenForProject("of-project", "s1", AccessLevel.ADMIN, "my-org", "staging")
          .apiTokenForSpace("of-space", "s2", AccessLevel.ADMIN, "my-team", "default")
          .time(time)
          .transitionTime(Duration.ZERO)
          .start();

  @AfterEach
  void close() {
    simulator.close();
  }

  private Response exchange(String path, String header) {
    return Caller.send(simulator.url(), "POST", path, header, "");
  }

  private Caller callerOf(String clientId, String secret) {
    return Caller.project(simulator).with(Caller.token(simulator, clientId, secret));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/auth", "/api/v1/auth"})
  void exchange_response_isTokenAsText(String path) {
    Response response = exchange(path, "Basic boss:admin-secret");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.contentType()).isEqualTo("text/plain");
    String[] parts = response.body().split("\\.", -1);
    assertThat(parts).hasSize(3).allMatch(part -> part.matches("[A-Za-z0-9_-]+"));
    assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
        .isEqualTo("{\"iat\":1738256490,\"exp\":1738260090}");
    assertThat(exchange(path, "Basic boss:admin-secret").body()).isNotEqualTo(response.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                              | invalid_authorization_header
          Basic                           | invalid_authorization_header
          Basic boss                      | invalid_authorization_header
          Bearer boss:admin-secret        | invalid_authorization_header
          boss:admin-secret               | invalid_authorization_header
          Basic Ym9zczphZG1pbi1zZWNyZXQ=  | invalid_authorization_header
          Basic unknown:admin-secret       | invalid_client_id
          Basic :admin-secret             | invalid_client_id
          Basic boss:wrong                | invalid_client_secret
          Basic boss:                     | invalid_client_secret
          Basic boss:admin-secret2        | invalid_client_secret
          """)
  void exchange_otherHeaders_respond400(String header, String code) {
    exchange("/api/auth", header).isError(400, code);
    exchange("/api/v1/auth", header).isError(400, code);
  }

  @Test
  void secret_colonAndSchemeCase_areAccepted() {
    assertThat(exchange("/api/auth", "basic reader:read:secret").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/auth", "/api/v1/auth"})
  void token_bothVersions_isValid(String path) {
    String token = exchange(path, "Basic boss:admin-secret").body();
    assertThat(Caller.project(simulator).with(token).list().status()).isEqualTo(200);
    assertThat(Caller.space(simulator).with(token).list().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400, invalid_authorization_header",
    "Bearer, 400, invalid_authorization_header",
    "'Bearer ', 400, invalid_authorization_header",
    "Basic boss:admin-secret, 400, invalid_authorization_header",
    "nonsense, 400, invalid_authorization_header",
    "Bearer nonsense, 401, invalid_access_token"
  })
  void call_withoutValidToken_isRejected(String header, int status, String code) {
    for (String call :
        new String[] {
          "GET " + Caller.PROJECT + "/clusters",
          "POST " + Caller.PROJECT + "/clusters/deploy",
          "DELETE " + Caller.SPACE + "/clusters/a",
          "PATCH " + Caller.SPACE + "/clusters/a",
          "GET /api/v1/team/unknown/spaces/nothing/clusters",
          "GET /api/v1/cluster-versions"
        }) {
      String[] methodAndPath = call.split(" ", -1);
      Caller.send(simulator.url(), methodAndPath[0], methodAndPath[1], header, "")
          .isError(status, code);
    }
  }

  @Test
  void accessToken_afterOneHour_expires() {
    Caller caller = Caller.project(simulator);
    time.setWallClock(time.now().plus(Duration.ofDays(1)));
    time.advance(HOUR.minusNanos(1));
    assertThat(caller.list().status()).isEqualTo(200);
    time.advance(Duration.ofNanos(1));
    caller.list().isError(401, "invalid_access_token");
    assertThat(Caller.project(simulator).list().status()).isEqualTo(200);
  }

  @Test
  void lifetime_canBeSet() {
    try (TypeDBCloudSimulator other =
        TypeDBCloudSimulator.builder()
            .time(time)
            .accessTokenLifetime(Duration.ofMillis(1500))
            .start()) {
      Caller caller = Caller.project(other);
      assertThat(
              new String(
                  Base64.getUrlDecoder().decode(caller.accessToken().split("\\.", -1)[1]),
                  StandardCharsets.UTF_8))
          .isEqualTo("{\"iat\":1738256490,\"exp\":1738256492}");
      time.advance(Duration.ofMillis(1499));
      assertThat(caller.list().status()).isEqualTo(200);
      time.advance(Duration.ofMillis(1));
      caller.list().isError(401, "invalid_access_token");
    }
  }

  @Test
  void accessTokens_all_canBeExpired() {
    Caller caller = Caller.project(simulator);
    Caller reader = callerOf("reader", "read:secret");
    simulator.expireAccessTokens();
    caller.list().isError(401, "invalid_access_token");
    reader.list().isError(401, "invalid_access_token");
    assertThat(Caller.project(simulator).list().status()).isEqualTo(200);
  }

  @Test
  void apiToken_revoked_cannotBeExchanged() {
    Caller before = callerOf("boss", "admin-secret");
    simulator.revokeApiToken("boss");
    exchange("/api/auth", "Basic boss:admin-secret").isError(400, "invalid_client_id");
    assertThat(before.list().status()).isEqualTo(200);
    assertThatThrownBy(() -> simulator.revokeApiToken("boss"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("boss");
  }

  @Test
  void apiToken_addedWhileRunning_works() {
    simulator.addApiToken("late", "s3", AccessLevel.READ);
    simulator.addApiTokenForProject("late-p", "s4", AccessLevel.WRITE, "my-org", "default");
    simulator.addApiTokenForSpace("late-s", "s5", AccessLevel.WRITE, "my-team", "default");
    assertThat(callerOf("late", "s3").list().status()).isEqualTo(200);
    assertThat(callerOf("late-p", "s4").deploy(Bodies.paid("a")).status()).isEqualTo(200);
    callerOf("late-s", "s5").list().isError(403, "insufficient_access_level");
    assertThat(callerOf("late-s", "s5").at(Caller.SPACE).list().status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}: read {1}, write {2}, admin {3}")
  @CsvSource({
    "get,      200, 200, 200",
    "list,     200, 200, 200",
    "versions, 200, 200, 200",
    "deploy,   403, 200, 200",
    "suspend,  403, 200, 200",
    "resume,   403, 200, 200",
    "update,   403, 200, 200",
    "clone,    403, 200, 200",
    "destroy,  403, 403, 200",
  })
  void operation_accessLevel_asDocumented(String operation, int read, int write, int admin) {
    Caller.space(simulator).deploy(Bodies.paid("a")).json();
    assertStatus(perform(callerOf("reader", "read:secret"), operation), read);
    assertStatus(perform(callerOf("writer", "write-secret"), operation), write);
    Caller.space(simulator).destroy("new");
    assertStatus(perform(callerOf("boss", "admin-secret"), operation), admin);
  }

  private static void assertStatus(Response response, int status) {
    if (status == 403) {
      response.isError(403, "insufficient_access_level");
      assertThat(response.body()).containsAnyOf("level write", "level admin").contains("my-team");
    } else {
      assertThat(response.status()).as(response.body()).isEqualTo(status);
    }
  }

  private static Response perform(Caller anywhere, String operation) {
    Caller caller = anywhere.at(Caller.SPACE);
    return switch (operation) {
      case "get" -> caller.get("a");
      case "list" -> caller.list();
      case "versions" -> caller.at("/api/v1").send("GET", "/cluster-versions", "");
      case "deploy" -> caller.deploy(Bodies.paid("new"));
      case "suspend" -> caller.suspend("a");
      case "resume" -> caller.resume("a");
      case "update" -> caller.update("a", "{\"storageSizeGB\":20}");
      case "clone" -> caller.clone("a", "new");
      case "destroy" -> caller.destroy("a");
      default -> throw new IllegalArgumentException(operation);
    };
  }

  @Test
  void apiToken_otherScope_isForbidden() {
    Caller ofProject = callerOf("of-project", "s1");
    assertThat(ofProject.at("/api/org/my-org/projects/staging").list().status()).isEqualTo(200);
    ofProject.list().isError(403, "insufficient_access_level");
    ofProject.at(Caller.SPACE).list().isError(403, "insufficient_access_level");
    Caller ofSpace = callerOf("of-space", "s2");
    assertThat(ofSpace.at(Caller.SPACE).list().status()).isEqualTo(200);
    ofSpace.list().isError(403, "insufficient_access_level");
    assertThat(ofSpace.at("/api/v1").send("GET", "/cluster-versions", "").status()).isEqualTo(200);
  }

  @Test
  void forbidden_precedesBodyAndCluster() {
    Caller reader = callerOf("reader", "read:secret");
    reader.deploy("nonsense").isError(403, "insufficient_access_level");
    reader.destroy("unknown").isError(403, "insufficient_access_level");
  }

  @Test
  void settings_invalid_areRejected() {
    assertThatThrownBy(() -> simulator.addApiToken("boss", "x", AccessLevel.READ))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("boss");
    assertThatThrownBy(() -> simulator.addApiToken("a:b", "x", AccessLevel.READ))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("colon");
    assertThatThrownBy(() -> simulator.addApiToken("a", " ", AccessLevel.READ))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("secret");
    assertThatThrownBy(
            () -> simulator.addApiTokenForSpace("a", "x", AccessLevel.READ, "my-team", "other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("my-team/other");
  }

  @Test
  void apiToken_toString_hidesSecret() {
    assertThat(new ApiToken("the-client-id", "the-secret", AccessLevel.READ, null).toString())
        .contains("***")
        .doesNotContain("the-");
  }
}
