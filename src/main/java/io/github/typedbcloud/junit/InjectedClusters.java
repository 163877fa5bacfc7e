package io.github.typedbcloud.junit;

import io.github.typedbcloud.ephemeral.EphemeralCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The clusters that were injected for a test or a class, in the order of the parameters. JUnit 5.13
 * and later closes it as a last resort: when a constructor fails because of another extension, no
 * callback runs. Thread-safe.
 */
final class InjectedClusters implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<EphemeralCluster> clusters = new ArrayList<>();

  /**
   * Returns the cluster for a parameter, deployed on first use; parallel tests wait for it.
   *
   * @param index 0 for the first parameter of the type
   */
  EphemeralCluster get(int index, Supplier<EphemeralCluster> deploy) {
    lock.lock();
    try {
      while (clusters.size() <= index) {
        clusters.add(deploy.get());
      }
      return clusters.get(index);
    } finally {
      lock.unlock();
    }
  }

  /** Destroys all clusters, also when one of them cannot be destroyed. */
  @Override
  public void close() {
    lock.lock();
    try {
      RuntimeException failure = null;
      for (EphemeralCluster cluster : clusters) {
        try {
          cluster.close();
        } catch (RuntimeException e) {
          if (failure == null) {
            failure = e;
          } else {
            failure.addSuppressed(e);
          }
        }
      }
      clusters.clear();
      if (failure != null) {
        throw failure;
      }
    } finally {
      lock.unlock();
    }
  }
}
