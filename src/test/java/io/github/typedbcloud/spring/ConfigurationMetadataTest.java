package io.github.typedbcloud.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.TypeDBCloudClient;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metadata from which editors complete the properties. */
final class ConfigurationMetadataTest {

  @Test
  void metadata_properties_areThoseOfTheRecord() throws Exception {
    Map<String, String> types = new TreeMap<>();
    Map<String, String> defaults = new TreeMap<>();
    try (InputStream file =
        ConfigurationMetadataTest.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      for (JsonNode property : new ObjectMapper().readTree(file).path("properties")) {
        assertThat(property.path("description").asText()).endsWith(".");
        types.put(property.path("name").asText(), property.path("type").asText());
        if (property.has("defaultValue")) {
          defaults.put(property.path("name").asText(), property.path("defaultValue").asText());
        }
      }
    }
    Map<String, String> expected = new TreeMap<>();
    Stream.of(TypeDBCloudProperties.class.getRecordComponents())
        .forEach(component -> expected.put(name(component), component.getType().getName()));
    expected.put("management.health.typedb-cloud.enabled", "java.lang.Boolean");

    assertThat(types).isEqualTo(expected);
    assertThat(defaults)
        .containsOnly(
            Map.entry("typedb.cloud.url", TypeDBCloudClient.DEFAULT_BASE_URL),
            Map.entry(
                "typedb.cloud.request-timeout",
                TypeDBCloudClient.DEFAULT_REQUEST_TIMEOUT.toSeconds() + "s"),
            Map.entry(
                "typedb.cloud.max-attempts", String.valueOf(RequestOptions.DEFAULT_MAX_ATTEMPTS)),
            Map.entry(
                "typedb.cloud.verification-window",
                RequestOptions.DEFAULT_VERIFICATION_WINDOW.toSeconds() + "s"),
            Map.entry("typedb.cloud.validation", "strict"),
            Map.entry("management.health.typedb-cloud.enabled", "true"));
  }

  private static String name(RecordComponent component) {
    return TypeDBCloudProperties.PREFIX
        + "."
        + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
