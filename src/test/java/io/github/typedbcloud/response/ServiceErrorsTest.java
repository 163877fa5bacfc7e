package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.simulator.AccessLevel;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.SimulatedCloud;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors of the service, and the exceptions that users get. */
final class ServiceErrorsTest {

  private final SimulatedCloud cloud = new SimulatedCloud();
  private final ClustersApi admin = cloud.clusters(SimulatedCloud.SPACE);

  @AfterEach
  void close() {
    cloud.close();
  }

  static Stream<Scope> bothGenerations() {
    return Stream.of(SimulatedCloud.PROJECT, SimulatedCloud.SPACE);
  }

  @Test
  void readToken_writes_areForbidden() {
    admin.deploy(Fixtures.paidCluster("a").build());
    cloud.simulator.addApiToken("reader", "secret", AccessLevel.READ);
    try (TypeDBCloudClient client = cloud.clientOf("reader", "secret")) {
      ClustersApi reader = client.clusters(SimulatedCloud.SPACE);
      UpdateClusterRequest rename = UpdateClusterRequest.builder().id("b").build();

      reader.await("a", ClusterStatus.RUNNING);
      assertThat(reader.list()).containsExactly(reader.get("a"));
      assertThat(reader.versions()).isNotEmpty();
      assertNeeds("write", "deploy", () -> reader.deploy(Fixtures.paidCluster("b").build()));
      assertNeeds("write", "update", () -> reader.update("a", rename));
      assertNeeds("write", "suspend", () -> reader.suspend("a"));
      assertNeeds("write", "resume", () -> reader.resume("a"));
      assertNeeds("write", "clone", () -> reader.clone("a", "b"));
      assertNeeds("admin", "destroy", () -> reader.destroy("a"));
    }
  }

  @Test
  void writeToken_destroy_isForbidden() {
    cloud.simulator.addApiToken("writer", "secret", AccessLevel.WRITE);
    try (TypeDBCloudClient client = cloud.clientOf("writer", "secret")) {
      ClustersApi writer = client.clusters(SimulatedCloud.PROJECT);
      writer.deploy(Fixtures.paidCluster("a").build());
      writer.await("a", ClusterStatus.RUNNING);

      assertNeeds("admin", "destroy", () -> writer.destroy("a"));
      assertThatCode(() -> writer.suspend("a")).doesNotThrowAnyException();
    }
  }

  @Test
  void spaceToken_inProject_isForbidden() {
    cloud.simulator.addApiTokenForSpace("local", "secret", AccessLevel.ADMIN, "my-team", "default");
    try (TypeDBCloudClient client = cloud.clientOf("local", "secret")) {
      assertThat(client.clusters(SimulatedCloud.SPACE).list()).isEmpty();
      assertNeeds("read", "list", () -> client.clusters(SimulatedCloud.PROJECT).list());
    }
  }

  @ParameterizedTest
  @MethodSource("bothGenerations")
  void cluster_absent_isNotFound(Scope scope) {
    ClustersApi clusters = cloud.clusters(scope);

    for (ThrowingCallable call :
        new ThrowingCallable[] {
          () -> clusters.get("nothing"),
          () -> clusters.suspend("nothing"),
          () -> clusters.resume("nothing"),
          () -> clusters.destroy("nothing")
        }) {
      assertThatThrownBy(call)
          .isInstanceOf(NotFoundException.class)
          .hasFieldOrPropertyWithValue("status", 404)
          .hasFieldOrPropertyWithValue("code", "cluster_not_found")
          .hasMessageContaining("cluster 'nothing'")
          .hasMessageContaining("list() shows the clusters that exist");
    }
    assertThat(clusters.find("nothing")).isEmpty();
    clusters.awaitDestroyed("nothing");
    assertThat(cloud.time.elapsed()).isZero();
  }

  @ParameterizedTest
  @MethodSource("bothGenerations")
  void scope_absent_isNotFound(Scope scope) {
    Scope wrong =
        scope instanceof Scope.Project
            ? Scope.project("my-org", "nowhere")
            : Scope.space("my-team", "nowhere");

    assertThatThrownBy(() -> cloud.clusters(wrong).list())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("nowhere");
  }

  @ParameterizedTest
  @MethodSource("bothGenerations")
  void deploy_idInUse_isConflict(Scope scope) {
    ClustersApi clusters = cloud.clusters(scope);
    DeployClusterRequest request = Fixtures.paidCluster("a").build();
    clusters.deploy(request);

    assertThatThrownBy(() -> clusters.deploy(request))
        .isInstanceOf(ConflictException.class)
        .hasFieldOrPropertyWithValue("status", 409)
        .hasMessageStartingWith("deploy of cluster 'a' in " + scope)
        .hasMessageContaining("choose another");
    assertThat(clusters.list()).hasSize(1);
  }

  @Test
  void cloneOrRename_idInUse_isConflict() {
    admin.deploy(Fixtures.paidCluster("a").build());
    admin.deploy(Fixtures.paidCluster("b").build());

    assertThatThrownBy(() -> admin.clone("a", "b")).isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> admin.update("a", UpdateClusterRequest.builder().id("b").build()))
        .isInstanceOf(ConflictException.class);
  }

  @ParameterizedTest
  @MethodSource("bothGenerations")
  void deploy_secondFree_isRejectedByService(Scope scope) {
    ClustersApi clusters = cloud.clusters(scope);
    DeployClusterRequest second = Fixtures.freeCluster("second").build();
    clusters.deploy(Fixtures.freeCluster("first").build());

    assertThat(clusters.validate(second)).isEmpty();
    assertThatThrownBy(() -> clusters.deploy(second))
        .isExactlyInstanceOf(ApiException.class)
        .hasFieldOrPropertyWithValue("status", 400)
        .hasFieldOrPropertyWithValue("code", "free_cluster_limit");
    clusters.destroy("first");
    clusters.awaitDestroyed("first");
    assertThatCode(() -> clusters.deploy(second)).doesNotThrowAnyException();
  }

  @Test
  void accessToken_expired_isRenewed() {
    admin.deploy(Fixtures.paidCluster("a").build());

    cloud.simulator.expireAccessTokens();
    admin.await("a", ClusterStatus.RUNNING);
    cloud.simulator.expireAccessTokens();
    assertThat(admin.list()).hasSize(1);
    cloud.simulator.expireAccessTokens();
    assertThat(admin.suspend("a").status()).isEqualTo(ClusterStatus.SUSPENDING);
    cloud.simulator.expireAccessTokens();
    admin.destroy("a");
    admin.awaitDestroyed("a");
    assertThat(admin.list()).isEmpty();
  }

  @Test
  void apiToken_revoked_isReported() {
    cloud.simulator.addApiToken("leaver", "secret", AccessLevel.READ);
    try (TypeDBCloudClient client = cloud.clientOf("leaver", "secret")) {
      ClustersApi leaver = client.clusters(SimulatedCloud.SPACE);
      leaver.list();

      cloud.simulator.revokeApiToken("leaver");
      assertThat(leaver.list()).isEmpty();

      cloud.simulator.expireAccessTokens();
      assertThatThrownBy(leaver::list)
          .isInstanceOf(UnauthorizedException.class)
          .hasFieldOrPropertyWithValue("status", 400)
          .hasFieldOrPropertyWithValue("code", "invalid_client_id")
          .hasMessageContaining("the API token was not deleted");
      assertThatThrownBy(() -> leaver.await("a", ClusterStatus.RUNNING))
          .isInstanceOf(UnauthorizedException.class);
      assertThat(cloud.time.elapsed()).isZero();
    }
  }

  @Test
  void secret_wrong_isNotRepeated() {
    try (TypeDBCloudClient client = cloud.clientOf(cloud.simulator.clientId(), "a-wrong-secret")) {
      assertThatThrownBy(() -> client.clusters(SimulatedCloud.PROJECT).list())
          .isInstanceOf(UnauthorizedException.class)
          .hasFieldOrPropertyWithValue("code", "invalid_client_secret")
          .hasMessageNotContaining("a-wrong-secret");
    }
  }

  private static void assertNeeds(String level, String operation, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(ForbiddenException.class)
        .hasFieldOrPropertyWithValue("status", 403)
        .hasMessageStartingWith(operation + " of ")
        .hasMessageContaining("needs an API token with the access level " + level + " here");
  }
}
