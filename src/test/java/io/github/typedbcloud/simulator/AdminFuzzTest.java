package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.typedbcloud.support.AdminCaller;
import io.github.typedbcloud.time.ManualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests of the admin API that are valid but for one or two random changes. */
@Timeout(120)
class AdminFuzzTest {

  private static final int REQUESTS = Integer.getInteger("admin.fuzz.requests", 30);

  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> READS =
      List.of("clusters", "tokens", "settings", "versions", "catalog", "faults", "time");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "-1",
          "1.5",
          "1e400",
          "-1e-400",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "253402300800000",
          "[]",
          "{}",
          "[null]",
          "[[[[]]]]",
          "[\"a\",\"a\"]",
          "{\"a\":{\"b\":null}}",
          "\"\"",
          "\" \"",
          "\".\"",
          "\"..\"",
          "\"a\"",
          "\"A/b\"",
          "\"a:b\"",
          "\"default\"",
          "\"running\"",
          "\"starting\"",
          "\"latest\"",
          "\"\\u0000\"",
          "\"\\r\\nX: y\"",
          "\"\\ud800\"",
          "\"ü€\"",
          "\"%s%n%2F%zz\"",
          "\"0s\"",
          "\"-1s\"",
          "\"1.5s\"",
          "\"1.5d\"",
          "\"1 s\"",
          "\"999999999d\"",
          "\"999999999999999ms\"",
          "\"9999999999999999999ms\"",
          "\"PT0S\"",
          "\"P1Y\"",
          "\"PT-1S\"",
          "\"PT9223372036854775807S\"",
          "\"PT-9223372036854775808S\"",
          "\"1969-12-31T23:59:59Z\"",
          "\"2026-01-01T00:00:00+01:00\"",
          "\"2026-01-01\"",
          "\"9999-12-31T23:59:59.999999999Z\"",
          "\"+1000000000-12-31T23:59:59Z\"",
          "\"" + "a".repeat(3000) + "\"",
          "\"" + "a-".repeat(20000) + "a\"",
          "[".repeat(400) + "]".repeat(400));

  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(new ManualTime()).admin(true).start();
  private final AdminCaller admin = AdminCaller.of(simulator.url());
  private final Random random = new Random(42);

  static Stream<AdminBodies.Example> examples() {
    return Stream.concat(
        AdminBodies.all().stream(),
        AdminBodies.FAULTS.keySet().stream()
            .sorted()
            .map(type -> new AdminBodies.Example("POST", "faults", AdminBodies.always(type))));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void mutatedRequest_anyChange_isAppliedOrRejectedWhole(AdminBodies.Example example) {
    try (simulator) {
      begin();
      AdminCaller.Response valid = admin.send(example.method(), example.path(), example.body());
      assertThat(valid.status()).as(valid.body()).isLessThan(300);
      for (int i = 0; i < REQUESTS; i++) {
        begin();
        check(example, mutated(example.body()));
      }
    }
  }

  private void begin() {
    simulator.reset();
    simulator.seed("{\"clusters\":[{\"id\":\"a\"}]}");
  }

  private void check(AdminBodies.Example example, String body) {
    List<String> before = state();
    AdminCaller.Response response = admin.send(example.method(), example.path(), body);
    String exchange = body + " -> " + response;
    assertThat(response.status()).as(exchange).isLessThan(500);
    if (response.status() >= 400) {
      assertThat(state()).as(exchange).isEqualTo(before);
    } else {
      admin.delete("faults");
      state();
      checkService(exchange);
    }
  }

  /** The service still works: nothing that was accepted breaks it. */
  private void checkService(String exchange) {
    String basic = "Basic " + simulator.clientId() + ":" + simulator.clientSecret();
    Response token = Caller.send(simulator.url(), "POST", "/api/auth", basic, "");
    assertThat(token.status()).as(exchange).isEqualTo(200);
    Caller space = new Caller(simulator.url(), Caller.SPACE, token.body());
    for (Response response :
        List.of(
            space.deploy(Bodies.paid("fuzz")),
            space.list(),
            space.suspend("fuzz"),
            space.clone("a", "fuzz2"),
            space.destroy("fuzz"))) {
      assertThat(response.status()).as("%s, then %s", exchange, response).isLessThan(500);
    }
  }

  private List<String> state() {
    List<String> state = new ArrayList<>();
    for (String path : READS) {
      AdminCaller.Response response = admin.get(path);
      assertThat(response.status()).as(response.body()).isEqualTo(200);
      state.add(response.body());
    }
    return state;
  }

  private String mutated(String body) {
    if (random.nextInt(20) == 0) {
      return body.substring(0, 1 + random.nextInt(body.length() - 1));
    }
    JsonNode root = parsed(body);
    for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
      List<JsonNode> containers = new ArrayList<>();
      collect(root, containers);
      change(containers.get(random.nextInt(containers.size())));
    }
    return root.toString();
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private void change(JsonNode container) {
    JsonNode value = parsed(VALUES.get(random.nextInt(VALUES.size())));
    if (container instanceof ArrayNode array) {
      int index = array.isEmpty() ? 0 : random.nextInt(array.size());
      switch (random.nextInt(3)) {
        case 0 -> array.add(array.isEmpty() ? value : array.get(index).deepCopy());
        case 1 -> array.remove(index);
        default -> array.insert(index, value);
      }
    } else if (container instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.isEmpty() ? "id" : names.get(random.nextInt(names.size()));
      switch (random.nextInt(8)) {
        case 0 -> object.remove(name);
        case 1 -> object.set("unknown", value);
        case 2 -> object.set(name.toUpperCase(Locale.ROOT), value);
        default -> object.set(name, value);
      }
    }
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }
}
