package io.github.typedbcloud.internal.settle;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a cluster is as a request asked for. What an answer leaves out speaks neither way.
 *
 * <p>The storage type is not compared: the service answers {@code gp2} for {@code gp2-csi}.
 */
public final class ClusterDiff {

  /** Stands for whichever version the service chooses. */
  private static final String LATEST = "latest";

  /** A field under the API's own name, and its two values. */
  public record Difference(String field, Object has, Object asked) {}

  private ClusterDiff() {}

  static boolean of(Cluster cluster, DeployClusterRequest asked) {
    return differences(cluster, asked).isEmpty();
  }

  /** In which fields a cluster shows another value than was asked for. */
  public static List<Difference> differences(Cluster cluster, DeployClusterRequest asked) {
    List<Difference> all = new ArrayList<>();
    if (!same(cluster.serverCount(), asked.serverCount())) {
      all.add(new Difference("serverCount", cluster.serverCount(), asked.serverCount()));
    }
    if (!same(cluster.storageSizeGB(), asked.storageSizeGB())) {
      all.add(new Difference("storageSizeGB", cluster.storageSizeGB(), asked.storageSizeGB()));
    }
    if (!same(cluster.provider().toString(), asked.provider().toString())) {
      all.add(new Difference("provider", cluster.provider(), asked.provider()));
    }
    if (!same(cluster.region(), asked.region())) {
      all.add(new Difference("region", cluster.region(), asked.region()));
    }
    if (cluster.isFree() != asked.isFree()) {
      all.add(new Difference("isFree", cluster.isFree(), asked.isFree()));
    }
    if (!same(cluster.machineType(), asked.machineType())) {
      all.add(new Difference("machineType", cluster.machineType(), asked.machineType()));
    }
    if (!same(cluster.version(), asked.version())) {
      all.add(new Difference("version", cluster.version(), asked.version()));
    }
    return all;
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
