package io.github.typedbcloud.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.typedbcloud.support.Payloads;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Missing fields and nulls have defaults; a field of the wrong type is an error that names it. */
class FromMapTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serverCount",
        "storageSizeGB",
        "isFree",
        "status",
        "createdAt",
        "organization",
        "project",
        "version",
        "provider",
        "region",
        "machineType",
        "storageType",
        "servers"
      })
  void fromMap_missingFieldOrNull_isEmpty(String field) {
    Map<String, Object> json = new LinkedHashMap<>(projectCluster());
    json.put(field, null);
    Cluster ofNull = Cluster.fromMap(json);
    json.remove(field);
    Cluster ofNone = Cluster.fromMap(json);

    assertThat(ofNone).isEqualTo(ofNull).isNotEqualTo(Cluster.fromMap(projectCluster()));
    assertThat(ofNone.additionalProperties()).isEmpty();
    assertThat(ofNone.toMap().get(field)).isIn("", 0, 0L, false, List.of());
  }

  @Test
  void fromMap_noFields_hasDefaults() {
    Cluster cluster = Cluster.fromMap(Map.of("id", "a"));

    assertThat(cluster).isEqualTo(Cluster.builder("a").build());
    assertThat(cluster.status()).isEqualTo(ClusterStatus.of(""));
    assertThat(cluster.createdAt()).isEqualTo(Instant.EPOCH);
    assertThat(cluster.owner()).isEqualTo(Scope.project("", ""));
    assertThat(cluster.provider()).isEqualTo(Provider.of(""));
    assertThat(cluster.servers()).isEmpty();
    assertThat(Server.fromMap(Map.of())).isEqualTo(new Server("", ServerStatus.of("")));
    assertThat(Scope.fromMap(Map.of())).isEqualTo(Scope.project("", ""));
    assertThat(DeployClusterRequest.fromMap(Map.of()))
        .isEqualTo(DeployClusterRequest.builder().build());
    assertThat(UpdateClusterRequest.fromMap(Map.of()))
        .isEqualTo(UpdateClusterRequest.builder().build());
    assertThat(BackupConfiguration.fromMap(Map.of()))
        .isEqualTo(new BackupConfiguration(null, null));
  }

  @Test
  void fromMap_clusterWithoutId_fails() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.fromMap(Map.of("status", "running")))
        .withMessage("id: must not be empty; unknown fields: []");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.fromMap(Map.of("id", "")))
        .withMessageStartingWith("id: ");
  }

  @Test
  void fromMap_ownerFields_areOfEitherApiVersion() {
    Map<String, Object> json = new HashMap<>();
    json.put("teamID", null);
    json.put("organization", "o");
    json.put("project", "p");
    assertThat(Scope.fromMap(json)).isEqualTo(Scope.project("o", "p"));
    assertThat(Scope.fromMap(Map.of("teamID", "t"))).isEqualTo(Scope.space("t", ""));
    assertThat(Scope.fromMap(Map.of("spaceID", "s"))).isEqualTo(Scope.space("", "s"));
    assertThat(Scope.fromMap(Map.of("organization", "o"))).isEqualTo(Scope.project("o", ""));

    json.put("id", "a");
    assertThat(Cluster.fromMap(json).additionalProperties()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          id            | 7        | id: expected a string, found number 7
          serverCount   | "1"      | serverCount: expected a number, found string 1
          serverCount   | 1.5      | serverCount: expected a whole number, found number 1.5
          storageSizeGB | 4294967296 | storageSizeGB: expected a 32-bit integer, found number 4294967296
          storageSizeGB | 1e300    | storageSizeGB: expected a whole number, found number 1.0E300
          isFree        | "true"   | isFree: expected true or false, found string true
          isFree        | 1        | isFree: expected true or false, found number 1
          status        | {}       | status: expected a string, found object
          createdAt     | "2025"   | createdAt: expected a number, found string 2025
          organization  | []       | organization: expected a string, found array
          project       | true     | project: expected a string, found true
          teamID        | 1        | teamID: expected a string, found number 1
          spaceID       | 1        | spaceID: expected a string, found number 1
          version       | 3        | version: expected a string, found number 3
          provider      | 1        | provider: expected a string, found number 1
          region        | 1        | region: expected a string, found number 1
          machineType   | 1        | machineType: expected a string, found number 1
          storageType   | 1        | storageType: expected a string, found number 1
          servers       | {}       | servers: expected an array, found object
          servers       | [null]   | servers[0]: expected an object, found null
          servers       | [{}, 1]  | servers[1]: expected an object, found number 1
          servers       | [{"address": 1}] | servers[0].address: expected a string, found number 1
          servers       | [{"status": 1}]  | servers[0].status: expected a string, found number 1
          """)
  void fromMap_wrongTypeInCluster_namesField(String field, String value, String message) {
    Map<String, Object> json = new LinkedHashMap<>(projectCluster());
    json.put(field, read(value));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.fromMap(json))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          id                  | 1                   | id: expected a string, found number 1
          serverCount         | true                | serverCount: expected a number, found true
          isFree              | "no"                | isFree: expected true or false, found string no
          backupConfiguration | "daily"             | backupConfiguration: expected an object, found string daily
          backupConfiguration | {"frequency": 1}    | backupConfiguration.frequency: expected a string, found number 1
          backupConfiguration | {"retentionDays": "7"} | backupConfiguration.retentionDays: expected a number, found string 7
          """)
  void fromMap_wrongTypeInRequest_namesField(String field, String value, String message) {
    Map<String, Object> json = new HashMap<>();
    json.put(field, read(value));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeployClusterRequest.fromMap(json))
        .withMessage(message);
  }

  @Test
  void fromMap_wholeNumberAsDecimal_isAccepted() {
    Map<String, Object> json = Map.of("id", "a", "serverCount", 3.0, "createdAt", 1.5e12);

    assertThat(Cluster.fromMap(json).serverCount()).isEqualTo(3);
    assertThat(Cluster.fromMap(json).createdAt().toEpochMilli()).isEqualTo(1_500_000_000_000L);
  }

  @Test
  void fromMap_unknownFieldInRequest_listsKnownOnes() {
    assertUnknown(
        DeployClusterRequest::fromMap,
        "A deploy request has no field [regoin]; its fields are id, serverCount, storageSizeGB,"
            + " provider, region, isFree, machineType, storageType, version, backupConfiguration.");
    assertUnknown(
        UpdateClusterRequest::fromMap,
        "An update request has no field [regoin]; its fields are id, storageSizeGB, machineType,"
            + " backupConfiguration, version.");
    assertUnknown(
        BackupConfiguration::fromMap,
        "A backup configuration has no field [regoin]; its fields are frequency, retentionDays.");
  }

  @Test
  void fromMap_longWrongValue_isNotQuoted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.fromMap(Map.of("id", List.of("x".repeat(1000)))))
        .withMessageEndingWith(" found array");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.fromMap(Map.of("isFree", "x".repeat(1000))))
        .withMessageEndingWith(" string of 1000 characters");
  }

  @Test
  void mapper_wrongType_namesField() {
    String json = Payloads.PROJECT_CLUSTER.replace("\"serverCount\":1", "\"serverCount\":\"x\"");
    for (UserMapper mapper :
        List.of(UserMapper.of(new ObjectMapper()), UserMapper.of(JsonMapper.builder().build()))) {
      assertThat(catchThrowable(() -> mapper.read(json, Cluster.class)))
          .hasMessageContaining("serverCount: expected a number, found string x");
      assertThat(mapper.read("null", Cluster.class)).isNull();
    }
  }

  @Test
  void fromMap_null_failsByName() {
    for (Function<Map<String, Object>, ?> fromMap :
        Arrays.<Function<Map<String, Object>, ?>>asList(
            Cluster::fromMap,
            Server::fromMap,
            Scope::fromMap,
            DeployClusterRequest::fromMap,
            UpdateClusterRequest::fromMap,
            BackupConfiguration::fromMap)) {
      assertThatNullPointerException()
          .isThrownBy(() -> fromMap.apply(null))
          .withMessage("map must not be null");
    }
  }

  private static void assertUnknown(Function<Map<String, Object>, ?> fromMap, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fromMap.apply(Map.of("regoin", "x")))
        .withMessage(message);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> projectCluster() {
    return (Map<String, Object>) read(Payloads.PROJECT_CLUSTER);
  }

  private static Object read(String json) {
    return UserMapper.of(new ObjectMapper()).read(json, Object.class);
  }
}
