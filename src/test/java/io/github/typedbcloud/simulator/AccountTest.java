package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What depends on other clusters, on the owner and on its payment method. */
class AccountTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .project("org-1", "default")
          .project("org-1", "staging")
          .project("org-2", "default")
          .space("org-1", "default")
          .space("org-1", "staging")
          .time(time)
          .transitionTime(MINUTE)
          .start();
  private final Caller project = Caller.project(simulator).at("/api/org/org-1/projects/default");
  private final Caller staging = project.at("/api/org/org-1/projects/staging");
  private final Caller otherOrg = project.at("/api/org/org-2/projects/default");
  private final Caller space = project.at("/api/v1/team/org-1/spaces/default");
  private final Caller spaceStaging = project.at("/api/v1/team/org-1/spaces/staging");

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void owner_oneFreeCluster_acrossProjects() {
    project.deploy(Bodies.free("a")).isCluster("a", "starting");
    project.deploy(Bodies.free("b")).isError(400, "free_cluster_limit");
    staging.deploy(Bodies.free("b")).isError(400, "free_cluster_limit");
    staging.deploy(Bodies.paid("b")).isCluster("b", "starting");
    otherOrg.deploy(Bodies.free("a")).isCluster("a", "starting");
    space.deploy(Bodies.free("a")).isCluster("a", "starting");
    spaceStaging.deploy(Bodies.free("a")).isError(400, "free_cluster_limit");

    project.destroy("a");
    time.advance(MINUTE.minusNanos(1));
    staging.deploy(Bodies.free("c")).isError(400, "free_cluster_limit");
    time.advance(Duration.ofNanos(1));
    staging.deploy(Bodies.free("c")).isCluster("c", "starting");
  }

  @Test
  void freeCluster_clone_isPaid() {
    space.deploy(Bodies.free("a"));
    Response clone = space.clone("a", "b");
    clone.isCluster("b", "starting");
    assertThat(clone.json().path("isFree").booleanValue()).isFalse();
    assertThat(space.get("a").json().path("isFree").booleanValue()).isTrue();
  }

  @Test
  void idInUse_precedesFreeLimit() {
    project.deploy(Bodies.free("a"));
    project.deploy(Bodies.free("a")).isError(409, "id_already_in_use");
  }

  @Test
  void scopes_clusters_areSeparate() {
    project.deploy(Bodies.paid("a"));
    staging.get("a").isError(404, "cluster_not_found");
    space.get("a").isError(404, "cluster_not_found");
    staging.deploy(Bodies.deploy("storageSizeGB", "20"));
    assertThat(project.get("a").json().path("storageSizeGB").intValue()).isEqualTo(10);
    staging.destroy("a");
    time.advance(MINUTE);
    staging.get("a").isError(404, "cluster_not_found");
    project.get("a").isCluster("a", "running");
  }

  @Test
  void rename_keepsEverythingButId() {
    String before = space.deploy(Bodies.free("a")).body();
    space.deploy(Bodies.paid("other"));
    space.update("a", "{\"id\":\"other\"}").isError(409, "id_already_in_use");
    assertThat(space.update("a", "{\"id\":\"b\"}").body())
        .isEqualTo(before.replace("\"id\":\"a\"", "\"id\":\"b\""));
    space.get("a").isError(404, "cluster_not_found");
    time.advance(MINUTE);
    space.get("b").isCluster("b", "running");
    space.deploy(Bodies.paid("a")).isCluster("a", "starting");
    assertThat(space.list().json().findValuesAsText("id")).containsExactly("b", "other", "a");
  }

  @Test
  void clone_isIndependentOfOriginal() {
    space.deploy(Bodies.paid("a"));
    time.advance(MINUTE);
    space.clone("a", "b").isCluster("b", "starting");
    space.get("a").isCluster("a", "running");
    space.clone("a", "b").isError(409, "id_already_in_use");
    space.clone("unknown", "c").isError(404, "cluster_not_found");
    space.destroy("a");
    time.advance(MINUTE);
    space.get("b").isCluster("b", "running");
  }

  @Test
  void freeCluster_outgrowsFree_becomesPaid() {
    space.deploy(Bodies.free("a"));
    assertThat(isFreeAfter("{\"version\":\"3.5.1\"}")).isTrue();
    assertThat(isFreeAfter("{\"machineType\":\"c2d-highcpu-2\",\"storageSizeGB\":10}")).isTrue();
    assertThat(isFreeAfter("{\"backupConfiguration\":{\"frequency\":\"disabled\"}}")).isTrue();
    assertThat(isFreeAfter("{\"storageSizeGB\":11}")).isFalse();
    assertThat(isFreeAfter("{\"storageSizeGB\":10}")).isFalse();
    spaceStaging.deploy(Bodies.free("a")).isCluster("a", "starting");
  }

  private boolean isFreeAfter(String update) {
    return space.update("a", update).json().path("isFree").booleanValue();
  }

  @Test
  void paymentMethod_missing_onlyFreeClusters() {
    try (TypeDBCloudSimulator poor = TypeDBCloudSimulator.builder().paymentMethod(false).start()) {
      Caller caller = Caller.space(poor);
      caller.deploy(Bodies.paid("a")).isError(400, "payment_method_required");
      caller.deploy(Bodies.free("a")).isCluster("a", "starting");
      for (String update :
          new String[] {
            "{\"storageSizeGB\":10}",
            "{\"machineType\":\"c2d-highcpu-2\"}",
            "{\"version\":\"3.5.1\"}",
            "{\"backupConfiguration\":{\"retentionDays\":7}}",
            "{\"id\":\"b\",\"storageSizeGB\":20}"
          }) {
        caller.update("a", update).isError(400, "payment_method_required");
      }
      caller.update("a", "{\"id\":\"b\"}").isCluster("b", "starting");
    }
  }
}
