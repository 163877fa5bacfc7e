package io.github.typedbcloud.request;

import static io.github.typedbcloud.support.Fixtures.PROJECT;
import static io.github.typedbcloud.support.Fixtures.SPACE;
import static io.github.typedbcloud.support.Fixtures.freeCluster;
import static io.github.typedbcloud.support.Fixtures.paidCluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.model.BackupConfiguration;
import io.github.typedbcloud.model.BackupFrequency;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.validation.Catalog;
import io.github.typedbcloud.validation.MachineType;
import io.github.typedbcloud.validation.Validation;
import io.github.typedbcloud.validation.Violation;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Invalid requests are not sent, unless validation is off or the catalog was extended. */
class ValidationBeforeSendingTest {

  private static final DeployClusterRequest ALL_WRONG =
      DeployClusterRequest.builder()
          .id("My Cluster")
          .serverCount(4)
          .storageSizeGB(1001)
          .provider(Provider.GCP)
          .region("europ-west2")
          .machineType("c2d-highcpu-3")
          .storageType("gp2")
          .version("latest")
          .free(true)
          .backup(BackupConfiguration.of(BackupFrequency.of("weekly"), 8))
          .build();

  private final MockCloud server = new MockCloud();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void deploy_manyViolations_reportsAllInOrder() {
    try (TypeDBCloudClient cloud = server.client().build()) {
      InvalidRequestException exception = invalid(() -> cloud.clusters(SPACE).deploy(ALL_WRONG));

      assertThat(exception.violations())
          .isEqualTo(cloud.clusters(SPACE).validate(ALL_WRONG))
          .extracting(Violation::field)
          .containsExactly(
              "id",
              "serverCount",
              "serverCount",
              "serverCount",
              "storageSizeGB",
              "storageSizeGB",
              "region",
              "machineType",
              "storageType",
              "backupConfiguration.frequency",
              "backupConfiguration.retentionDays");
      assertThat(exception)
          .hasMessage(
              """
              deploy of cluster 'My Cluster' in space new-team/default is invalid and was not sent
                - id 'My Cluster' must be lowercase letters and digits in groups separated by single \
              underscores or hyphens, for example api-cluster
                - serverCount 4 must be an odd number from 1 to 9; allowed: 1, 3, 5, 7, 9
                - serverCount 4 must be 1 with TypeDB 3.0 and later, here latest; allowed: 1
                - serverCount 4 must be 1 for a free cluster; allowed: 1
                - storageSizeGB 1001 must be from 10 to 1000
                - storageSizeGB 1001 must be at most 10 for a free cluster; allowed: 10
                - region 'europ-west2' is not offered by gcp; allowed: europe-west2, europe-west3, \
              us-west4, us-east1; did you mean 'europe-west2'?
                - machineType 'c2d-highcpu-3' is not offered by gcp; allowed: c2d-highcpu-2, \
              c2d-highcpu-4, c2d-highcpu-8, c2d-highcpu-16; did you mean 'c2d-highcpu-2'?
                - storageType 'gp2' is not offered by gcp; allowed: standard-rwo
                - backupConfiguration.frequency 'weekly' is not a supported frequency; allowed: \
              disabled, hourly, daily
                - backupConfiguration.retentionDays 8 must be 7 or 30; allowed: 7, 30""");
    }
    assertNothingSent();
  }

  @Test
  void call_oneViolation_isOneSentence() {
    try (TypeDBCloudClient cloud = server.client().build()) {
      ClustersApi project = cloud.clusters(PROJECT);
      ClustersApi space = cloud.clusters(SPACE);

      assertThat(invalid(() -> project.deploy(freeCluster("a").region("europ-west2").build())))
          .hasMessage(
              "deploy of cluster 'a' in project new-org/default is invalid and was not sent: region"
                  + " 'europ-west2' is not offered by gcp with c2d-highcpu-2; allowed:"
                  + " europe-west2, europe-west3, us-west4, us-east1; did you mean"
                  + " 'europe-west2'?");
      assertThat(invalid(() -> space.update("a", UpdateClusterRequest.builder().build())))
          .hasMessage(
              "update of cluster 'a' in space new-team/default is invalid and was not sent: request"
                  + " must set at least one field; allowed: id, storageSizeGB, machineType,"
                  + " backupConfiguration, version");
      assertThat(invalid(() -> space.clone("a", "A")))
          .hasMessage(
              "clone of cluster 'a' in space new-team/default is invalid and was not sent: id 'A'"
                  + " must be lowercase letters and digits in groups separated by single"
                  + " underscores or hyphens, for example api-cluster");
      assertThat(invalid(() -> project.update("a", UpdateClusterRequest.builder().id("b").build())))
          .hasMessageContaining("Scope.space");
    }
    assertNothingSent();
  }

  @Test
  void validate_brokenRule_returnsItsParts() {
    try (TypeDBCloudClient cloud = server.client().build()) {
      assertThat(cloud.clusters(PROJECT).validate(freeCluster("a").region("europ-west2").build()))
          .containsExactly(
              new Violation(
                  "region",
                  "europ-west2",
                  "is not offered by gcp with c2d-highcpu-2",
                  List.of("europe-west2", "europe-west3", "us-west4", "us-east1"),
                  "europe-west2"));
      assertThat(cloud.clusters(PROJECT).validate(paidCluster("a").storageSizeGB(9).build()))
          .containsExactly(
              new Violation("storageSizeGB", 9, "must be from 10 to 1000", List.of(), null));
    }
  }

  @Test
  void validate_anyRequest_sendsNothing() {
    try (TypeDBCloudClient cloud = server.client().build()) {
      assertThat(cloud.clusters(PROJECT).validate(freeCluster("a").build())).isEmpty();
      assertThat(cloud.clusters(SPACE).validate(UpdateClusterRequest.builder().id("b").build()))
          .isEmpty();
      assertThat(cloud.clusters(PROJECT).validate(UpdateClusterRequest.builder().id("b").build()))
          .extracting(Violation::toString)
          .containsExactly(
              "request is supported in space scopes only; use Scope.space(team, space)");
    }
    assertNothingSent();
  }

  @Test
  void validation_level_selectsRules() {
    DeployClusterRequest newRegion = paidCluster("a").region("mars-north1").build();
    try (TypeDBCloudClient strict = server.client().build();
        TypeDBCloudClient rulesOnly = server.client().validation(Validation.RULES_ONLY).build();
        TypeDBCloudClient off = server.client().validation(Validation.OFF).build()) {
      assertThat(strict.clusters(SPACE).validate(newRegion)).hasSize(1);
      assertThat(rulesOnly.clusters(SPACE).validate(newRegion)).isEmpty();
      assertThat(off.clusters(SPACE).validate(newRegion)).isEmpty();

      assertThat(rulesOnly.clusters(SPACE).validate(ALL_WRONG))
          .extracting(Violation::field)
          .contains("id", "serverCount", "storageSizeGB", "backupConfiguration.retentionDays")
          .doesNotContain("region", "machineType", "storageType");
      assertThat(
              rulesOnly
                  .clusters(SPACE)
                  .validate(DeployClusterRequest.builder().storageType("").build()))
          .extracting(Violation::toString)
          .containsExactly(
              "id is not set",
              "provider is not set",
              "region is not set",
              "machineType is not set",
              "storageType is not set",
              "version is not set");
      UpdateClusterRequest newMachine = UpdateClusterRequest.builder().machineType("m9").build();
      assertThat(strict.clusters(SPACE).validate(newMachine)).hasSize(1);
      assertThat(rulesOnly.clusters(SPACE).validate(newMachine)).isEmpty();
      UpdateClusterRequest nothing = UpdateClusterRequest.builder().build();
      assertThat(rulesOnly.clusters(SPACE).validate(nothing)).hasSize(1);
      assertThat(off.clusters(SPACE).validate(ALL_WRONG)).isEmpty();
      assertThat(off.clusters(SPACE).validate(nothing)).isEmpty();
    }
    assertNothingSent();
  }

  @Test
  void validationOff_invalidRequest_isSent() {
    try (TypeDBCloudClient cloud = server.client().validation(Validation.OFF).build()) {
      for (String id : List.of(ALL_WRONG.id(), "a", "A")) {
        server.enqueue(200, Payloads.clusterWithId(id));
      }
      cloud.clusters(SPACE).deploy(ALL_WRONG);
      cloud.clusters(SPACE).update("a", UpdateClusterRequest.builder().build());
      cloud.clusters(SPACE).clone("a", "A");

      assertThat(server.calls()).hasSize(3);
    }
  }

  @Test
  void extendedCatalog_newRegion_isSent() {
    Catalog catalog =
        Catalog.projects().toBuilder()
            .machineType(
                Provider.GCP, new MachineType("c4-highcpu-2", true, List.of("mars-north1")))
            .build();
    DeployClusterRequest request =
        freeCluster("api-cluster").machineType("c4-highcpu-2").region("mars-north1").build();
    server.enqueue(200, Payloads.PROJECT_CLUSTER.replace("europe-west2", "mars-north1"));

    try (TypeDBCloudClient cloud = server.client().catalogForProjects(catalog).build()) {
      assertThat(cloud.clusters(PROJECT).deploy(request).region()).isEqualTo("mars-north1");
      assertThat(cloud.clusters(SPACE).validate(request))
          .as("the catalog of spaces is another")
          .isNotEmpty();
    }
    assertThat(server.calls()).hasSize(1);
  }

  private void assertNothingSent() {
    assertThat(server.exchanges()).isEmpty();
    assertThat(server.calls()).isEmpty();
  }

  private static InvalidRequestException invalid(ThrowingCallable call) {
    assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(call);
    return catchThrowableOfType(InvalidRequestException.class, call);
  }
}
