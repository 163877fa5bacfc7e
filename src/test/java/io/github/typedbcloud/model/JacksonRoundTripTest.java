package io.github.typedbcloud.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.typedbcloud.support.Models;
import java.util.List;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import tools.jackson.databind.json.JsonMapper;

/** Every model is equal after it was written and read by a user's mapper of Jackson 2 or 3. */
@Domain(Models.class)
@PropertyDefaults(tries = 100, edgeCases = EdgeCasesMode.NONE)
class JacksonRoundTripTest {

  private final UserMapper jackson2 = UserMapper.of(new ObjectMapper());
  private final UserMapper jackson3 = UserMapper.of(JsonMapper.builder().build());

  /** A user's type that contains models. */
  record Holder(
      String name, Cluster cluster, List<Server> servers, Map<String, ClusterStatus> statuses) {}

  @Property
  void cluster_roundTrip_isEqual(@ForAll Cluster value) {
    assertRoundTrip(value, Cluster.class);
    assertThat(Cluster.fromMap(value.toMap())).isEqualTo(value);
    assertThat(value.toBuilder().build()).isEqualTo(value).hasSameHashCodeAs(value);
  }

  @Property
  void server_roundTrip_isEqual(@ForAll Server value) {
    assertRoundTrip(value, Server.class);
    assertThat(Server.fromMap(value.toMap())).isEqualTo(value);
  }

  @Property
  void scope_roundTrip_isEqual(@ForAll Scope value) {
    assertRoundTrip(value, Scope.class);
    assertThat(Scope.fromMap(value.toMap())).isEqualTo(value);
  }

  @Property
  void scopeSubtype_roundTrip_isEqual(@ForAll Scope value) {
    if (value instanceof Scope.Project project) {
      assertRoundTrip(project, Scope.Project.class);
    } else {
      assertRoundTrip((Scope.Space) value, Scope.Space.class);
    }
  }

  @Property
  void deployRequest_roundTrip_isEqual(@ForAll DeployClusterRequest value) {
    assertRoundTrip(value, DeployClusterRequest.class);
    assertThat(DeployClusterRequest.fromMap(value.toMap())).isEqualTo(value);
    assertThat(value.toBuilder().build()).isEqualTo(value).hasSameHashCodeAs(value);
  }

  @Property
  void updateRequest_roundTrip_isEqual(@ForAll UpdateClusterRequest value) {
    assertRoundTrip(value, UpdateClusterRequest.class);
    assertThat(UpdateClusterRequest.fromMap(value.toMap())).isEqualTo(value);
    assertThat(value.toBuilder().build()).isEqualTo(value).hasSameHashCodeAs(value);
  }

  @Property
  void backupConfiguration_roundTrip_isEqual(@ForAll BackupConfiguration value) {
    assertRoundTrip(value, BackupConfiguration.class);
  }

  @Property
  void extensibleValues_roundTrip_areEqual(
      @ForAll ClusterStatus clusterStatus,
      @ForAll ServerStatus serverStatus,
      @ForAll Provider provider,
      @ForAll BackupFrequency frequency) {
    assertRoundTrip(clusterStatus, ClusterStatus.class);
    assertRoundTrip(serverStatus, ServerStatus.class);
    assertRoundTrip(provider, Provider.class);
    assertRoundTrip(frequency, BackupFrequency.class);
  }

  @Property
  void listsAndHolders_roundTrip_areEqual(
      @ForAll Cluster cluster, @ForAll Server server, @ForAll ClusterStatus status) {
    for (UserMapper mapper : List.of(jackson2, jackson3)) {
      Cluster[] clusters = {cluster, cluster};
      assertThat(mapper.read(mapper.write(clusters), Cluster[].class)).isEqualTo(clusters);
    }
    Holder holder = new Holder("mine", cluster, List.of(server), Map.of("now", status));
    assertRoundTrip(holder, Holder.class);
  }

  private <T> void assertRoundTrip(T value, Class<T> type) {
    String text = jackson2.write(value);
    assertThat(jackson2.read(text, type)).as("Jackson 2: %s", text).isEqualTo(value);
    text = jackson3.write(value);
    assertThat(jackson3.read(text, type)).as("Jackson 3: %s", text).isEqualTo(value);
  }
}
