package io.github.typedbcloud.internal.version;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.typedbcloud.model.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metadata is compared with what it describes; no native image is built. */
final class NativeImageMetadataTest {

  private static final Path RESOURCES = Path.of("src/main/resources");

  private static final Path METADATA =
      RESOURCES.resolve("META-INF/native-image/io.github.typedbcloud/typedb-cloud-client");

  @Test
  void resources_ofTheLibrary_areIncluded() throws IOException {
    List<String> included =
        read("resource-config.json").at("/resources/includes").findValuesAsText("pattern");
    try (Stream<Path> files = Files.walk(RESOURCES.resolve("io"))) {
      assertThat(included)
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              files
                  .filter(Files::isRegularFile)
                  .map(
                      file ->
                          "\\Q" + RESOURCES.relativize(file).toString().replace('\\', '/') + "\\E")
                  .toList());
    }
  }

  @Test
  void modelsThatJacksonBinds_areReflective() throws IOException {
    assertThat(read("reflect-config.json").findValuesAsText("name"))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            new ClassFileImporter()
                .importPackagesOf(Cluster.class).stream()
                    .filter(NativeImageMetadataTest::isBound)
                    .map(JavaClass::getName)
                    .toList());
  }

  private static boolean isBound(JavaClass type) {
    return type.getCodeUnits().stream()
        .anyMatch(
            unit ->
                unit.isAnnotatedWith(JsonCreator.class) || unit.isAnnotatedWith(JsonValue.class));
  }

  private static JsonNode read(String name) throws IOException {
    return new ObjectMapper().readTree(METADATA.resolve(name).toFile());
  }
}
