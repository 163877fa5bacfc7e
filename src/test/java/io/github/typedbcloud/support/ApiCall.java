package io.github.typedbcloud.support;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.BackupConfiguration;
import io.github.typedbcloud.model.BackupFrequency;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Every operation of both API versions: how a user calls it, and what the reference says of it. A
 * new operation gets a row here, and the tests that go through all operations hold it too.
 */
public enum ApiCall {
  PROJECT_DEPLOY(
      "write",
      clusters -> clusters.deploy(Fixtures.freeCluster("api-cluster").build()),
      "POST /api/org/new-org/projects/default/clusters/deploy",
      Payloads.DEPLOY_REQUEST,
      Payloads.PROJECT_CLUSTER),
  PROJECT_GET(
      "read",
      clusters -> clusters.get("api-cluster"),
      "GET /api/org/new-org/projects/default/clusters/api-cluster",
      "",
      Payloads.PROJECT_CLUSTER),
  PROJECT_FIND(
      "read",
      clusters -> clusters.find("api-cluster"),
      "GET /api/org/new-org/projects/default/clusters/api-cluster",
      "",
      Payloads.PROJECT_CLUSTER),
  PROJECT_LIST(
      "read",
      ClustersApi::list,
      "GET /api/org/new-org/projects/default/clusters",
      "",
      "[" + Payloads.PROJECT_CLUSTER + "]"),
  PROJECT_SUSPEND(
      "write",
      clusters -> clusters.suspend("api-cluster"),
      "POST /api/org/new-org/projects/default/clusters/api-cluster/suspend",
      "",
      Payloads.cluster("suspending")),
  PROJECT_RESUME(
      "write",
      clusters -> clusters.resume("api-cluster"),
      "POST /api/org/new-org/projects/default/clusters/api-cluster/resume",
      "",
      Payloads.cluster("resuming")),
  PROJECT_DESTROY(
      "admin",
      clusters -> clusters.destroy("api-cluster"),
      "DELETE /api/org/new-org/projects/default/clusters/api-cluster",
      "",
      Payloads.cluster("destroying")),

  SPACE_DEPLOY(
      "write",
      clusters ->
          clusters.deploy(
              Fixtures.freeCluster("api-cluster")
                  .provider(Provider.AWS)
                  .region("eu-west-2")
                  .machineType("c7g.xlarge")
                  .free(false)
                  .storageSizeGB(20)
                  .backup(BackupConfiguration.of(BackupFrequency.DAILY, 30))
                  .build()),
      "POST /api/v1/team/new-team/spaces/default/clusters/deploy",
      "{\"id\":\"api-cluster\",\"serverCount\":1,\"storageSizeGB\":20,\"provider\":\"aws\","
          + "\"region\":\"eu-west-2\",\"isFree\":false,\"machineType\":\"c7g.xlarge\","
          + "\"storageType\":\"gp2-csi\",\"version\":\"3.0.6\","
          + "\"backupConfiguration\":{\"frequency\":\"daily\",\"retentionDays\":30}}",
      Payloads.SPACE_CLUSTER),
  SPACE_GET(
      "read",
      clusters -> clusters.get("api-cluster"),
      "GET /api/v1/team/new-team/spaces/default/clusters/api-cluster",
      "",
      Payloads.SPACE_CLUSTER),
  SPACE_FIND(
      "read",
      clusters -> clusters.find("api-cluster"),
      "GET /api/v1/team/new-team/spaces/default/clusters/api-cluster",
      "",
      Payloads.SPACE_CLUSTER),
  SPACE_LIST(
      "read",
      ClustersApi::list,
      "GET /api/v1/team/new-team/spaces/default/clusters",
      "",
      "[" + Payloads.SPACE_CLUSTER + "]"),
  SPACE_UPDATE(
      "write",
      clusters ->
          clusters.update(
              "api-cluster",
              UpdateClusterRequest.builder()
                  .storageSizeGB(20)
                  .machineType("c2d-highcpu-4")
                  .version("3.5.1")
                  .build()),
      "PATCH /api/v1/team/new-team/spaces/default/clusters/api-cluster",
      "{\"storageSizeGB\":20,\"machineType\":\"c2d-highcpu-4\",\"version\":\"3.5.1\"}",
      Payloads.SPACE_CLUSTER),
  SPACE_SUSPEND(
      "write",
      clusters -> clusters.suspend("api-cluster"),
      "POST /api/v1/team/new-team/spaces/default/clusters/api-cluster/suspend",
      "",
      Payloads.SPACE_CLUSTER),
  SPACE_RESUME(
      "write",
      clusters -> clusters.resume("api-cluster"),
      "POST /api/v1/team/new-team/spaces/default/clusters/api-cluster/resume",
      "",
      Payloads.SPACE_CLUSTER),
  SPACE_CLONE(
      "write",
      clusters -> clusters.clone("api-cluster", "new-id"),
      "POST /api/v1/team/new-team/spaces/default/clusters/api-cluster/clone",
      "{\"id\":\"new-id\"}",
      Payloads.SPACE_CLUSTER.replace("api-cluster", "new-id")),
  SPACE_DESTROY(
      "admin",
      clusters -> clusters.destroy("api-cluster"),
      "DELETE /api/v1/team/new-team/spaces/default/clusters/api-cluster",
      "",
      Payloads.SPACE_CLUSTER),
  SPACE_VERSIONS(
      "any",
      ClustersApi::versions,
      "GET /api/v1/cluster-versions",
      "",
      "{\"availableVersions\": [\"2.29.3\", \"3.5.1\"]}");

  private final String accessLevel;

  @SuppressWarnings("ImmutableEnumChecker") // a lambda without captures
  private final Function<ClustersApi, Object> invocation;

  private final String requestLine;
  private final String requestBody;
  private final String response;

  ApiCall(
      String accessLevel,
      Function<ClustersApi, Object> invocation,
      String requestLine,
      String requestBody,
      String response) {
    this.accessLevel = accessLevel;
    this.invocation = invocation;
    this.requestLine = requestLine;
    this.requestBody = requestBody;
    this.response = response;
  }

  /** Those that change something. */
  public static List<ApiCall> writes() {
    return Arrays.stream(values()).filter(call -> !call.isRead()).toList();
  }

  /** Those that change nothing. */
  public static List<ApiCall> reads() {
    return Arrays.stream(values()).filter(ApiCall::isRead).toList();
  }

  public boolean isRead() {
    return requestLine.startsWith("GET ");
  }

  /** Whether a message about it has a cluster to name. */
  public boolean isAboutOneCluster() {
    return !operation().equals("list") && !operation().equals("versions");
  }

  /** The operation as exceptions name it. */
  public String operation() {
    String name = name().substring(name().indexOf('_') + 1).toLowerCase(Locale.ROOT);
    return name.equals("find") ? "get" : name;
  }

  /** The ID of the cluster that shows whether a write was done. */
  public String resultId() {
    return switch (operation()) {
      case "clone" -> "new-id";
      default -> "api-cluster";
    };
  }

  public Scope scope() {
    return name().startsWith("PROJECT_") ? Fixtures.PROJECT : Fixtures.SPACE;
  }

  public String method() {
    return requestLine.substring(0, requestLine.indexOf(' '));
  }

  public String path() {
    return requestLine.substring(requestLine.indexOf(' ') + 1);
  }

  /** Method and path. */
  public String requestLine() {
    return requestLine;
  }

  /** The JSON that is sent, to the byte; empty for none. */
  public String requestBody() {
    return requestBody;
  }

  /** The response that the reference shows. */
  public String response() {
    return response;
  }

  public String accessLevel() {
    return accessLevel;
  }

  /** Where this API version exchanges credentials. */
  public String authPath() {
    return scope() == Fixtures.PROJECT ? "/api/auth" : "/api/v1/auth";
  }

  /** Carries it out. */
  public Object on(TypeDBCloudClient client) {
    return on(client.clusters(scope()));
  }

  /** Calls it, on clusters of its own scope. */
  public Object on(ClustersApi clusters) {
    return invocation.apply(clusters);
  }
}
