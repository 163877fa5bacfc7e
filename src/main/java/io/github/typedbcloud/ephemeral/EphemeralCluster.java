package io.github.typedbcloud.ephemeral;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.Cluster;
import java.util.concurrent.locks.ReentrantLock;

/** A running cluster that {@link #close} destroys. Thread-safe. */
public final class EphemeralCluster implements AutoCloseable {

  private final Cluster cluster;
  private final EphemeralClusters owner;
  private final Ledger.Entry entry;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;

  EphemeralCluster(Cluster cluster, EphemeralClusters owner, Ledger.Entry entry) {
    this.cluster = cluster;
    this.owner = owner;
    this.entry = entry;
  }

  /** The cluster's ID. */
  public String id() {
    return cluster.id();
  }

  /** The cluster at the end of its start, with the addresses of its servers. */
  public Cluster cluster() {
    return cluster;
  }

  /** The clusters of the scope that the cluster is in. */
  public ClustersApi clusters() {
    return owner.clusters();
  }

  /**
   * Destroys the cluster and waits until it is gone. An interrupted thread waits too, and keeps its
   * interrupt flag. A cluster that is already gone is no error. A second call does nothing.
   *
   * @throws TypeDBCloudException when the cluster cannot be destroyed; it stays in the ledger for
   *     the next sweep
   */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        owner.destroy(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "EphemeralCluster[" + id() + "]";
  }
}
