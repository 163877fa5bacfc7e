package io.github.typedbcloud.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The documents are valid, and the check of requests and responses finds what does not match. */
class OpenApiDocumentTest {

  private static final String LIST = "/api/org/my-org/projects/default/clusters";

  private static final String DEPLOY = LIST + "/deploy";

  private static final OpenApiDocument PROJECTS = OpenApiDocument.of("projects");

  private static final OpenApiDocument ADMIN = OpenApiDocument.of("admin");

  @ParameterizedTest
  @ValueSource(strings = {"admin", "projects", "spaces"})
  void document_parsed_isValidOpenApi(String name) {
    assertThat(parserMessages(OpenApiDocument.of(name).text())).isEmpty();
  }

  @Test
  void document_withUnknownAttribute_isRejectedByParser() {
    String misspelled = PROJECTS.text().replaceFirst("\"operationId\"", "\"operationID\"");

    assertThat(parserMessages(misspelled))
        .anyMatch(message -> message.contains("operationID is unexpected"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "projects", "spaces"})
  void references_all_pointToComponentsAndAllComponentsAreUsed(String name) {
    OpenApiDocument document = OpenApiDocument.of(name);
    Set<String> used = new HashSet<>();
    for (JsonNode reference : document.root().findValues("$ref")) {
      assertThat(document.root().at(reference.stringValue().substring(1)).isObject())
          .as(reference.stringValue())
          .isTrue();
      used.add(reference.stringValue());
    }

    Set<String> components = new HashSet<>();
    for (String kind : List.of("parameters", "responses", "schemas")) {
      for (String component : document.root().at("/components/" + kind).propertyNames()) {
        components.add("#/components/" + kind + "/" + component);
      }
    }
    assertThat(used).isEqualTo(components);
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "projects", "spaces"})
  void examples_ofBodies_matchTheirSchemas(String name) {
    OpenApiDocument document = OpenApiDocument.of(name);
    List<String> problems = new ArrayList<>();
    int checked = 0;
    for (JsonNode content : document.root().findValues("content")) {
      for (JsonNode mediaType : content) {
        List<JsonNode> examples = new ArrayList<>();
        mediaType.optional("example").ifPresent(examples::add);
        mediaType.path("examples").forEach(example -> examples.add(example.path("value")));
        for (JsonNode example : examples) {
          checked++;
          document
              .problems(mediaType.path("schema"), example)
              .forEach(problem -> problems.add(example + problem));
        }
      }
    }

    assertThat(problems).isEmpty();
    assertThat(checked).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "projects", "spaces"})
  void operations_all_haveAnIdOfTheirOwnAndASummary(String name) {
    OpenApiDocument document = OpenApiDocument.of(name);
    List<JsonNode> ids = document.root().path("paths").findValues("operationId");

    assertThat(ids).hasSameSizeAs(document.operationIds());
    assertThat(document.root().path("paths").findValues("responses")).hasSameSizeAs(ids);
  }

  /** The examples of the admin API show every fault that Java has. */
  @Test
  void faultExamples_ofAdminApi_showEveryFaultType() {
    Set<String> types = new HashSet<>();
    for (Map.Entry<String, JsonNode> mapping :
        ADMIN.root().at("/components/schemas/Fault/discriminator/mapping").properties()) {
      types.add(mapping.getKey());
    }
    Set<String> shown = new HashSet<>();
    for (JsonNode example :
        ADMIN
            .root()
            .at(
                "/paths/~1__simulator~1faults/post/requestBody/content/application~1json/examples")) {
      example.path("value").path("faults").forEach(f -> shown.add(f.path("type").stringValue()));
    }

    assertThat(shown).isEqualTo(types).hasSize(20);
  }

  @ParameterizedTest(name = "{0}.json names the access level of {1}")
  @CsvSource({
    "projects, deployCluster, write",
    "projects, getCluster, read",
    "projects, listClusters, read",
    "projects, suspendCluster, write",
    "projects, resumeCluster, write",
    "projects, destroyCluster, admin",
    "spaces, deployCluster, write",
    "spaces, getCluster, read",
    "spaces, listClusters, read",
    "spaces, updateCluster, write",
    "spaces, suspendCluster, write",
    "spaces, resumeCluster, write",
    "spaces, cloneCluster, write",
    "spaces, destroyCluster, admin"
  })
  void descriptions_ofOperations_nameTheAccessLevel(String name, String id, String level) {
    for (JsonNode pathItem : OpenApiDocument.of(name).root().path("paths")) {
      for (JsonNode operation : pathItem) {
        if (operation.path("operationId").asString("").equals(id)) {
          assertThat(operation.path("description").stringValue())
              .contains("Access level: `" + level + "`");
          return;
        }
      }
    }
    throw new AssertionError("no operation " + id);
  }

  @Test
  void validate_exchangeThatMatches_returnsTheOperation() {
    OpenApiExchange list = exchange("GET", LIST, "", "", 200, "[" + Payloads.PROJECT_CLUSTER + "]");

    assertThat(PROJECTS.validate(list)).isEqualTo("listClusters");
    assertThat(PROJECTS.validate(deploy(Payloads.DEPLOY_REQUEST, 200, Payloads.PROJECT_CLUSTER)))
        .isEqualTo("deployCluster");
  }

  @Test
  void validate_fieldOfResponseThatIsNotDocumented_isValid() {
    String extended = Payloads.PROJECT_CLUSTER.replaceFirst("\\{", "{\"labels\":{},");

    assertThat(PROJECTS.validate(deploy(Payloads.DEPLOY_REQUEST, 200, extended)))
        .isEqualTo("deployCluster");
  }

  @Test
  void validate_pathNotInDocument_fails() {
    rejected(PROJECTS, exchange("GET", "/api/org/my-org/clusters", "", "", 200, "[]"))
        .hasMessageContaining("no path that matches /api/org/my-org/clusters");
  }

  @Test
  void validate_methodNotInDocument_fails() {
    rejected(PROJECTS, exchange("PUT", LIST, "", "", 200, "[]"))
        .hasMessageContaining("no method PUT")
        .hasMessageContaining("only [get]");
  }

  @Test
  void validate_statusNotInDocument_fails() {
    rejected(PROJECTS, exchange("GET", LIST, "", "", 409, Payloads.error("a", "b")))
        .hasMessageContaining("status code 409 is not documented")
        .hasMessageContaining("200, 400, 401, 403, 404, 500");
  }

  @ParameterizedTest(name = "response with {1} for {0}")
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          "serverCount":1,          | "serverCount":"1",        | serverCount
          "isFree":true,            | "isFree":1,               | isFree
          "createdAt":1738256490070,| "createdAt":"2025-01-30", | createdAt
          "status":"starting",      | ``                        | status
          "organization":"new-org", | ``                        | organization
          "status":"pending"        | "status":null             | status
          """,
      delimiter = '|')
  void validate_responseWithInvalidField_fails(String field, String invalid, String named) {
    String body = Payloads.PROJECT_CLUSTER.replace(field, invalid);

    rejected(PROJECTS, deploy(Payloads.DEPLOY_REQUEST, 200, body))
        .hasMessageContaining("response body")
        .hasMessageContaining(named);
  }

  @Test
  void validate_responseThatIsNotJson_fails() {
    rejected(PROJECTS, exchange("GET", LIST, "", "", 200, "[] x"))
        .hasMessageContaining("response body is not JSON");
  }

  @Test
  void validate_responseOfOtherMediaType_fails() {
    OpenApiExchange html =
        new OpenApiExchange("GET", LIST, "", "", "", 404, "text/html", "<html></html>");

    rejected(PROJECTS, html).hasMessageContaining("media type \"text/html\" of the response");
  }

  @Test
  void validate_errorWithoutMessage_fails() {
    rejected(PROJECTS, exchange("GET", LIST, "", "", 404, "{\"code\":\"a\"}"))
        .hasMessageContaining("message");
  }

  @ParameterizedTest(name = "request with {1} for {0}")
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          "serverCount":1   | "serverCount":2          | serverCount
          "serverCount":1   | "serverCounts":1         | serverCounts
          "storageSizeGB":10| "storageSizeGB":1001     | storageSizeGB
          "storageSizeGB":10| "storageSizeGB":11       | storageSizeGB
          "id":"api-cluster"| "id":"Api"               | id
          "provider":"gcp"  | "provider":"azure"       | provider
          "isFree":true     | "isFree":"true"          | isFree
          """,
      delimiter = '|')
  void validate_requestWithInvalidField_failsUnlessItWasRejected(
      String field, String invalid, String named) {
    String body = Payloads.DEPLOY_REQUEST.replace(field, invalid);

    rejected(PROJECTS, deploy(body, 200, Payloads.PROJECT_CLUSTER))
        .hasMessageContaining("request body")
        .hasMessageContaining(named);
    assertThat(PROJECTS.validate(deploy(body, 400, Payloads.error("a", "b"))))
        .isEqualTo("deployCluster");
  }

  @Test
  void validate_requestWithoutRequiredBody_fails() {
    rejected(PROJECTS, exchange("POST", DEPLOY, "", "", 200, Payloads.PROJECT_CLUSTER))
        .hasMessageContaining("no body, but needs one");
  }

  @Test
  void validate_requestWithUndocumentedBody_fails() {
    rejected(PROJECTS, exchange("GET", LIST, "", "{}", 200, "[]"))
        .hasMessageContaining("the request has a body");
  }

  @Test
  void validate_bodyOfResponseWithoutContent_fails() {
    rejected(ADMIN, exchange("DELETE", "/__simulator/faults", "", "", 204, "{}"))
        .hasMessageContaining("the response has a body");
  }

  @Test
  void validate_queryParameters_areChecked() {
    String requests = "{\"count\":0,\"requests\":[]}";
    String path = "/__simulator/requests";

    assertThat(ADMIN.validate(exchange("GET", path, "limit=5&status=200", "", 200, requests)))
        .isEqualTo("listRequests");
    rejected(ADMIN, exchange("GET", path, "limit=many", "", 200, requests))
        .hasMessageContaining("limit=many");
    rejected(ADMIN, exchange("GET", path, "limit=10001", "", 200, requests))
        .hasMessageContaining("limit=10001");
    rejected(ADMIN, exchange("GET", path, "limits=5", "", 200, requests))
        .hasMessageContaining("query parameter limits is not documented");
    rejected(ADMIN, exchange("GET", path, "operation=destroyAll", "", 200, requests))
        .hasMessageContaining("operation=destroyAll");
  }

  @Test
  void validate_concretePathAndTemplate_matchesByMethod() {
    assertThat(ADMIN.validate(exchange("POST", "/__simulator/tokens/expire", "", "", 204, "")))
        .isEqualTo("expireAccessTokens");
    assertThat(ADMIN.validate(exchange("DELETE", "/__simulator/tokens/expire", "", "", 204, "")))
        .isEqualTo("revokeToken");
  }

  @Test
  void validate_head_isGetWithoutBody() {
    OpenApiExchange head = exchange("HEAD", LIST, "", "", 200, "");

    assertThat(PROJECTS.validate(head)).isEqualTo("listClusters");
    rejected(PROJECTS, exchange("HEAD", LIST, "", "", 200, "[]"))
        .hasMessageContaining("the response has a body");
  }

  @Test
  void validateBody_schemaByName_isChecked() {
    ADMIN.validateBody("Error", Payloads.error("a", "b"));

    assertThatThrownBy(() -> ADMIN.validateBody("Error", "{\"code\":1,\"message\":\"b\"}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("code");
    assertThatThrownBy(() -> ADMIN.validateBody("Problem", "{}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no schema Problem");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          {"faults":[]}
          {"faults":[{"type":"explode"}]}
          {"faults":[{"type":"delayRequest"}]}
          {"faults":[{"type":"delayRequest","duration":"5 minutes"}]}
          {"faults":[{"type":"delayRequest","duration":"-5s"}]}
          {"faults":[{"type":"garbage","duration":"5s"}]}
          {"faults":[{"type":"respond","status":99}]}
          {"faults":[{"type":"staleReads"}]}
          {"faults":[{"type":"staleReads","lag":"1s","reads":1}]}
          {"faults":[{"type":"garbage"}],"times":0}
          {"faults":[{"type":"garbage"}],"times":1,"nth":1}
          {"faults":[{"type":"garbage"}],"always":false}
          {"faults":[{"type":"garbage"}],"on":["deploy","undeploy"]}
          {"faults":[{"type":"garbage"}],"teamID":"a"}
          {"faults":[{"type":"garbage"}],"stuckIn":["starting"]}
          {"stuckIn":["running"]}
          {"stuckIn":[],"failsAfter":[]}
          {"cluster":"a"}
          """)
  void validateBody_invalidFaultRule_fails(String rule) {
    assertThatThrownBy(() -> ADMIN.validateBody("NewFaultRule", rule))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(rule);
  }

  private static AbstractThrowableAssert<?, ?> rejected(
      OpenApiDocument document, OpenApiExchange exchange) {
    return assertThatThrownBy(() -> document.validate(exchange))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(exchange.path());
  }

  private static OpenApiExchange deploy(String request, int status, String response) {
    return exchange("POST", DEPLOY, "", request, status, response);
  }

  private static OpenApiExchange exchange(
      String method, String path, String query, String request, int status, String response) {
    return new OpenApiExchange(
        method,
        path,
        query,
        request.isEmpty() ? "" : "application/json",
        request,
        status,
        response.isEmpty() ? "" : "application/json",
        response);
  }

  private static List<String> parserMessages(String text) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(text, List.of(), options);
    return result.getMessages();
  }
}
