package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.typedbcloud.support.AdminCaller;
import io.github.typedbcloud.time.ManualTime;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The received requests over HTTP. */
@Timeout(60)
class AdminJournalTest {

  private static final String SECRET = "s3cr3t-of-ci";

  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .time(new ManualTime(Instant.parse("2026-01-01T00:00:00Z")))
          .apiToken("ci", SECRET, AccessLevel.WRITE)
          .admin(true)
          .start();
  private final AdminCaller admin = AdminCaller.of(simulator.url());
  private final Caller space = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  private JsonNode requests(String query) {
    return admin.get("requests" + query).json();
  }

  private List<String> numbers(String query) {
    return requests(query).path("requests").findValuesAsText("number");
  }

  @Test
  void entry_ofDeploy_hasEverything() {
    simulator.faults().on(Operation.DEPLOY).next(Fault.withoutDate());
    Response response = space.deploy(Bodies.paid("a"));
    JsonNode entry = requests("").path("requests").path(1);
    JsonNode headers = entry.path("headers");
    assertThat(headers.path("authorization").asText()).isEqualTo("***");
    assertThat(headers.has("user-agent")).isTrue();
    ((ObjectNode) entry).remove("headers");
    assertThat(entry.toString())
        .isEqualTo(
            "{\"number\":2,\"receivedAt\":\"2026-01-01T00:00:00Z\",\"operation\":\"deploy\","
                + "\"apiVersion\":\"spaces\",\"method\":\"POST\",\"path\":\""
                + Caller.SPACE
                + "/clusters/deploy\",\"body\":\""
                + Bodies.paid("a").replace("\"", "\\\"")
                + "\",\"processed\":true,\"status\":200,\"response\":\""
                + response.body().replace("\"", "\\\"")
                + "\",\"faults\":[\"Fault.withoutDate()\"]}");
  }

  @Test
  void entry_ofUnknownPathWithoutResponse_hasNulls() {
    simulator.faults().on().next(Fault.resetConnection());
    try {
      space.at("/nowhere").send("POST", "", "");
    } catch (UncheckedIOException e) {
      assertThat(e).isNotNull();
    }
    JsonNode entry = requests("?after=1").path("requests").path(0);
    for (String name : List.of("operation", "apiVersion", "status")) {
      assertThat(entry.path(name).isNull()).as(name).isTrue();
    }
    assertThat(entry.has("cluster")).isFalse();
    assertThat(entry.path("processed").asBoolean()).isFalse();
    assertThat(entry.path("response").asText()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', '1,2,3,4,5,6'",
    "?operation=get, '3,5'",
    "?operation=exchangeToken, 1",
    "?method=POST, '1,2'",
    "?path=/api/v1/team/my-team/spaces/default/clusters, 4",
    "?status=404, '5,6'",
    "?cluster=a, 3",
    "?apiVersion=projects, '1,5'",
    "?after=4, '5,6'",
    "?after=6, ''",
    "?limit=2, '5,6'",
    "?limit=0, ''",
    "?after=1&limit=1&operation=get, 5",
    "?operation=get&status=200, 3"
  })
  void filters_each_selectRequests(String query, String numbers) {
    space.deploy(Bodies.paid("a"));
    space.get("a");
    space.list();
    space.at(Caller.PROJECT).get("b");
    space.at("/nowhere").list();
    assertThat(String.join(",", numbers(query))).isEqualTo(numbers);
  }

  @Test
  void count_withLimit_isOfAllThatMatch() {
    for (int i = 0; i < 105; i++) {
      space.list();
    }
    JsonNode all = requests("");
    assertThat(all.path("count").asInt()).isEqualTo(106);
    assertThat(all.path("requests")).hasSize(100);
    assertThat(all.path("requests").path(0).path("number").asInt()).isEqualTo(7);
    assertThat(requests("?limit=10000&operation=list").path("requests")).hasSize(105);
    assertThat(requests("?limit=1&operation=list").path("count").asInt()).isEqualTo(105);
  }

  @Test
  void secrets_anywhere_areMasked() {
    AdminCaller.Response created = admin.post("tokens", "{\"level\":\"read\"}");
    String generated = created.json().path("clientSecret").asText();
    String token = Caller.token(simulator, "ci", SECRET);
    String base64 =
        Base64.getEncoder().encodeToString(("ci:" + SECRET).getBytes(StandardCharsets.UTF_8));
    Map<String, String> headers =
        Map.of("Authorization", "Bearer " + token, "X-Copy", base64, "Cookie", "id=" + token);
    String body = Bodies.quoted(SECRET + " " + generated + " " + token);
    Caller.send(simulator.url(), "POST", "/x/" + SECRET + "/" + generated, headers, body);
    String journal = admin.get("requests").body();
    assertThat(journal)
        .contains("/x/***/***", "\"x-copy\":\"***\"", "\"cookie\":\"***\"")
        .doesNotContain(SECRET, generated, token, base64);
    assertThat(admin.get("tokens").body()).doesNotContain(SECRET, generated);
  }

  @Test
  void requests_deleted_countFromOne() {
    assertThat(admin.delete("requests").status()).isEqualTo(204);
    assertThat(admin.get("requests").body()).isEqualTo("{\"count\":0,\"requests\":[]}");
    space.list();
    assertThat(numbers("")).containsExactly("1");
  }
}
