package io.github.typedbcloud.ephemeral;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.support.Fixtures;
import java.lang.management.ManagementFactory;

/** Deploys in a process whose file system takes no more data, and prints what happens. */
final class LedgerFailureRun {

  private LedgerFailureRun() {}

  /** Arguments as of {@link SweepRun}. */
  public static void main(String[] arguments) {
    try (TypeDBCloudClient cloud = SweepRun.client(arguments)) {
      EphemeralClusters ephemeral = SweepRun.ephemeral(cloud, arguments);
      deploy(ephemeral); // opens the connection, loads the classes
      long before = openDescriptors();
      for (int attempt = 0; attempt < 20; attempt++) {
        deploy(ephemeral);
      }
      System.out.println("descriptors " + (openDescriptors() - before));
    }
  }

  private static void deploy(EphemeralClusters ephemeral) {
    try {
      ephemeral.deploy(Fixtures.paidCluster("ignored").build()).close();
      System.out.println("deployed");
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }

  private static long openDescriptors() {
    return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
        .getOpenFileDescriptorCount();
  }
}
