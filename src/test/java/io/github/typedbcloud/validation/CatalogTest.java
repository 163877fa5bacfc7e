package io.github.typedbcloud.validation;

import static io.github.typedbcloud.support.Fixtures.freeCluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.typedbcloud.internal.validation.RequestRules;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.support.ContractMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalog is data: bundled, extended or replaced; errors in it are located. */
class CatalogTest {

  private static final String NEW_OFFER =
      """
      {"providers": [{"id": "azure", "storageTypes": ["premium", "basic"], "machineTypes": [
        {"name": "d2", "freeAvailable": true, "regions": ["north", "south"]},
        {"name": "d4", "freeAvailable": false, "regions": ["south", "west"]}]}]}
      """;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void catalog_bundled_matchesReference(boolean spaces) {
    Catalog catalog = spaces ? Catalog.spaces() : Catalog.projects();

    assertThat(catalog.providers()).containsExactly(Provider.GCP, Provider.AWS);
    for (Provider provider : catalog.providers()) {
      assertThat(catalog.machineTypes(provider))
          .containsExactlyElementsOf(
              ContractMatrix.rowsOf(provider).stream()
                  .map(row -> new MachineType(row.machineType(), row.free(), row.regions()))
                  .toList());
      assertThat(catalog.storageTypes(provider))
          .containsExactly(ContractMatrix.storageType(provider, spaces));
    }
  }

  @Test
  void toBuilder_additions_areOffered() {
    Catalog bundled = Catalog.spaces();
    Catalog extended =
        bundled.toBuilder()
            .machineType(Provider.GCP, new MachineType("c4-highcpu-2", true, List.of("asia-east1")))
            .storageType(Provider.GCP, "hyperdisk")
            .storageType(Provider.GCP, "hyperdisk")
            .without(Provider.AWS)
            .build();
    DeployClusterRequest request =
        freeCluster("a").machineType("c4-highcpu-2").region("asia-east1").build();

    assertThat(RequestRules.ofSpaces(Validation.STRICT, extended).deploy(request)).isEmpty();
    assertThat(extended.storageTypes(Provider.GCP)).containsExactly("standard-rwo", "hyperdisk");
    assertThat(extended.regions(Provider.GCP)).contains("europe-west2", "asia-east1");
    assertThat(extended.providers()).containsExactly(Provider.GCP);
    assertThat(extended.machineTypes(Provider.AWS)).isEmpty();
    assertThat(RequestRules.ofSpaces(Validation.STRICT, bundled).deploy(request)).hasSize(2);
    assertThat(bundled.machineType(Provider.GCP, "c4-highcpu-2")).isEmpty();
  }

  @Test
  void machineType_sameName_replaces() {
    Catalog catalog =
        Catalog.projects().toBuilder()
            .machineType(Provider.GCP, new MachineType("c2d-highcpu-2", false, List.of("mars")))
            .build();

    assertThat(catalog.machineTypes(Provider.GCP)).hasSize(4);
    assertThat(catalog.machineType(Provider.GCP, "c2d-highcpu-2"))
        .contains(new MachineType("c2d-highcpu-2", false, List.of("mars")));
  }

  @Test
  void build_laterChanges_areNotInIt() {
    Catalog.Builder builder = Catalog.builder().storageType(Provider.GCP, "first");
    Catalog before = builder.build();
    builder.storageType(Provider.GCP, "second");

    assertThat(before.storageTypes(Provider.GCP)).containsExactly("first");
    assertThat(builder.build().storageTypes(Provider.GCP)).containsExactly("first", "second");
  }

  @Test
  void parseAndLoad_json_replaceTheCatalog(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("catalog.json"), NEW_OFFER);
    Provider azure = Provider.of("azure");

    for (Catalog catalog : List.of(Catalog.parse(NEW_OFFER), Catalog.load(file))) {
      assertThat(catalog.providers()).containsExactly(azure);
      assertThat(catalog.storageTypes(azure)).containsExactly("premium", "basic");
      assertThat(catalog.regions(azure)).containsExactly("north", "south", "west");
      assertThat(catalog.machineTypes(azure))
          .containsExactly(
              new MachineType("d2", true, List.of("north", "south")),
              new MachineType("d4", false, List.of("south", "west")));
      assertThat(catalog.machineType(azure, "d8")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                   | the JSON is empty
          [                                    | invalid JSON at line 1, column 2
          {"providers": []} x                  | invalid JSON at line 1, column
          null                                 | the catalog must be a JSON object, found null
          []                                   | the catalog must be a JSON object, found []
          {}                                   | the catalog needs an array "providers"
          {"providers": {}}                    | the catalog needs an array "providers"
          {"providers": ["gcp"]}               | a provider must be a JSON object, found gcp
          {"providers": [{}]}                  | a provider needs a string "id"
          {"providers": [{"id": " "}]}         | a provider needs a string "id"
          {"providers": [{"id": "gcp"}]}       | gcp needs an array "storageTypes"
          """)
  void parse_wrongJson_saysWhere(String json, String message) {
    assertInvalid(json, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "storageTypes": [7], "machineTypes": []            | "storageTypes" of gcp must hold strings, found 7
          "storageTypes": []                                 | gcp needs an array "machineTypes"
          "storageTypes": [], "machineTypes": [1]            | a machine type of gcp must be a JSON object, found 1
          "storageTypes": [], "machineTypes": [{"name": 1}]  | a machine type of gcp needs a string "name"
          "storageTypes": [], "machineTypes": [{"name": "m"}] | m needs "freeAvailable": true or "freeAvailable": false
          "storageTypes": [], "machineTypes": [{"name": "m", "freeAvailable": "yes"}] | m needs "freeAvailable": true or "freeAvailable": false
          "storageTypes": [], "machineTypes": [{"name": "m", "freeAvailable": true}] | m needs an array "regions"
          "storageTypes": [], "machineTypes": [{"name": "m", "freeAvailable": true, "regions": [null]}] | "regions" of m must hold strings, found null
          """)
  void parse_wrongProvider_saysWhat(String rest, String message) {
    assertInvalid("{\"providers\": [{\"id\": \"gcp\", " + rest + "}]}", message);
  }

  @Test
  void load_wrongFile_namesIt(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.json"), "{}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Catalog.load(file))
        .withMessage(
            "The catalog in %s cannot be read: the catalog needs an array \"providers\"", file);
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Catalog.load(folder.resolve("none.json")));
  }

  @Test
  void requiredArgument_null_failsByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> Catalog.builder().storageType(null, "gp2"))
        .withMessage("provider must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> Catalog.builder().storageType(Provider.AWS, null))
        .withMessage("name must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> Catalog.builder().machineType(Provider.AWS, null))
        .withMessage("machineType must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> new MachineType(null, true, List.of()))
        .withMessage("name must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> new MachineType("m", true, null))
        .withMessage("regions must not be null");
  }

  private static void assertInvalid(String json, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Catalog.parse(json))
        .withMessageStartingWith("The catalog in the given string cannot be read: ")
        .withMessageContaining(message);
  }
}
