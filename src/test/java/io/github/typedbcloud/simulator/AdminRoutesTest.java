package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.typedbcloud.support.AdminCaller;
import io.github.typedbcloud.support.OpenApiDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The routes and the faults of the admin API are exactly those of its OpenAPI document. */
@Timeout(60)
class AdminRoutesTest {

  private static final OpenApiDocument DOCUMENT = OpenApiDocument.of("admin");

  private static List<AdminBodies.Example> examples() {
    List<AdminBodies.Example> examples = new ArrayList<>(AdminBodies.all());
    for (String path :
        List.of(
            "health",
            "clusters",
            "tokens",
            "faults",
            "faults/1",
            "time",
            "requests",
            "versions",
            "catalog",
            "settings",
            "openapi.json",
            "openapi/projects.json",
            "openapi/spaces.json")) {
      examples.add(new AdminBodies.Example("GET", path, ""));
    }
    for (String path : List.of("clusters/a", "tokens/reader", "faults/1", "faults", "requests")) {
      examples.add(new AdminBodies.Example("DELETE", path, ""));
    }
    return examples;
  }

  @Test
  void routes_allOfTheDocument_succeed() {
    Set<String> called = new HashSet<>();
    for (AdminBodies.Example example : examples()) {
      try (TypeDBCloudSimulator simulator =
          TypeDBCloudSimulator.builder()
              .seed("{\"clusters\":[{\"id\":\"a\"}]}")
              .apiToken("reader", "s3cret", AccessLevel.READ)
              .admin(true)
              .start()) {
        simulator.faults().on().next(Fault.garbage());
        AdminCaller.Response response =
            AdminCaller.of(simulator.url()).send(example.method(), example.path(), example.body());
        assertThat(response.status()).as("%s: %s", example, response).isBetween(200, 299);
        String type = example.body().isEmpty() ? "" : "application/json";
        String path = "/__simulator/" + example.path();
        called.add(DOCUMENT.validateRequest(example.method(), path, "", type, example.body()));
      }
    }
    assertThat(called).isEqualTo(DOCUMENT.operationIds());
  }

  @Test
  void faultTypes_ofTheDocument_areThoseOfTheTests() throws JsonProcessingException {
    JsonNode mapping =
        new JsonMapper()
            .readTree(DOCUMENT.text())
            .at("/components/schemas/Fault/discriminator/mapping");
    Set<String> types = new HashSet<>();
    mapping.fieldNames().forEachRemaining(types::add);
    assertThat(types).isEqualTo(AdminBodies.FAULTS.keySet());
  }
}
