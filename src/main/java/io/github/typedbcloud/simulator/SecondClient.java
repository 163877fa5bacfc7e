package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Changes the clusters of one project or space of a {@link TypeDBCloudSimulator} as another client
 * would, but without HTTP: no fault applies, and no request is counted. The rules of the service
 * hold.
 *
 * <pre>{@code
 * SecondClient other = simulator.secondClientOfSpace("my-team", "default");
 * simulator.faults().on(Operation.SUSPEND).next(Fault.after(() -> other.resume("a")));
 * }</pre>
 *
 * <p>Every method throws {@link IllegalStateException} with the status code and the error of the
 * service when the service rejects the change. Thread-safe.
 */
public final class SecondClient {

  private static final String VERSION = "3.0.6";

  private final CloudScope scope;
  private final ClusterStore clusters;
  private final Supplier<Settings> settings;

  SecondClient(CloudScope scope, ClusterStore clusters, Supplier<Settings> settings) {
    this.scope = scope;
    this.clusters = clusters;
    this.settings = settings;
  }

  /**
   * Deploys a cluster that is not free: one {@code c2d-highcpu-2} server of GCP in {@code
   * europe-west2} with 10 GB and version 3.0.6, or the newest offered one if that is not offered.
   */
  public void deploy(String id) {
    Objects.requireNonNull(id, "id must not be null");
    ObjectNode body =
        SimulatorJson.object()
            .put(FieldRules.ID, id)
            .put("serverCount", 1)
            .put(FieldRules.STORAGE_SIZE, FieldRules.MIN_STORAGE_GB)
            .put("provider", MachineCatalog.GCP)
            .put("region", "europe-west2")
            .put("isFree", false)
            .put(FieldRules.MACHINE_TYPE, "c2d-highcpu-2")
            .put("storageType", "standard-rwo")
            .put(FieldRules.VERSION, version());
    if (scope.kind() == ScopeKind.SPACE) {
      body.putObject(FieldRules.BACKUP).put("frequency", "daily");
    }
    deployRequest(SimulatorJson.write(body));
  }

  /**
   * Deploys a cluster.
   *
   * @param json the body of a deploy request
   */
  public void deployRequest(String json) {
    write(Operation.DEPLOY, "", json);
  }

  /** Clones a cluster; in spaces only. */
  public void clone(String id, String newId) {
    write(Operation.CLONE, id, idAsBody(newId));
  }

  /** Changes the ID of a cluster; in spaces only. */
  public void rename(String id, String newId) {
    update(id, idAsBody(newId));
  }

  /**
   * Updates a cluster; in spaces only.
   *
   * @param json the body of an update request
   */
  public void update(String id, String json) {
    write(Operation.UPDATE, id, json);
  }

  /** Suspends a cluster. */
  public void suspend(String id) {
    write(Operation.SUSPEND, id, "");
  }

  /** Resumes a cluster. */
  public void resume(String id) {
    write(Operation.RESUME, id, "");
  }

  /** Destroys a cluster, whose ID stays in use until its transition ends. */
  public void destroy(String id) {
    write(Operation.DESTROY, id, "");
  }

  /** The current clusters. */
  public ClusterSnapshot snapshot() {
    return clusters.snapshot(scope);
  }

  private String version() {
    OfferedVersions offered = settings.get().versions();
    return offered.contains(VERSION) ? VERSION : offered.newest().orElse(VERSION);
  }

  private static String idAsBody(String newId) {
    Objects.requireNonNull(newId, "newId must not be null");
    return SimulatorJson.write(SimulatorJson.object().put(FieldRules.ID, newId));
  }

  private void write(Operation operation, String id, String body) {
    Objects.requireNonNull(id, "id must not be null");
    Objects.requireNonNull(body, "json must not be null");
    ApiVersion version = ApiVersion.newest(scope.kind());
    if (!operation.isOfferedBy(version)) {
      throw new IllegalStateException(
          "%s is not offered for %ss.".formatted(operation, scope.kind().noun()));
    }
    try {
      Call call = new Call(operation, version, scope, id);
      clusters.write(ClusterWrite.read(call, body, settings.get()), null);
    } catch (ApiError e) {
      throw new IllegalStateException("HTTP " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "SecondClient[" + scope + "]";
  }
}
