package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.model.BackupConfiguration;
import io.github.typedbcloud.model.BackupFrequency;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.support.ServerFault;
import io.github.typedbcloud.time.ManualTime;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An update that changes the ID reads the cluster first, so that it can be identified later. */
class RenameTest {

  private static final String CLUSTERS = "/api/v1/team/new-team/spaces/default/clusters";

  private static final String READ = "GET " + CLUSTERS + "/api-cluster";

  private static final String LIST = "GET " + CLUSTERS;

  private static final String RENAME = "PATCH " + CLUSTERS + "/api-cluster";

  private static final String BEFORE = Payloads.SPACE_CLUSTER;

  private static final String AFTER = BEFORE.replace("api-cluster", "renamed");

  /** A cluster that somebody else created. */
  private static final String OTHER = AFTER.replace("1738256490070", "1738256490071");

  private static final UpdateClusterRequest REQUEST =
      UpdateClusterRequest.builder().id("renamed").build();

  private final MockCloud cloud = new MockCloud();
  private final ManualTime time = new ManualTime();
  private final TypeDBCloudClient client =
      TypeDBCloudClient.builder()
          .baseUrl(cloud.url())
          .credentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET)
          .timeSource(time)
          .build();

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  private Cluster rename() {
    return client.clusters(Fixtures.SPACE).update("api-cluster", REQUEST);
  }

  private List<String> requestLines() {
    return cloud.calls().stream()
        .map(call -> call.getMethod() + " " + call.getUrl().encodedPath())
        .toList();
  }

  private long renames() {
    return requestLines().stream().filter(RENAME::equals).count();
  }

  private static MockResponse list(String... clusters) {
    return MockCloud.json(200, "[" + String.join(",", clusters) + "]");
  }

  @Test
  void rename_readsFirst_andSendsAllFields() {
    UpdateClusterRequest request =
        UpdateClusterRequest.builder()
            .id("renamed")
            .storageSizeGB(20)
            .machineType("c2d-highcpu-4")
            .backup(BackupConfiguration.of(BackupFrequency.HOURLY, 7))
            .version("latest")
            .build();
    cloud.enqueue(200, BEFORE).enqueue(200, AFTER);

    assertThat(client.clusters(Fixtures.SPACE).update("api-cluster", request).id())
        .isEqualTo("renamed");

    assertThat(requestLines()).containsExactly(READ, RENAME);
    assertThat(cloud.calls().get(1).getBody().utf8())
        .isEqualTo(
            "{\"id\":\"renamed\",\"storageSizeGB\":20,\"machineType\":\"c2d-highcpu-4\","
                + "\"backupConfiguration\":{\"frequency\":\"hourly\",\"retentionDays\":7},"
                + "\"version\":\"latest\"}");
  }

  @Test
  void update_ownId_doesNotReadFirst() {
    cloud.enqueue(200, BEFORE);

    client
        .clusters(Fixtures.SPACE)
        .update("api-cluster", UpdateClusterRequest.builder().id("api-cluster").build());

    assertThat(requestLines()).containsExactly(RENAME);
  }

  @Test
  void rename_absentCluster_isNotSent() {
    cloud.enqueue(404, Payloads.error("NOT_FOUND", "no such cluster"));

    assertThatThrownBy(this::rename)
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("It is read before it is changed, so update was not sent");

    assertThat(requestLines()).containsExactly(READ);
  }

  @Test
  void rename_unreadableCluster_isNotSent() {
    cloud.respondToCalls(call -> ServerFault.LOST.of(""));

    assertThatThrownBy(this::rename)
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("update was not sent");

    assertThat(requestLines()).hasSize(4).containsOnly(READ);
  }

  @ParameterizedTest
  @EnumSource
  void rename_applied_isNotSentAgain(ServerFault fault) {
    cloud.enqueue(200, BEFORE).enqueue(fault.of(AFTER)).enqueue(list(AFTER));

    assertThat(rename().id()).isEqualTo("renamed");

    assertThat(requestLines()).containsExactly(READ, RENAME, LIST);
  }

  @ParameterizedTest
  @EnumSource
  void rename_notApplied_isSentAgain(ServerFault fault) {
    if (fault == ServerFault.CUT_SHORT) {
      return; // The service says that it was applied.
    }
    cloud.enqueue(200, BEFORE).enqueue(fault.of(AFTER)).enqueue(list(BEFORE)).enqueue(200, AFTER);

    assertThat(rename().id()).isEqualTo("renamed");

    assertThat(requestLines()).containsExactly(READ, RENAME, LIST, RENAME);
  }

  /** The second attempt does not find the old ID any more, because the first is applied late. */
  @ParameterizedTest
  @ValueSource(ints = {400, 404, 409})
  void retry_rejectedAfterApplied_isSuccess(int status) {
    cloud
        .enqueue(200, BEFORE)
        .enqueue(ServerFault.GATEWAY_TIMEOUT.of(""))
        .enqueue(list(BEFORE))
        .enqueue(status, Payloads.error("NO", "not any more"))
        .enqueue(list(BEFORE))
        .enqueue(list())
        .enqueue(list(AFTER));

    assertThat(rename().id()).isEqualTo("renamed");

    assertThat(renames()).isEqualTo(2);
  }

  @Test
  void rename_idTaken_isConflict() {
    cloud.enqueue(200, BEFORE).enqueue(ServerFault.LOST.of("")).enqueue(list(BEFORE, OTHER));

    assertThatThrownBy(this::rename)
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("has the ID and is not the requested one");

    assertThat(renames()).isEqualTo(1);
  }

  /** The new ID is there and the old one is not, and it is another cluster. */
  @Test
  void rename_otherUnderNewId_outcomeUnknown() {
    cloud
        .enqueue(200, BEFORE)
        .enqueue(ServerFault.INTERNAL_SERVER_ERROR.of(""))
        .respondToCalls(call -> list(OTHER));

    assertThatThrownBy(this::rename)
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class,
            unknown -> assertThat(unknown.lastSeen().orElseThrow().id()).isEqualTo("renamed"));

    assertThat(renames()).isEqualTo(1);
  }

  @Test
  void rename_oldIdRedeployed_isNotSentAgain() {
    cloud
        .enqueue(200, BEFORE)
        .enqueue(ServerFault.LOST.of(""))
        .respondToCalls(call -> list(BEFORE.replace("1738256490070", "1738256490071")));

    assertThatThrownBy(this::rename).isInstanceOf(OutcomeUnknownException.class);

    assertThat(renames()).isEqualTo(1);
  }

  @Test
  void rename_withoutCreatedAt_outcomeUnknown() {
    String undated = BEFORE.replace("\"createdAt\":1738256490070,", "");
    cloud
        .enqueue(200, undated)
        .enqueue(ServerFault.LOST.of(""))
        .respondToCalls(call -> list(undated.replace("api-cluster", "renamed")));

    assertThatThrownBy(this::rename).isInstanceOf(OutcomeUnknownException.class);
  }

  /** A proxy sent the request twice. */
  @ParameterizedTest
  @ValueSource(ints = {404, 409})
  void rename_rejectedByOwnSuccess_isSuccess(int status) {
    cloud
        .enqueue(200, BEFORE)
        .enqueue(status, Payloads.error("NO", "not any more"))
        .enqueue(list(AFTER));

    assertThat(rename().id()).isEqualTo("renamed");

    assertThat(requestLines()).containsExactly(READ, RENAME, LIST);
  }

  @Test
  void rename_rejected_isFinal() {
    cloud
        .enqueue(200, BEFORE)
        .enqueue(409, Payloads.error("IN_USE", "taken"))
        .enqueue(list(BEFORE, OTHER));

    assertThatThrownBy(this::rename)
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("taken");

    assertThat(requestLines()).containsExactly(READ, RENAME, LIST);
  }
}
