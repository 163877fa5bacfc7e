package io.github.typedbcloud.simulator;

import java.util.Objects;

/**
 * Changes the clusters of one project or space of a {@link TypeDBCloudSimulator} in ways that no
 * client can. The rules of the service do not hold, no fault applies, and no request is counted.
 * {@link SecondClient} makes the changes that a client can make.
 *
 * <pre>{@code
 * simulator.clusterControlOfSpace("my-team", "default").setStatus("a", "failed");
 * }</pre>
 *
 * <p>A write of the cluster that was accepted but not yet applied, because of {@link
 * Fault#applyLate}, is dropped. Every method throws {@link IllegalArgumentException} when the
 * cluster does not exist. Thread-safe.
 */
public final class ClusterControl {

  private final CloudScope scope;
  private final ClusterStore clusters;

  ClusterControl(CloudScope scope, ClusterStore clusters) {
    this.scope = scope;
    this.clusters = clusters;
  }

  /**
   * Sets the status of a cluster at once. A transition that begins with this status starts now. In
   * a status that the service is not known to have, a cluster keeps its servers, can be updated,
   * cloned and destroyed, but not suspended or resumed, and stays.
   *
   * @param status any string that is not blank, such as {@code failed} or {@code upgrading}
   */
  public void setStatus(String id, String status) {
    Objects.requireNonNull(id, "id must not be null");
    Objects.requireNonNull(status, "status must not be null");
    Status checked = Status.of(status);
    try {
      clusters.setStatus(scope, id, checked);
    } catch (ApiError e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Removes a cluster at once. */
  public void remove(String id) {
    Objects.requireNonNull(id, "id must not be null");
    try {
      clusters.remove(scope, id);
    } catch (ApiError e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "ClusterControl[" + scope + "]";
  }
}
