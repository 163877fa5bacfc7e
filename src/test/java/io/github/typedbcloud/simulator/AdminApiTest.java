package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.typedbcloud.support.AdminCaller;
import io.github.typedbcloud.support.OpenApiDocument;
import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of the admin API: what each returns and changes, and what it rejects. */
@Timeout(60)
class AdminApiTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final String ADMIN_TOKEN =
      "{\"clientId\":\"simulator-admin\",\"level\":\"admin\",\"accessTokenLifetime\":\"PT1H\","
          + "\"accessTokens\":%s}";

  private static final String CLUSTER_A =
      "{\"id\":\"a\",\"serverCount\":1,\"storageSizeGB\":10,\"isFree\":false,"
          + "\"status\":\"%s\",\"createdAt\":1767225600000,\"teamID\":\"my-team\","
          + "\"spaceID\":\"default\",\"version\":\"3.5.1\",\"provider\":\"gcp\","
          + "\"region\":\"europe-west2\",\"machineType\":\"c2d-highcpu-2\","
          + "\"storageType\":\"standard-rwo\",\"servers\":%s}";

  private static final List<String> READS =
      List.of(
          "clusters", "tokens", "settings", "versions", "catalog", "faults", "time", "requests");

  private final ManualTime time = new ManualTime(START);
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(time).admin(true).start();
  private final AdminCaller admin = AdminCaller.of(simulator.url());

  @AfterEach
  void close() {
    simulator.close();
  }

  private static void assertBody(AdminCaller.Response response, int status, String body) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.contentType()).isEqualTo(body.isEmpty() ? "" : "application/json");
  }

  private static void assertDone(AdminCaller.Response response) {
    assertBody(response, 204, "");
  }

  private static void assertError(
      AdminCaller.Response response, int status, String code, String... words) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(response.json().path("code").asText()).isEqualTo(code);
    assertThat(response.message()).contains(words);
  }

  private static String server(String address, String status) {
    return "[{\"address\":\"" + address + "\",\"status\":\"" + status + "\"}]";
  }

  private List<String> state() {
    List<String> state = new ArrayList<>();
    READS.forEach(path -> state.add(admin.get(path).body()));
    return state;
  }

  @Test
  void admin_offByDefault_isUnknownPath() {
    try (TypeDBCloudSimulator plain = TypeDBCloudSimulator.start()) {
      AdminCaller none = AdminCaller.of(plain.url());
      for (String path : READS) {
        AdminCaller.Response response = none.sendUndocumented("GET", path, "");
        assertError(response, 404, "path_not_found", "/__simulator/" + path);
      }
      assertThat(none.sendUndocumented("POST", "reset", "{}").status()).isEqualTo(404);
      assertThat(plain.received()).hasSize(READS.size() + 1);
    }
  }

  @Test
  void health_get_isUp() {
    assertThat(admin.get("health").body())
        .matches("\\{\"status\":\"up\",\"version\":\"[0-9]+\\.[0-9]+\\.[0-9]+[^\"]*\"}");
  }

  @Test
  void adminRequests_any_areNeitherCountedNorFaulty() {
    simulator.faults().on().always(Fault.respond(503));
    admin.get("health");
    admin.sendUndocumented("GET", "nowhere", "");
    assertThat(simulator.receivedCount()).isZero();
    assertThat(simulator.faults().occurrences()).isZero();
    assertBody(admin.get("requests"), 200, "{\"count\":0,\"requests\":[]}");
  }

  @Test
  void head_ofGet_hasNoBody() {
    AdminCaller.Response response = admin.send("HEAD", "clusters", "");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(admin.sendUndocumented("HEAD", "reset", "").status()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, health, 'GET, HEAD'",
    "DELETE, reset, POST",
    "PATCH, clusters, 'GET, HEAD, POST'",
    "GET, clusters/a, 'DELETE, PATCH'",
    "PUT, faults, 'DELETE, GET, HEAD, POST'",
    "POST, faults/1, 'DELETE, GET, HEAD'",
    "POST, time, 'GET, HEAD, PATCH'",
    "GET, tokens/expire, 'DELETE, POST'",
    "POST, versions, 'GET, HEAD, PUT'",
    "POST, openapi/spaces.json, 'GET, HEAD'"
  })
  void method_other_isNotAllowed(String method, String path, String allow) {
    AdminCaller.Response response = admin.sendUndocumented(method, path, "");
    assertError(response, 405, "method_not_allowed", method, "/__simulator/" + path, allow);
    assertThat(response.allow()).isEqualTo(allow);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nowhere",
        "Health",
        "health/",
        "clusters/",
        "clusters/a/b",
        "clusters//a",
        "openapi/admin.json",
        "openapi/../health",
        "tokens/expire/x"
      })
  void path_unknown_isNotFound(String path) {
    assertError(admin.sendUndocumented("GET", path, ""), 404, "path_not_found", "/__simulator/");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, health?x=1, unknown_field, x",
    "GET, clusters?cluster=a, unknown_field, cluster",
    "GET, clusters?status=, invalid_query, status",
    "GET, clusters?status=a&status=b, invalid_query, status",
    "GET, requests?limit=10001, invalid_field, limit",
    "GET, requests?limit=-1, invalid_field, limit",
    "GET, requests?limit=a, invalid_field, limit",
    "GET, requests?after=-1, invalid_field, after",
    "GET, requests?status=ok, invalid_field, status",
    "GET, requests?operation=DEPLOY, invalid_field, operation",
    "GET, requests?apiVersion=v1, invalid_field, apiVersion",
    "DELETE, tokens/simulator-admin?accessTokens=yes, invalid_field, accessTokens",
    "DELETE, clusters/a?teamID=my-team, missing_field, spaceID",
    "POST, reset?parts=state, unknown_field, parts"
  })
  void query_invalid_isRejected(String method, String path, String code, String name) {
    simulator.seed("{\"clusters\":[{\"id\":\"a\"}]}");
    List<String> before = state();
    assertError(admin.sendUndocumented(method, path, ""), 400, code, "\"" + name + "\"");
    assertThat(state()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("io.github.typedbcloud.simulator.AdminBodies#all")
  void body_ofOtherMediaType_isRejected(AdminBodies.Example example) {
    simulator.seed("{\"clusters\":[{\"id\":\"a\"}]}");
    List<String> before = state();
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
      AdminCaller.Response response =
          admin.send(example.method(), example.path(), type, example.body());
      assertError(response, 415, "unsupported_media_type", type);
    }
    assertThat(state()).isEqualTo(before);
    assertThat(admin.send(example.method(), example.path(), "", example.body()).status())
        .isLessThan(300);
  }

  @ParameterizedTest
  @MethodSource("io.github.typedbcloud.simulator.AdminBodies#all")
  void body_invalidJson_isRejected(AdminBodies.Example example) {
    simulator.seed("{\"clusters\":[{\"id\":\"a\"}]}");
    List<String> before = state();
    for (String body : List.of("{", "[]", "null", "{} {}", "{\"a\":1,\"a\":2}")) {
      assertError(
          admin.send(example.method(), example.path(), body), 400, "malformed_json", "JSON");
    }
    assertError(
        admin.send(example.method(), example.path(), "{\"extra\":1}"),
        400,
        "unknown_field",
        "\"extra\"");
    assertThat(state()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("io.github.typedbcloud.simulator.AdminBodies#all")
  void body_missing_isRejectedWhereRequired(AdminBodies.Example example) {
    simulator.seed("{\"clusters\":[{\"id\":\"a\"}]}");
    AdminCaller.Response response = admin.send(example.method(), example.path(), "");
    if (List.of("reset", "tokens/expire").contains(example.path())) {
      assertDone(response);
    } else {
      assertError(response, 400, "missing_body", "JSON object");
    }
  }

  static Stream<Arguments> invalidFields() {
    String other = AdminBodies.SPACE_FIELDS;
    return Stream.of(
        row("POST", "reset", "{'parts':['state','all']}", "parts[1]", "all"),
        row("POST", "clusters", "{}", "id", "required"),
        row("POST", "clusters", "{'id':'A'}", "id", "lowercase"),
        row("POST", "clusters", "{'id':'b','serverCount':0}", "serverCount", "1"),
        row("POST", "clusters", "{'id':'b','version':' '}", "version", "blank"),
        row("POST", "clusters", "{'id':'b','createdAt':-1}", "createdAt", "-1"),
        row("POST", "clusters", "{'id':'b','teamID':'my-team'}", "spaceID", "required"),
        row(
            "POST",
            "clusters",
            "{'id':'b'," + other + ",'organization':'o','project':'p'}",
            "project",
            "absent"),
        row("PATCH", "clusters/a", "{}", "status", "required"),
        row("PATCH", "clusters/a", "{'status':''}", "status", "blank"),
        row("POST", "tokens", "{'level':'owner'}", "level", "[read, write, admin]"),
        row("POST", "tokens", "{'level':'read','clientId':'a:b'}", "clientId", "colon"),
        row("POST", "tokens", "{'level':'read','clientSecret':''}", "clientSecret", "blank"),
        row(
            "POST",
            "tokens",
            "{'level':'read','accessTokenLifetime':'0s'}",
            "accessTokenLifetime",
            "more than zero"),
        row("POST", "tokens", "{'level':'read','teamID':'..','spaceID':'a'}", "teamID", ".."),
        row("POST", "faults", "{}", "faults", "at least one"),
        row("POST", "faults", "{'faults':[{'type':'explode'}]}", "faults[0].type", "loseRequest"),
        row(
            "POST",
            "faults",
            "{'faults':[{'type':'garbage'},{'type':'delayRequest','duration':'-1s'}]}",
            "faults[1].duration",
            "zero or more"),
        row(
            "POST",
            "faults",
            "{'faults':[{'type':'delayRequest'}]}",
            "faults[0].duration",
            "required"),
        row(
            "POST",
            "faults",
            "{'faults':[{'type':'delayRequest','duration':'36501d'}]}",
            "faults[0].duration",
            "36500 days"),
        row(
            "POST",
            "faults",
            "{'faults':[{'type':'garbage','bytes':1}]}",
            "faults[0].bytes",
            "absent"),
        row(
            "POST",
            "faults",
            "{'faults':[{'type':'respond','status':199}]}",
            "faults[0].status",
            "200"),
        row(
            "POST",
            "faults",
            "{'faults':[{'type':'respond','status':200,'headers':{'Content-Length':'1'}}]}",
            "faults[0].headers.Content-Length",
            "frame"),
        row(
            "POST",
            "faults",
            "{'faults':[{'type':'respond','status':200,'contentType':'a\\nb'}]}",
            "faults[0].contentType",
            "header"),
        row(
            "POST",
            "faults",
            "{'on':['deploy','dance'],'faults':[{'type':'garbage'}]}",
            "on[1]",
            "dance"),
        row("POST", "faults", "{'times':1,'nth':2,'faults':[{'type':'garbage'}]}", "nth", "absent"),
        row("POST", "faults", "{'always':false,'faults':[{'type':'garbage'}]}", "always", "true"),
        row("POST", "faults", "{'cluster':'','faults':[{'type':'garbage'}]}", "cluster", "blank"),
        row(
            "POST",
            "faults",
            "{'randomly':{'probability':1e400,'seed':1},'faults':[{'type':'garbage'}]}",
            "randomly.probability",
            "0"),
        row("POST", "faults", "{'stuckIn':['starting','running']}", "stuckIn[1]", "running"),
        row("POST", "faults", "{'stuckIn':[],'failsAfter':[]}", "failsAfter", "absent"),
        row("POST", "faults", "{'stuckIn':[],'times':1}", "times", "stuckIn"),
        row(
            "POST",
            "faults",
            "{'faults':[{'type':'after','requests':[{'operation':'list'," + other + "}]}]}",
            "faults[0].requests[0].operation",
            "write"),
        row(
            "POST",
            "faults",
            "{'faults':[{'type':'after','requests':[{'operation':'deploy'," + other + "}]}]}",
            "faults[0].requests[0].body",
            "required"),
        row(
            "POST",
            "faults",
            "{'faults':[{'type':'after','requests':[{'operation':'clone','cluster':'a','body':{},"
                + AdminBodies.PROJECT_FIELDS
                + "}]}]}",
            "faults[0].requests[0].operation",
            "project"),
        row(
            "POST",
            "faults",
            "{'faults':[{'type':'before','requests':[]}]}",
            "requests",
            "at least one"),
        row("PATCH", "time", "{'mode':'fast'}", "mode", "manual"),
        row("PATCH", "time", "{'now':'1969-12-31T23:59:59Z'}", "now", "1970"),
        row("POST", "time/advance", "{'by':'-1s'}", "by", "zero or more"),
        row("POST", "time/advance", "{'by':'soon'}", "by", "500ms"),
        row(
            "PUT",
            "versions",
            "{'availableVersions':['3.0.6','']}",
            "availableVersions[1]",
            "blank"),
        row(
            "PUT",
            "catalog",
            "{'machines':[{'provider':'gcp','machineType':'x'}]}",
            "machines[0].regions",
            "required"),
        row(
            "PATCH",
            "settings",
            "{'transitionTimes':{'running':'1s'}}",
            "transitionTimes.running",
            "starting"),
        row(
            "PATCH",
            "settings",
            "{'transitionTimes':{'starting':'PT9223372036854775807S'}}",
            "transitionTimes.starting",
            "days"),
        row(
            "PATCH",
            "settings",
            "{'accessTokenLifetime':'0s'}",
            "accessTokenLifetime",
            "more than zero"),
        row("PATCH", "settings", "{'freeClusterLimit':-1}", "freeClusterLimit", "-1"),
        row(
            "PATCH",
            "settings",
            "{'assumptions':{'freeLimit':'strict'}}",
            "assumptions.freeLimit",
            "contentType"),
        row(
            "PATCH",
            "settings",
            "{'assumptions':{'contentType':'loose'}}",
            "assumptions.contentType",
            "lenient"));
  }

  private static Arguments row(String method, String path, String json, String field, String word) {
    return Arguments.of(method, path, json.replace('\'', '"'), field, word);
  }

  @ParameterizedTest
  @MethodSource("invalidFields")
  void field_invalid_isNamedByItsPath(
      String method, String path, String json, String field, String word) {
    simulator.seed("{\"clusters\":[{\"id\":\"a\"}]}");
    List<String> before = state();
    AdminCaller.Response response = admin.send(method, path, json);
    assertThat(response.status()).as(response.body()).isEqualTo(400);
    assertThat(response.message()).contains("\"" + field + "\"", word);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void clusters_addedListedChangedRemoved() {
    AdminCaller.Response added = admin.post("clusters", "{\"id\":\"a\"}");
    String address = added.json().at("/servers/0/address").asText();
    String running = CLUSTER_A.formatted("running", server(address, "running"));
    assertBody(added, 201, running);
    assertBody(admin.get("clusters"), 200, "{\"clusters\":[" + running + "]}");
    assertThat(Caller.space(simulator).get("a").body()).isEqualTo(running);
    String suspended = CLUSTER_A.formatted("suspended", "[]");
    assertBody(admin.patch("clusters/a", "{\"status\":\"suspended\"}"), 200, suspended);
    assertThat(simulator.clustersOfSpace("my-team", "default").statuses())
        .isEqualTo(Map.of("a", "suspended"));
    assertDone(admin.delete("clusters/a"));
    assertBody(admin.get("clusters"), 200, "{\"clusters\":[]}");
    assertError(admin.delete("clusters/a"), 404, "not_found", "\"a\"");
    assertError(admin.patch("clusters/a", "{\"status\":\"failed\"}"), 404, "not_found", "\"a\"");
  }

  @Test
  void cluster_idInUseOrScopeUnknown_isRejected() {
    admin.post("clusters", "{\"id\":\"a\"}");
    assertError(admin.post("clusters", "{\"id\":\"a\"}"), 409, "id_already_in_use", "\"a\"");
    assertError(
        admin.post("clusters", "{\"id\":\"a\",\"teamID\":\"x\",\"spaceID\":\"y\"}"),
        400,
        "unknown_scope",
        "space x/y");
    String unknown = "{\"status\":\"failed\",\"teamID\":\"x\",\"spaceID\":\"y\"}";
    assertError(admin.patch("clusters/a", unknown), 404, "space_not_found", "space x/y");
    assertError(admin.delete("clusters/a?teamID=x&spaceID=y"), 404, "space_not_found", "space x/y");
    assertThat(admin.get("clusters").json().path("clusters")).hasSize(1);
  }

  @Test
  void cluster_idInSeveralScopes_needsItsScope() {
    admin.post("clusters", "{\"id\":\"a\"," + AdminBodies.PROJECT_FIELDS + "}");
    admin.post("clusters", "{\"id\":\"a\"," + AdminBodies.SPACE_FIELDS + "}");
    assertError(
        admin.patch("clusters/a", "{\"status\":\"failed\"}"),
        409,
        "conflict",
        "teamID and spaceID");
    assertError(admin.delete("clusters/a"), 409, "conflict", "organization and project");
    String change = "{\"status\":\"failed\"," + AdminBodies.SPACE_FIELDS + "}";
    assertThat(admin.patch("clusters/a", change).json().path("teamID").asText())
        .isEqualTo("my-team");
    assertDone(admin.delete("clusters/a?organization=my-org&project=default"));
    assertThat(ids("")).containsExactly("a");
    assertThat(ids("?teamID=my-team&spaceID=default&status=failed")).containsExactly("a");
  }

  @Test
  void clusters_filtered_byEachParameter() {
    simulator.addSpace("my-team", "other");
    admin.post("clusters", "{\"id\":\"b\",\"status\":\"suspended\"}");
    admin.post("clusters", "{\"id\":\"a\",\"teamID\":\"my-team\",\"spaceID\":\"other\"}");
    admin.post("clusters", "{\"id\":\"c\"," + AdminBodies.PROJECT_FIELDS + "}");
    assertThat(ids("")).containsExactly("b", "a", "c");
    assertThat(ids("?teamID=my-team")).containsExactly("b", "a");
    assertThat(ids("?spaceID=default")).containsExactly("b");
    assertThat(ids("?organization=my-org")).containsExactly("c");
    assertThat(ids("?project=default&status=running")).containsExactly("c");
    assertThat(ids("?status=failed")).isEmpty();
  }

  private List<String> ids(String query) {
    return admin.get("clusters" + query).json().path("clusters").findValuesAsText("id");
  }

  @Test
  void tokens_addedListedRevoked() {
    String shown =
        "{\"clientId\":\"ci\",\"level\":\"write\",\"teamID\":\"my-team\",\"spaceID\":\"default\","
            + "\"accessTokenLifetime\":\"PT5M\",\"accessTokens\":%s%s}";
    assertBody(
        admin.post("tokens", AdminBodies.TOKEN),
        201,
        shown.formatted(0, ",\"clientSecret\":\"s3cret\""));
    Caller ci = Caller.space(simulator).with(Caller.token(simulator, "ci", "s3cret"));
    assertBody(
        admin.get("tokens"),
        200,
        "{\"tokens\":[" + ADMIN_TOKEN.formatted(1) + "," + shown.formatted(1, "") + "]}");
    assertError(admin.post("tokens", AdminBodies.TOKEN), 409, "conflict", "\"ci\"");
    assertDone(admin.delete("tokens/ci"));
    assertError(admin.delete("tokens/ci"), 404, "not_found", "\"ci\"");
    assertThat(ci.list().status()).isEqualTo(200);
    assertThat(exchange("ci", "s3cret").status()).isEqualTo(400);
    assertDone(admin.post("tokens/expire", "{\"clientId\":\"ci\"}"));
    assertThat(ci.list().status()).isEqualTo(401);
    assertError(admin.post("tokens/expire", "{\"clientId\":\"ci\"}"), 404, "not_found", "\"ci\"");
  }

  @Test
  void token_withoutIdAndSecret_isGenerated() {
    JsonNode added = admin.post("tokens", "{\"level\":\"read\"}").json();
    String id = added.path("clientId").asText();
    Caller caller =
        Caller.space(simulator)
            .with(Caller.token(simulator, id, added.path("clientSecret").asText()));
    assertThat(caller.list().status()).isEqualTo(200);
    caller.deploy(Bodies.paid("a")).isError(403, "insufficient_access_level");
    JsonNode second = admin.post("tokens", "{\"level\":\"read\"}").json();
    assertThat(second.path("clientId").asText()).isNotEqualTo(id);
    assertThat(second.path("clientSecret")).isNotEqualTo(added.path("clientSecret"));
  }

  @Test
  void token_forUnknownScope_isRejected() {
    String token = "{\"level\":\"read\",\"organization\":\"o\",\"project\":\"p\"}";
    assertError(admin.post("tokens", token), 400, "unknown_scope", "project o/p");
    assertThat(admin.get("tokens").json().path("tokens")).hasSize(1);
  }

  @Test
  void token_revokedWithAccessTokens_expiresThem() {
    simulator.addApiToken("a/b c", "s3cret", AccessLevel.READ);
    Caller space = Caller.space(simulator);
    Caller other = space.with(Caller.token(simulator, "a/b c", "s3cret"));
    assertDone(admin.delete("tokens/a%2Fb%20c?accessTokens=true"));
    assertThat(other.list().status()).isEqualTo(401);
    assertThat(space.list().status()).isEqualTo(200);
    assertDone(admin.post("tokens/expire", ""));
    assertThat(space.list().status()).isEqualTo(401);
  }

  private Response exchange(String id, String secret) {
    return Caller.send(simulator.url(), "POST", "/api/auth", "Basic " + id + ":" + secret, "");
  }

  @Test
  void versions_replaced_areOffered() {
    assertBody(
        admin.get("versions"), 200, "{\"availableVersions\":[\"2.29.3\",\"3.0.6\",\"3.5.1\"]}");
    String versions = "{\"availableVersions\":[\"3.6.0\",\"2.29.3\"]}";
    assertBody(admin.put("versions", versions), 200, versions);
    Caller space = Caller.space(simulator);
    assertThat(space.at("/api/v1").send("GET", "/cluster-versions", "").body()).isEqualTo(versions);
    space.deploy(Bodies.deploy("version", "\"3.0.6\"")).isError(400, "invalid_field");
    assertThat(space.deploy(Bodies.deploy("version", "\"latest\"")).json().path("version").asText())
        .isEqualTo("3.6.0");
  }

  @Test
  void catalog_replaced_isOffered() {
    assertThat(admin.get("catalog").body())
        .startsWith(
            "{\"machines\":[{\"provider\":\"gcp\",\"machineType\":\"c2d-highcpu-2\",\"free\":true,"
                + "\"regions\":[\"europe-west2\",\"europe-west3\",\"us-west4\",\"us-east1\"]},");
    String catalog =
        "{\"machines\":[{\"provider\":\"gcp\",\"machineType\":\"new\",\"free\":false,"
            + "\"regions\":[\"moon\"]}]}";
    assertBody(admin.put("catalog", catalog.replace("\"free\":false,", "")), 200, catalog);
    Caller space = Caller.space(simulator);
    space.deploy(Bodies.paid("a")).isError(400, "invalid_field");
    space
        .deploy(Bodies.deploy("machineType", "\"new\"", "region", "\"moon\""))
        .isCluster("a", "starting");
    assertThat(admin.post("clusters", "{\"id\":\"b\"}").json().path("region").asText())
        .isEqualTo("moon");
  }

  @Test
  void settings_changedInPart_othersStay() {
    String before = admin.get("settings").body();
    assertThat(before)
        .startsWith(
            "{\"transitionTimes\":{\"starting\":\"PT2S\",\"suspending\":\"PT2S\","
                + "\"resuming\":\"PT2S\",\"destroying\":\"PT2S\"},\"accessTokenLifetime\":\"PT1H\","
                + "\"paymentMethod\":true,\"freeClusterLimit\":1,\"assumptions\":{"
                + "\"contentType\":\"strict\",");
    assertBody(admin.patch("settings", "{}"), 200, before);
    String after =
        before
            .replace("\"resuming\":\"PT2S\"", "\"resuming\":\"PT1.5S\"")
            .replace("\"contentType\":\"strict\"", "\"contentType\":\"lenient\"");
    String change =
        "{\"transitionTimes\":{\"resuming\":\"1.5s\"},\"assumptions\":{\"contentType\":\"lenient\"}}";
    assertBody(admin.patch("settings", change), 200, after);
    assertBody(admin.get("settings"), 200, after);
  }

  @Test
  void settings_changed_areInForce() {
    assertThat(admin.patch("settings", AdminBodies.SETTINGS).status()).isEqualTo(200);
    Caller space = Caller.space(simulator);
    Caller.project(simulator).deploy(Bodies.paid("a")).isError(400, "payment_method_required");
    space.deploy(Bodies.free("a")).isCluster("a", "starting");
    space
        .send("POST", "/clusters/deploy", "text/plain", Bodies.free("b"))
        .isCluster("b", "starting");
    assertThat(space.deploy(Bodies.free("c")).status()).isEqualTo(400);
    time.advance(Duration.ofMinutes(3).minusNanos(1));
    space.get("a").isCluster("a", "starting");
    time.advance(Duration.ofNanos(1));
    space.get("a").isCluster("a", "running");
    time.advance(Duration.ofHours(1));
    assertThat(space.list().status()).isEqualTo(200);
    time.advance(Duration.ofHours(1));
    assertThat(space.list().status()).isEqualTo(401);
  }

  @Test
  void reset_parts_leavesTheOthers() {
    admin.post("clusters", "{\"id\":\"a\"}");
    admin.post("faults", AdminBodies.always("garbage"));
    admin.patch("time", "{\"now\":\"2027-01-01T00:00:00Z\"}");
    exchange("x", "y");
    List<String> before = state();
    assertDone(admin.post("reset", "{\"parts\":[]}"));
    assertThat(state()).isEqualTo(before);
    assertDone(admin.post("reset", "{\"parts\":[\"faults\",\"requests\"]}"));
    assertBody(admin.get("faults"), 200, "{\"faults\":[],\"occurrences\":0}");
    assertThat(admin.get("requests").json().path("count").asInt()).isZero();
    assertThat(ids("")).containsExactly("a");
    assertDone(admin.post("reset", "{\"parts\":[\"clock\"]}"));
    assertThat(time.now()).isEqualTo(START);
    assertThat(ids("")).containsExactly("a");
    assertDone(admin.post("reset", ""));
    assertThat(ids("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "openapi.json, admin",
    "openapi/projects.json, projects",
    "openapi/spaces.json, spaces"
  })
  void openApi_get_isTheDocument(String path, String name) {
    assertBody(admin.get(path), 200, OpenApiDocument.of(name).text());
  }

  @Test
  void java_andHttp_seeTheSameParts() {
    simulator.addApiToken("java", "s3cret", AccessLevel.READ);
    simulator.addSpace("my-team", "java");
    simulator.clock().advance(Duration.ofHours(1));
    simulator.faults().on(Operation.GET).next(Fault.respond(418));
    assertThat(admin.get("tokens").json().path("tokens").findValuesAsText("clientId"))
        .containsExactly("simulator-admin", "java");
    assertThat(
            admin
                .post("clusters", "{\"id\":\"a\",\"teamID\":\"my-team\",\"spaceID\":\"java\"}")
                .status())
        .isEqualTo(201);
    assertThat(simulator.clustersOfSpace("my-team", "java").statuses()).containsKey("a");
    assertThat(admin.get("time").json().path("elapsed").asText()).isEqualTo("PT1H");
    assertThat(admin.get("faults").json().at("/faults/0/description").asText())
        .isEqualTo("Fault.respond(418) on [GET]");
    admin.delete("faults");
    assertThat(simulator.faults().rules()).isEmpty();
    admin.post("time/advance", "{\"by\":\"1h\"}");
    assertThat(simulator.clock().elapsed()).isEqualTo(Duration.ofHours(2));
    admin.delete("tokens/java");
    simulator.addApiToken("java", "s3cret", AccessLevel.READ);
    Caller.space(simulator);
    assertThat(admin.get("requests").json().path("count").asInt()).isEqualTo(1);
    admin.delete("requests");
    assertThat(simulator.received()).isEmpty();
  }

  @Test
  void origin_ofAnotherServer_isRejected() throws IOException {
    String host = URI.create(simulator.url()).getAuthority();
    for (String[] originAndStatus :
        new String[][] {
          {"http://" + host, "204"}, {"http://evil.example", "403"}, {"null", "403"}
        }) {
      try (RawConnection raw = new RawConnection(simulator)) {
        raw.send(
            "POST /__simulator/reset HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nContent-Length: 0\r\n\r\n"
                .formatted(host, originAndStatus[0]));
        assertThat(raw.head()).startsWith("HTTP/1.1 " + originAndStatus[1]);
      }
    }
  }
}
