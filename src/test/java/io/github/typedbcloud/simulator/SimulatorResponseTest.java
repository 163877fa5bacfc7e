package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every operation of both API versions, byte by byte against the reference. */
class SimulatorResponseTest {

  private static final Instant CREATED = Instant.ofEpochMilli(1738256490070L);
  private static final String ADDRESS = "[a-z0-9]{6}-0\\.cluster\\.typedb\\.com:80";

  private final ManualTime time = new ManualTime(CREATED);
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .project("new-org", "default")
          .space("new-team", "default")
          .time(time)
          .transitionTime(Duration.ofMinutes(5))
          .start();
  private final Caller project = Caller.project(simulator).at("/api/org/new-org/projects/default");
  private final Caller space = Caller.space(simulator).at("/api/v1/team/new-team/spaces/default");

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void project_everyOperation_asDocumented() {
    String deployed = project.deploy(Bodies.REFERENCE_EXAMPLE).body();
    String address = address(deployed);
    String owner = "\"organization\":\"new-org\",\"project\":\"default\"";
    String starting =
        "{\"id\":\"api-cluster\",\"serverCount\":1,\"storageSizeGB\":10,\"isFree\":true,"
            + "\"status\":\"starting\",\"createdAt\":1738256490070,"
            + owner
            + ",\"version\":\"3.0.6\",\"provider\":\"gcp\",\"region\":\"europe-west2\","
            + "\"machineType\":\"c2d-highcpu-2\",\"storageType\":\"standard-rwo\","
            + "\"servers\":[{\"address\":\""
            + address
            + "\",\"status\":\"pending\"}]}";
    assertThat(deployed).isEqualTo(starting);
    walkThroughLife(project, starting, address);
  }

  @Test
  void space_everyOperation_hasOwnerFields() {
    String deployed = space.deploy(Bodies.REFERENCE_EXAMPLE).body();
    String address = address(deployed);
    String starting =
        "{\"id\":\"api-cluster\",\"serverCount\":1,\"storageSizeGB\":10,\"isFree\":true,"
            + "\"status\":\"starting\",\"createdAt\":1738256490070,"
            + "\"teamID\":\"new-team\",\"spaceID\":\"default\""
            + ",\"version\":\"3.0.6\",\"provider\":\"gcp\",\"region\":\"europe-west2\","
            + "\"machineType\":\"c2d-highcpu-2\",\"storageType\":\"standard-rwo\","
            + "\"servers\":[{\"address\":\""
            + address
            + "\",\"status\":\"pending\"}]}";
    assertThat(deployed).isEqualTo(starting);
    walkThroughLife(space, starting, address);
  }

  @Test
  void update_responds_changedCluster() {
    String before = space.deploy(Bodies.paid("api-cluster")).body();
    String update =
        "{\"id\":\"renamed\",\"storageSizeGB\":20,\"machineType\":\"c2d-highcpu-4\","
            + "\"backupConfiguration\":{\"frequency\":\"daily\",\"retentionDays\":30},"
            + "\"version\":\"3.5.1\"}";
    String after =
        before
            .replace("\"id\":\"api-cluster\"", "\"id\":\"renamed\"")
            .replace("\"storageSizeGB\":10", "\"storageSizeGB\":20")
            .replace("\"version\":\"2.29.3\"", "\"version\":\"3.5.1\"")
            .replace("c2d-highcpu-2", "c2d-highcpu-4");
    assertThat(space.update("api-cluster", update).body()).isEqualTo(after);
    assertThat(space.get("renamed").body()).isEqualTo(after);
    space.get("api-cluster").isError(404, "cluster_not_found");
  }

  @Test
  void clone_responds_newCluster() {
    String original = space.deploy(Bodies.paid("api-cluster")).body();
    time.advance(Duration.ofMillis(1));
    String cloned = space.clone("api-cluster", "new-id").body();
    assertThat(address(cloned)).isNotEqualTo(address(original));
    assertThat(cloned)
        .isEqualTo(
            original
                .replace("\"id\":\"api-cluster\"", "\"id\":\"new-id\"")
                .replace("1738256490070", "1738256490071")
                .replace(address(original), address(cloned)));
    assertThat(space.list().body()).isEqualTo("[" + original + "," + cloned + "]");
  }

  @Test
  void versions_areListed() {
    Response response = space.at("/api/v1").send("GET", "/cluster-versions", "");
    assertThat(response.json()).isNotNull();
    assertThat(response.body())
        .isEqualTo("{\"availableVersions\":[\"2.29.3\",\"3.0.6\",\"3.5.1\"]}");
  }

  @Test
  void versions_canBeSet() {
    try (TypeDBCloudSimulator other =
        TypeDBCloudSimulator.builder().versions(List.of("2.29.3", "3.5.1")).start()) {
      assertThat(Caller.space(other).at("/api/v1").send("GET", "/cluster-versions", "").body())
          .isEqualTo("{\"availableVersions\":[\"2.29.3\",\"3.5.1\"]}");
    }
  }

  @Test
  void list_empty_isEmptyArray() {
    assertThat(project.list().body()).isEqualTo("[]");
    assertThat(space.list().body()).isEqualTo("[]");
  }

  /** Get, list, suspend, resume and destroy; the cluster was just deployed. */
  private void walkThroughLife(Caller caller, String starting, String address) {
    String server = "{\"address\":\"" + address + "\",\"status\":\"pending\"}";
    String running =
        starting.replace("\"starting\"", "\"running\"").replace("\"pending\"", "\"running\"");
    String suspending = running.replaceFirst("\"running\"", "\"suspending\"");
    String suspended = starting.replace("\"starting\"", "\"suspended\"").replace(server, "");
    String resuming = starting.replace("\"starting\"", "\"resuming\"");
    String destroying = running.replaceFirst("\"running\"", "\"destroying\"");

    assertThat(caller.get("api-cluster").body()).isEqualTo(starting);
    time.advance(Duration.ofMinutes(5));
    assertThat(caller.get("api-cluster").body()).isEqualTo(running);
    assertThat(caller.list().body()).isEqualTo("[" + running + "]");
    assertThat(caller.suspend("api-cluster").body()).isEqualTo(suspending);
    time.advance(Duration.ofMinutes(5));
    assertThat(suspended).endsWith("\"servers\":[]}");
    assertThat(caller.get("api-cluster").body()).isEqualTo(suspended);
    assertThat(caller.resume("api-cluster").body()).isEqualTo(resuming);
    time.advance(Duration.ofMinutes(5));
    assertThat(caller.get("api-cluster").body()).isEqualTo(running);
    assertThat(caller.destroy("api-cluster").body()).isEqualTo(destroying);
    assertThat(caller.get("api-cluster").body()).isEqualTo(destroying);
    time.advance(Duration.ofMinutes(5));
    caller.get("api-cluster").isError(404, "cluster_not_found");
    assertThat(caller.list().body()).isEqualTo("[]");
  }

  private static String address(String cluster) {
    String address = cluster.replaceFirst(".*\"address\":\"([^\"]*)\".*", "$1");
    assertThat(address).matches(ADDRESS);
    return address;
  }
}
