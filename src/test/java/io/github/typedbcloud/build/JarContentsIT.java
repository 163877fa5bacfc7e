package io.github.typedbcloud.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the jars hold besides classes: licenses, notices and manifests. */
final class JarContentsIT {

  private static final Path MAIN_JAR = Path.of(System.getProperty("main.jar"));
  private static final Path BOM = MAIN_JAR.resolveSibling("bom.json");

  /** A line of the list of libraries: coordinates and the SPDX identifier of the license. */
  private static final Pattern LIBRARY = Pattern.compile("(?m)^([a-z0-9.]+:[a-z0-9-]+) +(\\S+)$");

  @ParameterizedTest
  @ValueSource(strings = {"", "-sources", "-javadoc", "-all"})
  void jar_license_isThatOfProject(String classifier) throws IOException {
    try (JarFile jar = jar(classifier)) {
      assertThat(text(jar, "META-INF/LICENSE")).isEqualTo(text("LICENSE"));
      assertThat(text(jar, "META-INF/NOTICE")).startsWith(text("NOTICE"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-sources", "-javadoc", "-all"})
  void jar_manifest_namesLibraryAndVersion(String classifier) throws IOException {
    try (JarFile jar = jar(classifier)) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Implementation-Title")).isEqualTo("TypeDB Cloud client");
      assertThat(MAIN_JAR.getFileName())
          .hasToString(
              "typedb-cloud-client-" + manifest.getValue("Implementation-Version") + ".jar");
    }
  }

  @Test
  void allJar_listOfLibraries_isComplete() throws IOException {
    try (JarFile all = jar("-all")) {
      assertThat(listed(all).keySet()).isEqualTo(contained(all, bom().keySet()));
    }
  }

  @Test
  void allJar_licensesOfLibraries_areThoseInBillOfMaterials() throws IOException {
    try (JarFile all = jar("-all")) {
      assertThat(bom()).containsAllEntriesOf(listed(all));
    }
  }

  @Test
  void allJar_licensesOfOthers_areComplete() throws IOException {
    try (JarFile all = jar("-all");
        JarFile slf4j = new JarFile(classPathJar("org.slf4j:slf4j-api").toFile())) {
      String list = text(all, "META-INF/THIRD-PARTY");
      assertThat(list).endsWith(text(slf4j, "META-INF/LICENSE.txt").strip() + "\n");
      assertThat(Pattern.compile("(META-INF|okhttp3)/[\\w/.-]+\\w").matcher(list).results())
          .hasSize(5)
          .allSatisfy(
              named -> assertThat(all.getEntry(named.group())).as(named.group()).isNotNull());
      assertThat(all.stream().map(ZipEntry::getName))
          .filteredOn(name -> name.startsWith("META-INF/") && name.contains("LICENSE"))
          .allSatisfy(name -> assertThat(list).contains(name));
    }
  }

  private static JarFile jar(String classifier) throws IOException {
    String name = MAIN_JAR.getFileName().toString().replaceFirst("\\.jar$", classifier + ".jar");
    return new JarFile(MAIN_JAR.resolveSibling(name).toFile());
  }

  private static String text(JarFile jar, String entry) throws IOException {
    return text(jar.getInputStream(jar.getEntry(entry)).readAllBytes());
  }

  private static String text(String file) throws IOException {
    return text(Files.readAllBytes(Path.of(file)));
  }

  /** With the line breaks of this class, whatever those of the checkout are. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static Map<String, String> listed(JarFile all) throws IOException {
    return LIBRARY
        .matcher(text(all, "META-INF/THIRD-PARTY"))
        .results()
        .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
  }

  /** The licenses by coordinates. */
  private static Map<String, String> bom() throws IOException {
    assumeThat(BOM).as("Maven makes none when it is offline").exists();
    Map<String, String> licenses = new TreeMap<>();
    for (JsonNode library : new ObjectMapper().readTree(BOM.toFile()).get("components")) {
      licenses.put(
          library.get("group").textValue() + ":" + library.get("name").textValue(),
          library.at("/licenses/0/license/id").asText());
    }
    return licenses;
  }

  /** The libraries of which the jar has a class. */
  private static Set<String> contained(JarFile all, Set<String> libraries) throws IOException {
    Set<String> contained = new TreeSet<>();
    for (String library : libraries) {
      try (JarFile jar = new JarFile(classPathJar(library).toFile())) {
        if (jar.stream()
            .map(ZipEntry::getName)
            .anyMatch(
                name ->
                    name.endsWith(".class")
                        && !name.endsWith("module-info.class")
                        && all.getEntry(name) != null)) {
          contained.add(library);
        }
      }
    }
    return contained;
  }

  private static Path classPathJar(String library) {
    String directories = library.replace('.', '/').replace(':', '/') + "/";
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(entry -> entry.replace('\\', '/').contains("/" + directories))
        .map(Path::of)
        .findFirst()
        .orElseThrow(() -> new AssertionError(library + " is not on the class path"));
  }
}
