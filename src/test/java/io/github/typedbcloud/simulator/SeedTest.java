package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.typedbcloud.support.AdminCaller;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seeds from Java, at the start and later, and over HTTP. */
@Timeout(60)
class SeedTest {

  private static final Instant START = Instant.parse("2025-06-01T00:00:00Z");

  private static final List<String> READS =
      List.of("clusters", "tokens", "settings", "versions", "catalog", "time");

  private final ManualTime time = new ManualTime(START);
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(time).admin(true).start();
  private final AdminCaller admin = AdminCaller.of(simulator.url());

  @AfterEach
  void close() {
    simulator.close();
  }

  private static List<String> state(AdminCaller caller) {
    List<String> state = new ArrayList<>();
    READS.forEach(path -> state.add(caller.get(path).body()));
    return state;
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  @Test
  void wholeSeed_fromJavaAndHttp_isTheSame() {
    simulator.seed(AdminBodies.SEED);
    List<String> later = state(admin);
    ManualTime otherTime = new ManualTime(START);
    try (TypeDBCloudSimulator http =
            TypeDBCloudSimulator.builder().time(otherTime).admin(true).start();
        TypeDBCloudSimulator atStart =
            TypeDBCloudSimulator.builder()
                .time(new ManualTime(START))
                .seed(AdminBodies.SEED)
                .admin(true)
                .start()) {
      AdminCaller caller = AdminCaller.of(http.url());
      assertThat(caller.post("seed", AdminBodies.SEED).status()).isEqualTo(204);
      assertThat(state(caller)).isEqualTo(later);
      List<String> started = state(AdminCaller.of(atStart.url()));
      // The built-in API token is added last at the start.
      started.remove(1);
      later.remove(1);
      assertThat(started).isEqualTo(later);
    }
  }

  @Test
  void wholeSeed_applied_isInForce() {
    simulator.seed(AdminBodies.SEED);
    assertThat(time.now()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(simulator.clustersOfProject("my-org", "default").statuses())
        .isEqualTo(Map.of("seeded", "upgrading"));
    assertThat(simulator.clustersOfProject("second", "p1").statuses()).isEmpty();
    for (String space : List.of("s1", "s2")) {
      assertThat(simulator.clustersOfSpace("second", space).statuses()).isEmpty();
    }
    assertThat(simulator.clustersOfSpace("my-team", "other").statuses()).isEmpty();
    JsonNode clusters = admin.get("clusters").json().path("clusters");
    assertThat(clusters.findValuesAsText("id")).containsExactly("plain", "seeded");
    assertThat(clusters.path(1).path("servers")).hasSize(3);
    String servers = clusters.path(1).path("servers").toString();
    assertThat(clusters.path(1).toString().replace(servers, "[]")).isEqualTo(AdminBodies.CLUSTER);
    Caller ci = Caller.space(simulator).with(Caller.token(simulator, "ci", "s3cret"));
    assertThat(ci.list().status()).isEqualTo(200);
    ci.at(Caller.PROJECT).list().isError(403, "insufficient_access_level");
    time.advance(Duration.ofMinutes(5));
    assertThat(ci.list().status()).isEqualTo(401);
  }

  @Test
  void cluster_withOnlyAnId_hasTheDefaults() {
    simulator.seed(json("{'clusters':[{'id':'a'}],'time':{'now':'2026-01-01T00:00:00Z'}}"));
    JsonNode cluster = admin.get("clusters").json().at("/clusters/0");
    assertThat(cluster.path("servers").findValuesAsText("status")).containsExactly("running");
    assertThat(cluster.toString())
        .startsWith(
            json(
                "{'id':'a','serverCount':1,'storageSizeGB':10,'isFree':false,'status':'running',"
                    + "'createdAt':1767225600000,'teamID':'my-team','spaceID':'default',"
                    + "'version':'3.5.1','provider':'gcp','region':'europe-west2',"
                    + "'machineType':'c2d-highcpu-2','storageType':'standard-rwo','servers':["));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'provider':'aws'} | eu-west-2 c7g.large gp2-csi",
        "{'provider':'aws','region':'us-east-1'} | us-east-1 c8g.large gp2-csi",
        "{'provider':'aws','machineType':'c8g.xlarge'} | us-west-2 c8g.xlarge gp2-csi",
        "{'provider':'aws','organization':'my-org','project':'default'} | eu-west-2 c7g.large gp2",
        "{'region':'us-east1'} | us-east1 c2d-highcpu-2 standard-rwo",
        "{'region':'moon'} | moon c2d-highcpu-2 standard-rwo"
      })
  void cluster_partly_hasDefaultsThatFit(String fields, String expected) {
    String cluster = json(fields).replace("{", "{\"id\":\"a\",");
    JsonNode added = admin.post("clusters", cluster).json();
    assertThat(
            "%s %s %s"
                .formatted(
                    added.path("region").asText(),
                    added.path("machineType").asText(),
                    added.path("storageType").asText()))
        .isEqualTo(expected);
  }

  @Test
  void scopes_ofASeedAtTheStart_replaceTheDefaults() {
    try (TypeDBCloudSimulator seeded =
        TypeDBCloudSimulator.builder()
            .seed(json("{'projects':[{'organization':'o','project':'p'}],'clusters':[{'id':'a'}]}"))
            .start()) {
      assertThat(seeded.project()).isEqualTo("p");
      assertThat(seeded.clustersOfProject("o", "p").statuses()).containsKey("a");
      assertThatThrownBy(seeded::space).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void limitsOfTheService_notEnforced() {
    simulator.seed(
        json(
            "{'clusters':[{'id':'a','isFree':true},{'id':'b','isFree':true,'storageSizeGB':99}]}"));
    assertThat(simulator.clustersOfSpace("my-team", "default").statuses()).hasSize(2);
  }

  @Test
  void reset_afterSeedAtTheStart_returnsToIt() {
    try (TypeDBCloudSimulator seeded =
        TypeDBCloudSimulator.builder()
            .time(new ManualTime(START))
            .seed(AdminBodies.SEED)
            .admin(true)
            .start()) {
      AdminCaller caller = AdminCaller.of(seeded.url());
      List<String> before = state(caller);
      caller.delete("clusters/plain");
      caller.delete("tokens/ci");
      caller.patch("settings", "{\"paymentMethod\":true}");
      caller.put("versions", "{\"availableVersions\":[]}");
      caller.patch("time", "{\"now\":\"2030-01-01T00:00:00Z\"}");
      seeded.seed(json("{'clusters':[{'id':'later'}]}"));
      caller.post("reset", "");
      assertThat(state(caller)).isEqualTo(before);
    }
  }

  @Test
  void seedLater_reset_isGone() {
    List<String> before = state(admin);
    simulator.seed(AdminBodies.SEED);
    simulator.reset();
    assertThat(state(admin)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'space':[]} | \"space\"",
        "{'spaces':{}} | \"spaces\"",
        "{'spaces':[{'teamID':'a'}]} | \"spaces[0].spaceID\"",
        "{'spaces':[{'teamID':' ','spaceID':'b'}]} | \"spaces[0].teamID\"",
        "{'projects':[1]} | \"projects[0]\"",
        "{'teams':[{'teamID':'a','spaces':['b','..']}]} | \"teams[0].spaces[1]\"",
        "{'teams':[{'teamID':'a'}]} | \"teams[0].spaces\"",
        "{'organizations':[{'organization':'a','project':'b'}]} | \"organizations[0].project\"",
        "{'tokens':[{'clientId':'a','clientSecret':'s','level':'read'},{'clientId':'b','clientSecret':'s'}]} | \"tokens[1].level\"",
        "{'tokens':[{'level':'read','clientId':'a'}]} | \"tokens[0].clientSecret\"",
        "{'tokens':[{'level':'read','clientSecret':'s'}]} | \"tokens[0].clientId\"",
        "{'tokens':[{'level':'read','clientId':'','clientSecret':'s'}]} | \"tokens[0].clientId\"",
        "{'clusters':[{'id':'a'},{'id':'B'}]} | \"clusters[1].id\"",
        "{'clusters':[{'id':'a','storageSizeGB':'10'}]} | \"clusters[0].storageSizeGB\"",
        "{'clusters':[{'id':'a','createdAt':253402300800000}]} | \"clusters[0].createdAt\"",
        "{'versions':['']} | \"versions[0]\"",
        "{'catalog':[{'provider':'a','machineType':'b','regions':[1]}]} | \"catalog[0].regions[0]\"",
        "{'settings':{'transitionTimes':{'starting':1}}} | \"settings.transitionTimes.starting\"",
        "{'settings':{'accessTokenLifetime':'-1h'}} | \"settings.accessTokenLifetime\"",
        "{'time':{'now':'today'}} | \"time.now\""
      })
  void seed_invalid_isRejectedWhole(String seed, String field) {
    String all = json(seed);
    List<String> before = state(admin);
    AdminCaller.Response response = admin.post("seed", all);
    assertThat(response.status()).as(response.body()).isEqualTo(400);
    assertThat(response.message()).contains(field);
    assertThatThrownBy(() -> simulator.seed(all))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The seed is invalid: ")
        .hasMessageContaining(field);
    assertThatThrownBy(() -> TypeDBCloudSimulator.builder().seed(all))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(field);
    assertThat(state(admin)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'clusters':[{'id':'used'}] | 409 | used",
        "'clusters':[{'id':'a'},{'id':'a'}] | 409 | \"a\"",
        "'clusters':[{'id':'a','teamID':'x','spaceID':'y'}] | 400 | space x/y",
        "'tokens':[{'clientId':'simulator-admin','clientSecret':'s','level':'read'}] | 409 | simulator-admin",
        "'tokens':[{'clientId':'a','clientSecret':'s','level':'read'},{'clientId':'a','clientSecret':'s','level':'read'}] | 409 | \"a\"",
        "'tokens':[{'clientId':'a','clientSecret':'s','level':'read','organization':'x','project':'y'}] | 400 | project x/y",
        "'time':{'mode':'real'} | 409 | ManualTime"
      })
  void seed_inConflict_changesNothing(String part, int status, String word) {
    simulator.seed("{\"clusters\":[{\"id\":\"used\"}]}");
    List<String> before = state(admin);
    String others =
        "'spaces':[{'teamID':'my-team','spaceID':'new'}],'versions':['9.9.9'],'catalog':[],"
            + "'settings':{'paymentMethod':false}";
    String clock = part.contains("'time'") ? "" : ",'time':{'now':'2030-01-01T00:00:00Z'}";
    String seed = json("{" + others + clock + "," + part + "}");
    AdminCaller.Response response = admin.post("seed", seed);
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(response.message()).contains(word);
    assertThatThrownBy(() -> simulator.seed(seed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The seed does not fit: ")
        .hasMessageContaining(word);
    assertThat(state(admin)).isEqualTo(before);
    assertThatThrownBy(() -> simulator.clustersOfSpace("my-team", "new"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'', gcp, europe-west2, c2d-highcpu-2, standard-rwo",
    "'machineType':'c7g.large', aws, eu-west-2, c7g.large, gp2-csi",
    "'region':'us-west-2', aws, us-west-2, c8g.large, gp2-csi",
    "'provider':'aws', aws, eu-west-2, c7g.large, gp2-csi"
  })
  void cluster_defaults_fitWhatIsGiven(
      String given, String provider, String region, String machineType, String storageType) {
    String more = given.isEmpty() ? "" : "," + json(given);
    JsonNode cluster = admin.post("clusters", "{\"id\":\"a\"" + more + "}").json();
    assertThat(cluster.path("provider").textValue()).isEqualTo(provider);
    assertThat(cluster.path("region").textValue()).isEqualTo(region);
    assertThat(cluster.path("machineType").textValue()).isEqualTo(machineType);
    assertThat(cluster.path("storageType").textValue()).isEqualTo(storageType);
  }
}
