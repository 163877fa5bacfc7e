package io.github.typedbcloud.support;

/** The payloads of the API reference, to the byte. */
public final class Payloads {

  /** What the example deployment sends. */
  public static final String DEPLOY_REQUEST =
      "{\"id\":\"api-cluster\",\"serverCount\":1,\"storageSizeGB\":10,\"provider\":\"gcp\","
          + "\"region\":\"europe-west2\",\"isFree\":true,\"machineType\":\"c2d-highcpu-2\","
          + "\"storageType\":\"standard-rwo\",\"version\":\"3.0.6\"}";

  /** The response to the example deployment of a project. */
  public static final String PROJECT_CLUSTER =
      "{\"id\":\"api-cluster\",\"serverCount\":1,\"storageSizeGB\":10,\"isFree\":true,"
          + "\"status\":\"starting\",\"createdAt\":1738256490070,"
          + "\"organization\":\"new-org\",\"project\":\"default\",\"version\":\"3.0.6\","
          + "\"provider\":\"gcp\",\"region\":\"europe-west2\","
          + "\"machineType\":\"c2d-highcpu-2\",\"storageType\":\"standard-rwo\","
          + "\"servers\":[{\"address\":\"abc123-0.cluster.typedb.com:80\",\"status\":\"pending\"}]}";

  /** The same cluster in a space. */
  public static final String SPACE_CLUSTER =
      PROJECT_CLUSTER.replace(
          "\"organization\":\"new-org\",\"project\":\"default\"",
          "\"teamID\":\"new-team\",\"spaceID\":\"default\"");

  private Payloads() {}

  /** A cluster of a project with this ID. */
  public static String clusterWithId(String id) {
    String quoted = id.replace("\\", "\\\\").replace("\"", "\\\"");
    return PROJECT_CLUSTER.replace("api-cluster", quoted);
  }

  /** A cluster of a project with this status, with its servers as the reference shows them. */
  public static String cluster(String status) {
    String servers =
        status.equals("suspended")
            ? "\"servers\":[]"
            : "\"servers\":[{\"address\":\"abc123-0.cluster.typedb.com:80\",\"status\":\""
                + (status.equals("running") ? "running" : "pending")
                + "\"}]";
    return PROJECT_CLUSTER
        .replace("\"starting\"", "\"" + status + "\"")
        .replaceFirst("\"servers\":\\[.*]", servers);
  }

  /** The documented body of an error. */
  public static String error(String code, String message) {
    return "{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}";
  }
}
