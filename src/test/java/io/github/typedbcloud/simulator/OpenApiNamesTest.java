package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.typedbcloud.support.OpenApiDocument;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names in the OpenAPI document of the admin API are those of the Java API. */
class OpenApiNamesTest {

  private final JsonNode schemas = schemas();

  private static JsonNode schemas() {
    try {
      return new JsonMapper()
          .readTree(OpenApiDocument.of("admin").text())
          .at("/components/schemas");
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void faultTypes_areTheMethodsOfFault() {
    List<String> methods =
        Arrays.stream(Fault.class.getDeclaredMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> Fault.class.isAssignableFrom(method.getReturnType()))
            .map(Method::getName)
            .distinct()
            .toList();

    assertThat(schemas.at("/Fault/discriminator/mapping").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(methods);
  }

  @Test
  void operations_areThoseOfTheEnum() {
    assertThat(enumOf("/Operation")).containsExactlyInAnyOrderElementsOf(names(Operation.values()));
  }

  @Test
  void apiVersions_areThoseOfTheEnum() {
    assertThat(enumOf("/ApiVersion"))
        .containsExactlyInAnyOrderElementsOf(names(ApiVersion.values()));
  }

  @Test
  void levels_areThoseOfTheEnum() {
    assertThat(enumOf("/Level")).containsExactlyInAnyOrderElementsOf(names(AccessLevel.values()));
  }

  @Test
  void assumptions_areThoseWithTwoReadings() {
    String[] expected =
        Assumption.withReadings().stream().map(Assumption::toString).toArray(String[]::new);

    assertThat(schemas.at("/Settings/properties/assumptions/properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(expected);
    assertThat(schemas.at("/SettingsChange/properties/assumptions/properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(expected);
  }

  private static List<String> names(Enum<?>[] values) {
    return Stream.of(values).map(JsonNames::of).toList();
  }

  private List<String> enumOf(String schema) {
    List<String> values = new ArrayList<>();
    schemas.at(schema + "/enum").forEach(value -> values.add(value.textValue()));
    return values;
  }
}
