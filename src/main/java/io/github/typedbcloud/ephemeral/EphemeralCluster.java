package io.github.typedbcloud.ephemeral;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.Cluster;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A running cluster that {@link #close} destroys. Thread-safe. */
public final class EphemeralCluster implements AutoCloseable {

  private final String id;
  private final ClustersApi clusters;
  private final WaitOptions wait;
  private final Ledger.Entry entry;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Cluster cluster;
  private boolean closed;

  EphemeralCluster(String id, ClustersApi clusters, WaitOptions wait, Ledger.Entry entry) {
    this.id = id;
    this.clusters = clusters;
    this.wait = wait;
    this.entry = entry;
  }

  void running(Cluster deployed) {
    lock.lock();
    try {
      cluster = deployed;
    } finally {
      lock.unlock();
    }
  }

  /** Its ID. */
  public String id() {
    return id;
  }

  /** The cluster as it was when it had started, with the addresses of its servers. */
  public Cluster cluster() {
    lock.lock();
    try {
      if (cluster == null) {
        throw new IllegalStateException("Cluster '" + id + "' has not started.");
      }
      return cluster;
    } finally {
      lock.unlock();
    }
  }

  /** The clusters of the scope that it is in. */
  public ClustersApi clusters() {
    return clusters;
  }

  /**
   * Destroys the cluster and waits until it is gone, also on a thread that is interrupted, whose
   * flag stays set. One that is gone already is fine. A second close does nothing.
   *
   * @throws TypeDBCloudException when it cannot be destroyed; the ledger keeps it for the next
   *     sweep
   */
  @Override
  public void close() {
    lock.lock();
    // Calls of an interrupted thread are refused, and this one must be made.
    boolean interrupted = Thread.interrupted();
    try (entry) {
      if (!closed) {
        closed = true;
        destroy();
        entry.remove();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      lock.unlock();
    }
  }

  private void destroy() {
    try {
      clusters.destroyAndAwait(id, wait);
    } catch (NotFoundException e) {
      // The test has destroyed it, or it was never deployed.
    }
  }

  /** For people. */
  @Override
  public String toString() {
    return "EphemeralCluster[" + id + "]";
  }
}
