package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.typedbcloud.support.AdminCaller;
import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults that are added over HTTP: the same as those of Java. */
@Timeout(60)
class AdminFaultsTest {

  private static final Duration HALF_MINUTE = Duration.ofSeconds(30);

  /** The faults of {@link AdminBodies#FAULTS} in Java. */
  static final Map<String, Function<TypeDBCloudSimulator, Fault>> IN_JAVA =
      Map.ofEntries(
          Map.entry("loseRequest", simulator -> Fault.loseRequest()),
          Map.entry("loseResponse", simulator -> Fault.loseResponse()),
          Map.entry("resetConnection", simulator -> Fault.resetConnection().afterProcessing()),
          Map.entry("garbage", simulator -> Fault.garbage()),
          Map.entry("expireToken", simulator -> Fault.expireToken()),
          Map.entry("revokeToken", simulator -> Fault.revokeToken()),
          Map.entry("withoutDate", simulator -> Fault.withoutDate()),
          Map.entry("gatewayNotFound", simulator -> Fault.gatewayNotFound()),
          Map.entry("delayRequest", simulator -> Fault.delayRequest(Duration.ofMillis(1))),
          Map.entry("delayResponse", simulator -> Fault.delayResponse(Duration.ofMillis(1))),
          Map.entry("truncateBody", simulator -> Fault.truncateBody(10)),
          Map.entry("throttle", simulator -> Fault.throttle(100, Duration.ofMillis(1))),
          Map.entry("clusterStatus", simulator -> Fault.clusterStatus("hibernating")),
          Map.entry("extraField", simulator -> Fault.extraField("extra", "{\"deep\":[1,null]}")),
          Map.entry("applyLate", simulator -> Fault.applyLate(HALF_MINUTE)),
          Map.entry("staleReads", simulator -> Fault.staleReads(HALF_MINUTE)),
          Map.entry("dateOffset", simulator -> Fault.dateOffset(Duration.ofMinutes(-1))),
          Map.entry(
              "respond",
              simulator ->
                  Fault.respond(503)
                      .header("Retry-After", "7")
                      .body("text/html", "<p>down</p>")
                      .afterProcessing()),
          Map.entry("before", simulator -> Fault.before(() -> otherClient(simulator))),
          Map.entry("after", simulator -> Fault.after(() -> otherClient(simulator))));

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(time).admin(true).start();
  private final AdminCaller admin = AdminCaller.of(simulator.url());
  private final Caller space = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  private static void otherClient(TypeDBCloudSimulator simulator) {
    try {
      simulator.secondClientOfSpace("my-team", "default").deployRequest(Bodies.paid("b"));
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("id_already_in_use");
    }
    simulator.secondClientOfProject("my-org", "default").destroy("a");
  }

  private JsonNode add(String rule) {
    AdminCaller.Response response = admin.post("faults", rule);
    assertThat(response.status()).as(response.body()).isEqualTo(201);
    return response.json();
  }

  private static String respond(String selectors, int status) {
    return "{" + selectors + "\"faults\":[{\"type\":\"respond\",\"status\":" + status + "}]}";
  }

  static Stream<String> types() {
    return AdminBodies.FAULTS.keySet().stream().sorted();
  }

  @Test
  void types_all_areThoseOfJava() {
    assertThat(IN_JAVA).containsOnlyKeys(AdminBodies.FAULTS.keySet());
    AdminCaller.Response unknown = admin.post("faults", "{\"faults\":[{\"type\":\"x\"}]}");
    String names = String.join(", ", types().toList());
    assertThat(unknown.message()).contains("[" + names + "]");
  }

  @ParameterizedTest
  @MethodSource("types")
  void fault_overHttp_hasTheEffectOfJava(String type) {
    Operation operation = type.equals("staleReads") ? Operation.GET : Operation.DEPLOY;
    String on = "\"on\":[\"" + JsonNames.of(operation) + "\"],";
    List<String> http =
        outcome(
            cloud ->
                AdminCaller.of(cloud.url())
                    .post("faults", "{" + on + AdminBodies.always(type).substring(1)));
    List<String> java =
        outcome(cloud -> cloud.faults().on(operation).always(IN_JAVA.get(type).apply(cloud)));
    assertThat(http).isEqualTo(java).isNotEqualTo(outcome(cloud -> {}));
  }

  /** What a client sees, and what has been recorded, of some calls. */
  private static List<String> outcome(Consumer<TypeDBCloudSimulator> fault) {
    ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    try (TypeDBCloudSimulator cloud =
        TypeDBCloudSimulator.builder().time(time).admin(true).start()) {
      cloud.seed("{\"clusters\":[{\"id\":\"a\"," + AdminBodies.PROJECT_FIELDS + "}]}");
      Caller caller = Caller.space(cloud);
      time.advance(HALF_MINUTE.multipliedBy(2));
      fault.accept(cloud);
      List<String> seen = new ArrayList<>();
      try {
        seen.add(caller.deploy(Bodies.paid("b")).toString());
      } catch (UncheckedIOException e) {
        seen.add("no response");
      }
      seen.add(caller.get("b").toString());
      time.advance(HALF_MINUTE);
      seen.add(caller.list().toString());
      seen.add(cloud.clustersOfProject("my-org", "default").toString());
      for (ReceivedRequest request : cloud.received()) {
        seen.add("%s %s %s".formatted(request, request.processed(), request.faults()));
      }
      seen.add(Long.toString(cloud.faults().occurrences()));
      return seen;
    }
  }

  @Test
  void rule_added_isShownAsPosted() {
    JsonNode added = add(AdminBodies.FAULT_RULE);
    assertThat(added.toString())
        .isEqualTo(
            "{\"id\":\"1\",\"description\":\"Fault.delayRequest(PT0.001S) and respond(503) on [DEPLOY,"
                + " CLONE] of the API version spaces of the space my-team/default of the cluster a"
                + " with the new ID b with the header x-test: 1\",\"active\":true,"
                + "\"occurrences\":0,\"rule\":"
                + AdminBodies.FAULT_RULE
                + "}");
    assertThat(admin.get("faults/1").json()).isEqualTo(added);
    assertThat(admin.get("faults").json().path("faults").path(0)).isEqualTo(added);
    assertThat(admin.get("faults/2").status()).isEqualTo(404);
  }

  @Test
  void selectors_each_mustHold() {
    String rule = "\"always\":true,";
    add(respond(rule + "\"on\":[\"list\"],", 501));
    space.list();
    add(respond(rule + "\"cluster\":\"a\",", 502));
    add(respond(rule + "\"newId\":\"b\",", 503));
    add(respond(rule + "\"apiVersion\":\"earlySpaces\",", 504));
    add(respond(rule + AdminBodies.PROJECT_FIELDS + ",", 505));
    add(respond(rule + "\"header\":{\"name\":\"X-Test\",\"value\":\"1\"},", 506));
    add(respond(rule + "\"on\":[\"exchangeToken\"],", 507));
    assertThat(space.list().status()).isEqualTo(501);
    assertThat(space.suspend("a").status()).isEqualTo(502);
    assertThat(space.suspend("c").status()).isEqualTo(404);
    assertThat(space.deploy(Bodies.paid("b")).status()).isEqualTo(503);
    assertThat(space.deploy(Bodies.paid("c")).status()).isEqualTo(200);
    assertThat(space.at(Caller.EARLY_SPACE).get("c").status()).isEqualTo(504);
    assertThat(space.at(Caller.PROJECT).get("c").status()).isEqualTo(505);
    assertThat(space.get("c").status()).isEqualTo(200);
    Map<String, String> headers =
        Map.of("Authorization", "Bearer " + space.accessToken(), "x-test", "1");
    String path = Caller.SPACE + "/clusters/c";
    assertThat(Caller.send(simulator.url(), "GET", path, headers, "").status()).isEqualTo(506);
    assertThat(Caller.send(simulator.url(), "POST", "/api/auth", "Basic a:b", "").status())
        .isEqualTo(507);
  }

  private List<Integer> statusesOfLists(int count) {
    return Stream.generate(() -> space.list().status()).limit(count).toList();
  }

  @Test
  void counts_each_chooseTheRequests() {
    add(respond("", 500));
    assertThat(statusesOfLists(2)).containsExactly(500, 200);
    add(respond("\"times\":2,", 501));
    assertThat(statusesOfLists(3)).containsExactly(501, 501, 200);
    add(respond("\"nth\":2,", 502));
    assertThat(statusesOfLists(3)).containsExactly(200, 502, 200);
    String id = add(respond("\"always\":true,", 503)).path("id").asText();
    assertThat(statusesOfLists(3)).containsExactly(503, 503, 503);
    admin.delete("faults/" + id);
    add(respond("\"randomly\":{\"probability\":0.5,\"seed\":42},", 504));
    List<Integer> random = statusesOfLists(20);
    assertThat(random).contains(200, 504);
    admin.delete("faults");
    simulator.faults().on().randomly(0.5, 42, Fault.respond(504));
    assertThat(statusesOfLists(20)).isEqualTo(random);
  }

  @Test
  void rules_endedOrRemoved_areListedUntilAllAreDeleted() {
    add(respond("\"times\":1,", 503));
    add(respond("\"always\":true,", 504));
    simulator.faults().on(Operation.GET).always(Fault.respond(505));
    space.list();
    space.list();
    JsonNode faults = admin.get("faults").json();
    assertThat(faults.path("occurrences").asInt()).isEqualTo(2);
    assertThat(faults.path("faults").findValuesAsText("active"))
        .containsExactly("false", "true", "true");
    assertThat(faults.path("faults").findValuesAsText("occurrences"))
        .containsExactly("1", "1", "0");
    assertThat(faults.at("/faults/2/rule").isMissingNode()).isTrue();
    assertThat(admin.delete("faults/2").status()).isEqualTo(204);
    assertThat(admin.delete("faults/2").status()).isEqualTo(204);
    assertThat(space.list().status()).isEqualTo(200);
    assertThat(admin.get("faults/2").json().path("active").asBoolean()).isFalse();
    assertThat(admin.delete("faults").status()).isEqualTo(204);
    assertThat(admin.get("faults").body()).isEqualTo("{\"faults\":[],\"occurrences\":2}");
    assertThat(admin.delete("faults/2").status()).isEqualTo(404);
    assertThat(add(respond("", 503)).path("id").asText())
        .as("IDs are not used again")
        .isEqualTo("4");
  }

  @Test
  void rules_manyEnded_newestAreListedWithActiveOnes() {
    add(respond("\"on\":[\"deploy\"],", 503));
    for (int i = 0; i < Faults.MAX_ENDED + 1; i++) {
      admin.delete("faults/" + add(respond("\"on\":[\"get\"],", 503)).path("id").asText());
    }
    JsonNode faults = admin.get("faults").json().path("faults");
    assertThat(faults).hasSize(Faults.MAX_ENDED + 1);
    assertThat(faults.path(0).path("id").asText()).isEqualTo("1");
    assertThat(faults.path(0).has("rule")).isTrue();
    assertThat(faults.path(1).path("id").asText()).isEqualTo("3");
  }

  @Test
  void faults_ofOneRule_combine() {
    add(
        "{\"faults\":[{\"type\":\"delayRequest\",\"duration\":\"20ms\"},"
            + "{\"type\":\"respond\",\"status\":503,\"body\":{\"code\":\"c\",\"message\":\"m\"}}]}");
    long began = System.nanoTime();
    Response response = space.list();
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isGreaterThanOrEqualTo(Duration.ofMillis(20));
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.contentType()).isEqualTo("application/json");
    assertThat(response.body()).isEqualTo("{\"code\":\"c\",\"message\":\"m\"}");
    add(
        "{\"on\":[\"list\"],\"faults\":[{\"type\":\"throttle\",\"bytesPerStep\":50,\"pause\":\"1ms\"},"
            + "{\"type\":\"truncateBody\",\"bytes\":1}]}");
    try (RawConnection raw = new RawConnection(simulator)) {
      String bearer = "Authorization: Bearer " + space.accessToken();
      assertThat(raw.request("GET", Caller.SPACE + "/clusters", bearer).rest())
          .endsWith("\r\n\r\n[");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void faults_ofOneRule_thatConflict_areRejected() {
    AdminCaller.Response response =
        admin.post(
            "faults",
            "{\"faults\":["
                + AdminBodies.FAULTS.get("garbage")
                + ","
                + AdminBodies.FAULTS.get("respond")
                + "]}");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.message()).contains("conflict", "garbage", "respond");
  }

  @Test
  void response_bodies_haveTheirMediaTypes() {
    add("{\"faults\":[{\"type\":\"respond\",\"status\":200,\"body\":\"plain\"}]}");
    assertThat(space.list().contentType()).isEqualTo("text/plain; charset=utf-8");
    add("{\"faults\":[{\"type\":\"respond\",\"status\":200,\"body\":[null]}]}");
    assertThat(space.list().body()).isEqualTo("[null]");
    add("{\"faults\":[{\"type\":\"respond\",\"status\":200,\"contentType\":\"x/y\"}]}");
    assertThat(space.list().contentType()).isEqualTo("x/y");
  }

  @Test
  void staleReads_byNumber_endAfterIt() {
    space.deploy(Bodies.paid("a"));
    add("{\"always\":true,\"faults\":[{\"type\":\"staleReads\",\"reads\":1}]}");
    space.get("a").isError(404, "cluster_not_found");
    space.get("a").isCluster("a", "starting");
  }

  @Test
  void lifecycle_rules_keepOrFailClusters() {
    add("{\"cluster\":\"a\",\"stuckIn\":[\"starting\"]}");
    add("{\"failsAfter\":[]}");
    space.deploy(Bodies.paid("a"));
    space.deploy(Bodies.paid("b"));
    time.advance(HALF_MINUTE);
    space.get("a").isCluster("a", "starting");
    space.get("b").isCluster("b", "failed");
    assertThat(admin.get("faults").json().path("faults").findValuesAsText("occurrences"))
        .containsExactly("1", "1");
    admin.delete("faults/1");
    space.get("a").isCluster("a", "failed");
  }

  @Test
  void otherClient_rejectedWrite_hasNoEffect() {
    String write =
        "{\"operation\":\"suspend\",\"cluster\":\"nowhere\",\"teamID\":\"my-team\","
            + "\"spaceID\":\"default\"}";
    add("{\"faults\":[{\"type\":\"before\",\"requests\":[" + write + "]}]}");
    assertThat(space.list().body()).isEqualTo("[]");
    assertThat(simulator.receivedCount(Operation.SUSPEND)).isZero();
  }

  @Test
  void dateOffset_atTheLimits_isSent() {
    time.setWallClock(Instant.parse("9999-12-31T00:00:00Z"));
    for (String offset : List.of("36500d", "-36500d")) {
      add("{\"faults\":[{\"type\":\"dateOffset\",\"offset\":\"" + offset + "\"}]}");
      assertThat(space.list().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'operation':'deploy','body':{'id':'A'},'teamID':'my-team','spaceID':'default'|provider",
        "'operation':'clone','cluster':'a','body':{'id':'A'},'teamID':'my-team','spaceID':'default'|\"id\"",
        "'operation':'destroy','cluster':'a','teamID':'my-team','spaceID':'x'|no space my-team/x",
        "'operation':'get','cluster':'a','teamID':'my-team','spaceID':'default'|a write"
      })
  void otherClient_impossibleRequest_isRejectedWhenPosted(String request, String message) {
    String rule = "{'faults':[{'type':'before','requests':[{" + request + "}]}]}";
    AdminCaller.Response response = admin.post("faults", rule.replace('\'', '"'));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.message()).contains(message);
    assertThat(admin.get("faults").json().path("faults")).isEmpty();
  }

  @Test
  void header_thatIsSecret_isMaskedInTheRule() {
    JsonNode rule =
        add(respond("\"header\":{\"name\":\"Authorization\",\"value\":\"Bearer s3cret\"},", 503));
    assertThat(rule.path("rule").path("header").path("value").textValue()).isEqualTo("***");
    assertThat(admin.get("faults").body()).doesNotContain("s3cret");
  }
}
