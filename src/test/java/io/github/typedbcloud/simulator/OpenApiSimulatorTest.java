package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.support.OpenApiDocument;
import io.github.typedbcloud.support.OpenApiExchange;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the simulator sends matches the OpenAPI documents of the API. */
class OpenApiSimulatorTest {

  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .project("my-org", "default")
          .project("my-org", "other")
          .space("my-team", "default")
          .space("my-team", "other")
          .apiTokenForProject("other", "secret", AccessLevel.ADMIN, "my-org", "other")
          .apiTokenForSpace("other-space", "secret", AccessLevel.ADMIN, "my-team", "other")
          .transitionTime(Duration.ZERO)
          .start();

  private final String accessToken = Caller.token(simulator);

  /** Each as {@code "operationId 200"}. */
  private final Set<String> seen = new TreeSet<>();

  @AfterEach
  void close() {
    simulator.close();
  }

  /** Fails when an operation or a status code is documented that this test never provokes. */
  @ParameterizedTest
  @EnumSource(names = {"PROJECTS", "SPACES"})
  void operations_everyDocumentedStatus_matchDocument(ApiVersion version) {
    boolean spaces = version == ApiVersion.SPACES;
    call(version, Operation.EXCHANGE_TOKEN, "default", "", basic(simulator.clientSecret()), "");
    call(version, Operation.EXCHANGE_TOKEN, "default", "", basic("wrong"), "");
    for (Operation operation : Operation.values()) {
      if (operation.isOfferedBy(version) && operation != Operation.EXCHANGE_TOKEN) {
        String body = body(operation);
        call(version, operation, "default", "a", "", body);
        call(version, operation, "default", "a", "Bearer wrong", body);
        call(version, operation, "unknown", "a", bearer(), body);
        String ofOtherScope = Caller.token(simulator, spaces ? "other-space" : "other", "secret");
        call(version, operation, "default", "a", "Bearer " + ofOtherScope, body);
      }
    }
    call(version, Operation.DEPLOY, "default", "", bearer(), body(Operation.DEPLOY));
    call(version, Operation.DEPLOY, "default", "", bearer(), body(Operation.DEPLOY));
    call(version, Operation.DEPLOY, "default", "", bearer(), "{\"id\":1}");
    call(version, Operation.GET, "default", "a", bearer(), "");
    call(version, Operation.LIST, "default", "", bearer(), "");
    call(version, Operation.SUSPEND, "default", "a", bearer(), "");
    call(version, Operation.GET, "default", "a", bearer(), "");
    call(version, Operation.RESUME, "default", "a", bearer(), "");
    if (spaces) {
      call(version, Operation.LIST_VERSIONS, "default", "", bearer(), "");
      call(version, Operation.UPDATE, "default", "a", bearer(), body(Operation.UPDATE));
      call(version, Operation.UPDATE, "default", "a", bearer(), "{}");
      call(version, Operation.CLONE, "default", "a", bearer(), body(Operation.CLONE));
    }
    call(version, Operation.DESTROY, "default", "a", bearer(), "");

    Set<String> documented =
        document(version).operationStatuses().stream()
            // The simulator has no unexpected errors.
            .filter(status -> !status.endsWith(" 500"))
            .collect(Collectors.toSet());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(documented);
  }

  @ParameterizedTest
  @EnumSource(names = {"PROJECTS", "SPACES"})
  void responses_withUnknownFieldsAndStatuses_matchDocument(ApiVersion version) {
    call(version, Operation.DEPLOY, "default", "", bearer(), body(Operation.DEPLOY));
    simulator
        .faults()
        .on()
        .always(Fault.extraField("labels", "{}").and(Fault.clusterStatus("upgrading")));

    call(version, Operation.GET, "default", "a", bearer(), "");
    call(version, Operation.LIST, "default", "", bearer(), "");
    call(version, Operation.GET, "default", "unknown", bearer(), "");

    assertThat(seen).contains("getCluster 200", "listClusters 200", "getCluster 404");
  }

  @ParameterizedTest
  @EnumSource(names = {"PROJECTS", "SPACES"})
  void head_ofList_matchesDocument(ApiVersion version) {
    String path = path(Operation.LIST.path(version), version, "default", "");

    OpenApiExchange head = send("HEAD", path, bearer(), "");

    assertThat(head.status()).isEqualTo(200);
    assertThat(document(version).validate(head)).isEqualTo("listClusters");
  }

  /** The reference lists 409 for deploy only; the simulator assumes it for these as well. */
  @ParameterizedTest
  @EnumSource(names = {"UPDATE", "CLONE"})
  void idInUse_otherThanDeploy_isNotDocumented(Operation operation) {
    call(ApiVersion.SPACES, Operation.DEPLOY, "default", "", bearer(), Bodies.paid("a"));
    call(ApiVersion.SPACES, Operation.DEPLOY, "default", "", bearer(), Bodies.paid("b"));

    assertThatThrownBy(
            () -> call(ApiVersion.SPACES, operation, "default", "a", bearer(), "{\"id\":\"b\"}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("status code 409 is not documented");
  }

  private static String body(Operation operation) {
    return switch (operation) {
      case DEPLOY -> Bodies.paid("a");
      case UPDATE -> "{\"storageSizeGB\":20}";
      case CLONE -> "{\"id\":\"b\"}";
      default -> "";
    };
  }

  private String basic(String secret) {
    return "Basic " + simulator.clientId() + ":" + secret;
  }

  private String bearer() {
    return "Bearer " + accessToken;
  }

  private void call(
      ApiVersion version,
      Operation operation,
      String scope,
      String id,
      String authorization,
      String body) {
    String path = path(operation.path(version), version, scope, id);
    OpenApiExchange exchange = send(operation.method(), path, authorization, body);
    seen.add(document(version).validate(exchange) + " " + exchange.status());
  }

  private OpenApiExchange send(String method, String path, String authorization, String body) {
    String contentType = body.isEmpty() ? "" : "application/json";
    Map<String, String> headers =
        Map.of("Authorization", authorization, "Content-Type", contentType);
    Response response = Caller.send(simulator.url(), method, path, headers, body);
    return new OpenApiExchange(
        method,
        path,
        "",
        contentType,
        body,
        response.status(),
        response.contentType(),
        response.body());
  }

  private static String path(String template, ApiVersion version, String scope, String id) {
    return template
        .replace("{owner}", version == ApiVersion.PROJECTS ? "my-org" : "my-team")
        .replace("{name}", scope)
        .replace("{cluster}", id);
  }

  private static OpenApiDocument document(ApiVersion version) {
    return OpenApiDocument.of(version == ApiVersion.PROJECTS ? "projects" : "spaces");
  }
}
