package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.time.ManualTime;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The error responses that do not come from the rules for clusters. */
class SimulatorErrorsTest {

  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .project("my-org", "default")
          .project("my org", "a/b+ä")
          .space("my-team", "default")
          .start();
  private final Caller caller = Caller.project(simulator);
  private final Caller root = caller.at("");

  @AfterEach
  void close() {
    simulator.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/",
        "/api/auth/",
        "/api//auth",
        "/API/auth",
        "/api/v2/auth",
        "/api/org/my-org/projects/default",
        "/api/org/my-org/projects/default/",
        "/api/org/my-org/projects/default/clusters/",
        "/api/org/my-org/projects/default/clusters/a/",
        "/api/org/my-org/projects/default/clusters/a/clone",
        "/api/org/my-org/projects/default/clusters/a/b/c",
        "/api/org//projects/default/clusters",
        "/api/org/my-org/spaces/default/clusters",
        "/api/v1/team/my-team/projects/default/clusters",
        "/api/cluster-versions",
        "/api/v1/cluster-versions/3.0.6"
      })
  void path_unknown_responds404(String path) {
    root.send("GET", path, "").isError(404, "path_not_found");
    root.send("POST", path, "").isError(404, "path_not_found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /api/auth                                                  | POST
          DELETE | /api/v1/auth                                               | POST
          POST   | /api/v1/cluster-versions                                   | GET, HEAD
          POST   | /api/org/my-org/projects/default/clusters                  | GET, HEAD
          PUT    | /api/org/my-org/projects/default/clusters/deploy           | DELETE, GET, HEAD, POST
          PATCH  | /api/org/my-org/projects/default/clusters/a                | DELETE, GET, HEAD
          POST   | /api/v1/team/my-team/spaces/default/clusters/a             | DELETE, GET, HEAD, PATCH
          GET    | /api/org/my-org/projects/default/clusters/a/suspend        | POST
          GET    | /api/v1/team/my-team/spaces/default/clusters/a/clone       | POST
          BREW   | /api/org/my-org/projects/default/clusters/a                | DELETE, GET, HEAD
          """)
  void method_wrong_responds405WithAllow(String method, String path, String allow) {
    Response response = root.send(method, path, "");
    assertThat(response.isError(405, "method_not_allowed").allow()).isEqualTo(allow);
  }

  @Test
  void head_isGetWithoutBody() {
    for (String path : new String[] {"/clusters", "/clusters/a"}) {
      Response response = caller.send("HEAD", path, "");
      assertThat(response.status()).isEqualTo(caller.send("GET", path, "").status());
      assertThat(response.contentType()).isEqualTo("application/json");
      assertThat(response.body()).isEmpty();
    }
    assertThat(caller.send("HEAD", "/clusters/a/suspend", "").allow()).isEqualTo("POST");
  }

  @Test
  void scope_unknown_responds404() {
    root.send("GET", "/api/org/my-org/projects/other/clusters", "")
        .isError(404, "project_not_found");
    root.send("GET", "/api/org/other/projects/default/clusters", "")
        .isError(404, "project_not_found");
    root.send("GET", "/api/v1/team/my-org/spaces/default/clusters", "")
        .isError(404, "space_not_found");
    root.send("POST", "/api/org/other/projects/default/clusters/deploy", "nonsense")
        .isError(404, "project_not_found");
  }

  @Test
  void cluster_unknown_responds404() {
    Caller space = caller.at(Caller.SPACE);
    for (Caller at : new Caller[] {caller, space}) {
      at.get("a").isError(404, "cluster_not_found");
      at.suspend("a").isError(404, "cluster_not_found");
      at.resume("a").isError(404, "cluster_not_found");
      at.destroy("a").isError(404, "cluster_not_found");
    }
    space.update("a", "{\"id\":\"b\"}").isError(404, "cluster_not_found");
    space.clone("a", "b").isError(404, "cluster_not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nonsense",
        "{",
        "{\"id\":\"a\"",
        "{'id':'a'}",
        "[]",
        "\"a\"",
        "null",
        "1",
        "{\"id\":\"a\",\"id\":\"a\"}",
        "{\"id\":\"a\"}{}",
        "{\"id\":\"a\"} trailing",
        "{\"id\":NaN}",
        "{\"id\":\"a\",}"
      })
  void body_notOneObject_responds400(String body) {
    Caller space = caller.at(Caller.SPACE);
    space.deploy(Bodies.paid("a"));
    caller.deploy(body).isError(400, "malformed_json");
    space.deploy(body).isError(400, "malformed_json");
    space.update("a", body).isError(400, "malformed_json");
    space.send("POST", "/clusters/a/clone", body).isError(400, "malformed_json");
  }

  @Test
  void body_deepNesting_responds400() {
    caller.deploy("{\"id\":" + "[".repeat(100_000)).isError(400, "malformed_json");
  }

  @Test
  void body_overOneMebibyte_responds413() {
    String body = Bodies.paid("a");
    String padding = " ".repeat(1024 * 1024 - body.length());
    caller.deploy(body + padding + " ").isError(413, "body_too_large");
    caller.deploy("x".repeat(5 * 1024 * 1024)).isError(413, "body_too_large");
    caller.deploy(body + padding).isCluster("a", "starting");
  }

  @Test
  void message_longValues_areCut() {
    Response response = caller.deploy(Bodies.deploy("id", Bodies.quoted("X".repeat(10_000))));
    assertThat(response.isError(400, "invalid_field").body()).hasSizeLessThan(400);
  }

  @Test
  void body_notExpected_isIgnored() {
    caller.deploy(Bodies.paid("a"));
    assertThat(caller.send("DELETE", "/clusters/a", "nonsense").status()).isEqualTo(200);
  }

  @Test
  void path_segments_areDecoded() {
    Caller odd = caller.at("/api/org/my%20org/projects/a%2Fb+%C3%A4");
    assertThat(odd.deploy(Bodies.paid("a")).json().path("project").textValue()).isEqualTo("a/b+ä");
    odd.get("%61").isCluster("a", "starting");
    caller.get("a%2Fsuspend").isError(404, "cluster_not_found");
    caller.get("..").isError(404, "cluster_not_found");
    caller.get("%2e%2e").isError(404, "cluster_not_found");
  }

  @Test
  void query_isIgnored() {
    assertThat(caller.send("GET", "/clusters?page=2", "").body()).isEqualTo("[]");
  }

  @Test
  void cluster_namedDeploy_isPossible() {
    caller.deploy(Bodies.paid("deploy")).isCluster("deploy", "starting");
    caller.get("deploy").isCluster("deploy", "starting");
  }

  @Test
  void unexpectedError_responds500() {
    try (TypeDBCloudSimulator broken =
        TypeDBCloudSimulator.builder().time(new BrokenClock()).start()) {
      Caller.send(
              broken.url(),
              "POST",
              "/api/auth",
              "Basic " + broken.clientId() + ":" + broken.clientSecret(),
              "")
          .isError(500, "internal_error");
    }
  }

  /** An unreliable clock. */
  private static final class BrokenClock implements TimeSource {

    private final ManualTime time = new ManualTime();

    @Override
    public Instant now() {
      throw new IllegalStateException("the clock is broken");
    }

    @Override
    public Duration elapsed() {
      return time.elapsed();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      time.sleep(duration);
    }
  }
}
