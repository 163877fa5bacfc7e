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

/** Every model goes through a user's own mapper, of either Jackson, and comes back equal. */
@Domain(Models.class)
@PropertyDefaults(tries = 100, edgeCases = EdgeCasesMode.NONE)
class JacksonRoundTripTest {

  private final UserMapper jackson2 = UserMapper.of(new ObjectMapper());
  private final UserMapper jackson3 = UserMapper.of(JsonMapper.builder().build());

  /** A user's own type with ours in it. */
  record Holder(
      String name, Cluster cluster, List<Server> servers, Map<String, ClusterStatus> statuses) {}

  @Property
  void clusters(@ForAll Cluster value) {
    assertComesBack(value, Cluster.class);
    assertThat(Cluster.fromMap(value.toMap())).isEqualTo(value);
    assertThat(value.toBuilder().build()).isEqualTo(value).hasSameHashCodeAs(value);
  }

  @Property
  void servers(@ForAll Server value) {
    assertComesBack(value, Server.class);
    assertThat(Server.fromMap(value.toMap())).isEqualTo(value);
  }

  @Property
  void scopes(@ForAll Scope value) {
    assertComesBack(value, Scope.class);
    assertThat(Scope.fromMap(value.toMap())).isEqualTo(value);
  }

  @Property
  void scopesUnderTheirOwnClass(@ForAll Scope value) {
    if (value instanceof Scope.Project project) {
      assertComesBack(project, Scope.Project.class);
    } else {
      assertComesBack((Scope.Space) value, Scope.Space.class);
    }
  }

  @Property
  void deployRequests(@ForAll DeployClusterRequest value) {
    assertComesBack(value, DeployClusterRequest.class);
    assertThat(DeployClusterRequest.fromMap(value.toMap())).isEqualTo(value);
    assertThat(value.toBuilder().build()).isEqualTo(value).hasSameHashCodeAs(value);
  }

  @Property
  void updateRequests(@ForAll UpdateClusterRequest value) {
    assertComesBack(value, UpdateClusterRequest.class);
    assertThat(UpdateClusterRequest.fromMap(value.toMap())).isEqualTo(value);
    assertThat(value.toBuilder().build()).isEqualTo(value).hasSameHashCodeAs(value);
  }

  @Property
  void backups(@ForAll BackupConfiguration value) {
    assertComesBack(value, BackupConfiguration.class);
  }

  @Property
  void openValues(
      @ForAll ClusterStatus clusterStatus,
      @ForAll ServerStatus serverStatus,
      @ForAll Provider provider,
      @ForAll BackupFrequency frequency) {
    assertComesBack(clusterStatus, ClusterStatus.class);
    assertComesBack(serverStatus, ServerStatus.class);
    assertComesBack(provider, Provider.class);
    assertComesBack(frequency, BackupFrequency.class);
  }

  @Property
  void listsAndFieldsOfOtherTypes(
      @ForAll Cluster cluster, @ForAll Server server, @ForAll ClusterStatus status) {
    for (UserMapper mapper : List.of(jackson2, jackson3)) {
      Cluster[] clusters = {cluster, cluster};
      assertThat(mapper.read(mapper.write(clusters), Cluster[].class)).isEqualTo(clusters);
    }
    Holder holder = new Holder("mine", cluster, List.of(server), Map.of("now", status));
    assertComesBack(holder, Holder.class);
  }

  private <T> void assertComesBack(T value, Class<T> type) {
    String text = jackson2.write(value);
    assertThat(jackson2.read(text, type)).as("Jackson 2: %s", text).isEqualTo(value);
    text = jackson3.write(value);
    assertThat(jackson3.read(text, type)).as("Jackson 3: %s", text).isEqualTo(value);
  }
}
