package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares a cluster with a request. A field that the response leaves out is not compared, and
 * neither is the storage type: the service returns {@code gp2} for {@code gp2-csi}.
 */
public final class ClusterDiff {

  /** The service resolves it to a version. */
  private static final String LATEST = "latest";

  /**
   * A field that differs.
   *
   * @param field its name in the API
   * @param actual the cluster's value
   * @param requested the requested value
   */
  public record Difference(String field, Object actual, Object requested) {

    /**
     * Whether an update would lose something: storage that the cluster has, or a version that is
     * not certainly older than the requested one.
     */
    public boolean isDowngrade() {
      return switch (field) {
        case "storageSizeGB" -> (Integer) actual > (Integer) requested;
        case "version" -> !Versions.isNewer(requested.toString(), actual.toString());
        default -> false;
      };
    }
  }

  private ClusterDiff() {}

  /** Whether a cluster is as requested. */
  static boolean matches(Cluster cluster, DeployClusterRequest requested) {
    return differences(cluster, requested).isEmpty();
  }

  /** The fields in which a cluster is not as requested. */
  public static List<Difference> differences(Cluster cluster, DeployClusterRequest requested) {
    List<Difference> all = new ArrayList<>();
    if (!same(cluster.serverCount(), requested.serverCount())) {
      all.add(new Difference("serverCount", cluster.serverCount(), requested.serverCount()));
    }
    if (!same(cluster.storageSizeGB(), requested.storageSizeGB())) {
      all.add(new Difference("storageSizeGB", cluster.storageSizeGB(), requested.storageSizeGB()));
    }
    if (!same(cluster.provider().toString(), requested.provider().toString())) {
      all.add(new Difference("provider", cluster.provider(), requested.provider()));
    }
    if (!same(cluster.region(), requested.region())) {
      all.add(new Difference("region", cluster.region(), requested.region()));
    }
    if (cluster.isFree() != requested.isFree()) {
      all.add(new Difference("isFree", cluster.isFree(), requested.isFree()));
    }
    if (!same(cluster.machineType(), requested.machineType())) {
      all.add(new Difference("machineType", cluster.machineType(), requested.machineType()));
    }
    if (!same(cluster.version(), requested.version())) {
      all.add(new Difference("version", cluster.version(), requested.version()));
    }
    return all;
  }

  /** Whether a cluster may be the clone of another. */
  static boolean mayBeClone(Cluster clone, Cluster original) {
    return same(clone.provider().toString(), original.provider().toString())
        && same(clone.region(), original.region())
        && same(clone.machineType(), original.machineType())
        && same(clone.version(), original.version())
        && same(clone.serverCount(), original.serverCount())
        && same(clone.storageSizeGB(), original.storageSizeGB());
  }

  /** Whether a cluster has the requested changes, as far as a cluster shows them. */
  static boolean matches(Cluster cluster, UpdateClusterRequest requested) {
    return same(cluster.machineType(), requested.machineType())
        && same(cluster.version(), requested.version())
        && same(cluster.storageSizeGB(), requested.storageSizeGB());
  }

  /** Whether a cluster shows all of the requested changes; it shows no backup configuration. */
  static boolean isVisible(UpdateClusterRequest requested) {
    return requested.backupConfiguration() == null && !LATEST.equals(requested.version());
  }

  private static boolean same(String actual, @Nullable String requested) {
    return requested == null
        || requested.isEmpty()
        || actual.isEmpty()
        || requested.equals(LATEST)
        || actual.equalsIgnoreCase(requested);
  }

  private static boolean same(int actual, @Nullable Integer requested) {
    return requested == null || requested == 0 || actual == 0 || actual == requested;
  }
}
