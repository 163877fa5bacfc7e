package io.github.typedbcloud.internal.settle;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whether a cluster is as a request asked for. What an answer leaves out speaks neither way.
 *
 * <p>The storage type is not compared: the service answers {@code gp2} for {@code gp2-csi}.
 */
final class Likeness {

  /** Stands for whichever version the service chooses. */
  private static final String LATEST = "latest";

  private Likeness() {}

  static boolean of(Cluster cluster, DeployClusterRequest asked) {
    return same(cluster.provider().toString(), asked.provider().toString())
        && same(cluster.region(), asked.region())
        && same(cluster.machineType(), asked.machineType())
        && same(cluster.version(), asked.version())
        && same(cluster.serverCount(), asked.serverCount())
        && same(cluster.storageSizeGB(), asked.storageSizeGB())
        && cluster.isFree() == asked.isFree();
  }

  /** Whether one may be the other's clone. */
  static boolean of(Cluster clone, Cluster original) {
    return same(clone.provider().toString(), original.provider().toString())
        && same(clone.region(), original.region())
        && same(clone.machineType(), original.machineType())
        && same(clone.version(), original.version())
        && same(clone.serverCount(), original.serverCount())
        && same(clone.storageSizeGB(), original.storageSizeGB());
  }

  static boolean of(Cluster cluster, UpdateClusterRequest asked) {
    return same(cluster.machineType(), asked.machineType())
        && same(cluster.version(), asked.version())
        && same(cluster.storageSizeGB(), asked.storageSizeGB());
  }

  /** Whether a cluster shows all that an update can change. It shows no backup configuration. */
  static boolean showsAll(UpdateClusterRequest asked) {
    return asked.backupConfiguration() == null && !LATEST.equals(asked.version());
  }

  private static boolean same(String seen, @Nullable String asked) {
    return asked == null
        || asked.isEmpty()
        || seen.isEmpty()
        || asked.equals(LATEST)
        || seen.equalsIgnoreCase(asked);
  }

  private static boolean same(int seen, @Nullable Integer asked) {
    return asked == null || asked == 0 || seen == 0 || seen == asked;
  }
}
