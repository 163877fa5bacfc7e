package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.Server;
import io.github.typedbcloud.model.ServerStatus;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that are there, missing, null, unknown or of the wrong type. */
class ResponseFieldsTest {

  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client = cloud.client().build();
  private final ClustersApi clusters = client.clusters(Fixtures.PROJECT);

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  @Test
  void fields_documented_areRead() {
    cloud.enqueue(200, Payloads.PROJECT_CLUSTER);

    assertThat(clusters.get("api-cluster"))
        .isEqualTo(
            Cluster.builder("api-cluster")
                .serverCount(1)
                .storageSizeGB(10)
                .free(true)
                .status(ClusterStatus.STARTING)
                .createdAt(Instant.parse("2025-01-30T17:01:30.070Z"))
                .owner(Scope.project("new-org", "default"))
                .version("3.0.6")
                .provider(Provider.GCP)
                .region("europe-west2")
                .machineType("c2d-highcpu-2")
                .storageType("standard-rwo")
                .servers(
                    List.of(new Server("abc123-0.cluster.typedb.com:80", ServerStatus.PENDING)))
                .build());
  }

  @Test
  void owner_matchesApiVersion() {
    cloud.enqueue(200, Payloads.SPACE_CLUSTER);

    assertThat(client.clusters(Fixtures.SPACE).get("api-cluster").owner())
        .isEqualTo(Scope.space("new-team", "default"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"a\"}",
        "{\"id\":\"a\",\"serverCount\":null,\"storageSizeGB\":null,\"isFree\":null,"
            + "\"status\":null,\"createdAt\":null,\"organization\":null,\"project\":null,"
            + "\"version\":null,\"provider\":null,\"region\":null,\"machineType\":null,"
            + "\"storageType\":null,\"servers\":null}"
      })
  void fields_missingOrNull_areEmpty(String json) {
    cloud.enqueue(200, json);

    Cluster cluster = clusters.get("a");

    assertThat(cluster).isEqualTo(Cluster.builder("a").build());
    assertThat(cluster.status().value()).isEmpty();
    assertThat(cluster.createdAt()).isEqualTo(Instant.EPOCH);
    assertThat(cluster.servers()).isEmpty();
  }

  @Test
  void serverFields_missingOrNull_areEmpty() {
    cloud.enqueue(200, "{\"id\":\"a\",\"servers\":[{},{\"address\":null,\"status\":null}]}");

    Server empty = new Server("", ServerStatus.of(""));
    assertThat(clusters.get("a").servers()).containsExactly(empty, empty);
  }

  @Test
  void fields_unknown_areKept() {
    cloud.enqueue(
        200,
        "{\"id\":\"a\",\"status\":\"Hibernating\",\"provider\":\"azure\","
            + "\"backupConfiguration\":{\"frequency\":\"daily\",\"retentionDays\":7},"
            + "\"tags\":[\"x\",null,1.5],\"note\":null,"
            + "\"servers\":[{\"status\":\"thinking\",\"zone\":\"b\"}]}");

    Cluster cluster = clusters.get("a");

    assertThat(cluster.status().value()).isEqualTo("hibernating");
    assertThat(cluster.provider().value()).isEqualTo("azure");
    assertThat(cluster.servers().get(0).additionalProperties()).isEqualTo(Map.of("zone", "b"));
    assertThat(cluster.additionalProperties())
        .containsEntry("backupConfiguration", Map.of("frequency", "daily", "retentionDays", 7))
        .containsEntry("tags", Arrays.asList("x", null, 1.5))
        .containsEntry("note", null)
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"id\":null}", "{\"id\":\"\"}", "{\"cluster\":{\"id\":\"a\"}}"})
  void id_missing_isUnreadable(String json) {
    cloud.enqueue(200, json).enqueue(200, "[{\"id\":\"a\"}," + json + "]");

    assertUnreadable(() -> clusters.get("a"), "id: must not be empty");
    assertUnreadable(clusters::list, "[1].id: must not be empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id            | 5                    | id: expected a string, found number 5",
        "status        | true                 | status: expected a string, found true",
        "version       | 3.0                  | version: expected a string, found number 3.0",
        "organization  | {}                   | organization: expected a string",
        "isFree        | \"yes\"              | isFree: expected true or false, found string yes",
        "serverCount   | \"1\"                | serverCount: expected a number, found string 1",
        "serverCount   | 1.5                  | serverCount: expected a whole number",
        "serverCount   | 2147483648           | serverCount: expected a 32-bit integer",
        "storageSizeGB | 1e300                | storageSizeGB: expected a whole number",
        "createdAt     | \"2025-01-30\"       | createdAt: expected a number",
        "createdAt     | 99999999999999999999 | createdAt: expected a whole number",
        "servers       | {}                   | servers: expected an array",
        "servers       | [null]               | servers[0]: expected an object, found null",
        "servers       | [{},[]]              | servers[1]: expected an object",
        "servers       | [{\"status\":1}]     | servers[0].status: expected a string, found number 1",
        "servers       | [{},{\"address\":[]}] | servers[1].address: expected a string"
      })
  void fields_wrongType_areNamed(String field, String value, String words) {
    String json = "{\"id\":\"a\",\"%s\":%s}".formatted(field, value);
    cloud.enqueue(200, json).enqueue(200, "[{\"id\":\"b\"}," + json + "]");

    assertUnreadable(() -> clusters.get("a"), words);
    assertUnreadable(clusters::list, "[1]." + words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                             | availableVersions: expected an array, found null",
        "{\"availableVersions\":{}}     | availableVersions: expected an array, found object",
        "{\"availableVersions\":[1]}    | availableVersions[0]: expected a string, found number 1",
        "{\"availableVersions\":[null]} | availableVersions[0]: expected a string, found null",
        "null                           | expected an object, found null"
      })
  void versions_otherForm_areUnreadable(String json, String words) {
    cloud.enqueue(200, json);

    assertUnreadable(() -> client.clusters(Fixtures.SPACE).versions(), words);
  }

  @Test
  void integers_asDecimals_areRead() {
    cloud.enqueue(200, "{\"id\":\"a\",\"serverCount\":3.0,\"createdAt\":1.73825649007E12}");

    Cluster cluster = clusters.get("a");

    assertThat(cluster.serverCount()).isEqualTo(3);
    assertThat(cluster.createdAt()).isEqualTo(Instant.ofEpochMilli(1738256490070L));
  }

  private static void assertUnreadable(ThrowingCallable call, String words) {
    assertThatThrownBy(call)
        .isInstanceOf(UnreadableResponseException.class)
        .hasMessageContaining(words);
  }
}
