package io.github.typedbcloud;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The operations and waits of {@link ClustersApi} that do not block the calling thread: each starts
 * at once and returns a future. {@link ClustersApi#async} returns it.
 *
 * <p><b>Failures.</b> The methods throw nothing but {@link NullPointerException}. The future fails
 * with what the synchronous method would throw, an {@link
 * io.github.typedbcloud.error.InvalidRequestException} included. When the executor rejects a call,
 * it fails with a {@link java.util.concurrent.RejectedExecutionException}; when the client is
 * closed before a call started, or during a wait, with an {@link IllegalStateException}.
 *
 * <p><b>Cancellation.</b> Cancelling a future, or completing it in any other way ({@link
 * CompletableFuture#orTimeout} for example), stops its work: a queued call is not sent, an
 * in-flight call or a wait ends, and no further stage of a call with a wait starts. It does not
 * undo a write: read the cluster afterwards to see its state. Cancelling a dependent future ({@code
 * thenApply} and the like) does not cancel the future that it depends on.
 *
 * <p><b>Deadlines.</b> The time of a call starts when the method is called, so it includes the time
 * in the queue of a busy executor. A call whose deadline passes in the queue is not sent, and its
 * future fails at that moment. Every future of a call is completed at the latest a second after its
 * deadline, even when the executor discards the call or a listener blocks it.
 *
 * <p><b>Threads.</b> An in-flight call uses a thread of the executor (see {@link
 * TypeDBCloudClient.Builder#asyncExecutor}); a wait uses none. Futures are completed, and dependent
 * stages run, on daemon threads of the client that no call depends on: they may block, and may join
 * other calls and waits. When the future is already completed or is cancelled, they run on the
 * thread that adds the stage or cancels. The threads inherit no thread-locals.
 *
 * <p>Thread-safe.
 */
public interface AsyncClustersApi {

  /**
   * The same clusters, called with options, as {@link ClustersApi#with}.
   *
   * @param options for every call made through the result
   */
  AsyncClustersApi with(RequestOptions options);

  /** Deploys a cluster, as {@link ClustersApi#deploy(DeployClusterRequest)}. */
  CompletableFuture<Cluster> deploy(DeployClusterRequest request);

  /** Reads a cluster, as {@link ClustersApi#get(String)}. */
  CompletableFuture<Cluster> get(String id);

  /** Reads a cluster that may not exist, as {@link ClustersApi#find(String)}. */
  CompletableFuture<Optional<Cluster>> find(String id);

  /** Reads all clusters, as {@link ClustersApi#list()}. */
  CompletableFuture<List<Cluster>> list();

  /** Changes a cluster, as {@link ClustersApi#update(String, UpdateClusterRequest)}. */
  CompletableFuture<Cluster> update(String id, UpdateClusterRequest request);

  /** Suspends a cluster, as {@link ClustersApi#suspend(String)}. */
  CompletableFuture<Cluster> suspend(String id);

  /** Resumes a suspended cluster, as {@link ClustersApi#resume(String)}. */
  CompletableFuture<Cluster> resume(String id);

  /** Clones a cluster, as {@link ClustersApi#clone(String, String)}. */
  CompletableFuture<Cluster> clone(String id, String newId);

  /** Destroys a cluster and its data permanently, as {@link ClustersApi#destroy(String)}. */
  CompletableFuture<Cluster> destroy(String id);

  /** Reads the versions of TypeDB that can be deployed, as {@link ClustersApi#versions()}. */
  CompletableFuture<List<String>> versions();

  /**
   * Waits until a cluster has a status, with {@link WaitOptions#defaults()}, as {@link
   * ClustersApi#await(String, ClusterStatus)}.
   */
  default CompletableFuture<Cluster> await(String id, ClusterStatus status) {
    return await(id, status, WaitOptions.defaults());
  }

  /**
   * Waits until a cluster has a status, as {@link ClustersApi#await(String, ClusterStatus,
   * WaitOptions)}.
   */
  CompletableFuture<Cluster> await(String id, ClusterStatus status, WaitOptions options);

  /**
   * Waits until clusters have a status, with {@link WaitOptions#defaults()}, as {@link
   * ClustersApi#awaitAll(Collection, ClusterStatus)}.
   */
  default CompletableFuture<List<Cluster>> awaitAll(Collection<String> ids, ClusterStatus status) {
    return awaitAll(ids, status, WaitOptions.defaults());
  }

  /**
   * Waits until clusters have a status, as {@link ClustersApi#awaitAll(Collection, ClusterStatus,
   * WaitOptions)}.
   */
  CompletableFuture<List<Cluster>> awaitAll(
      Collection<String> ids, ClusterStatus status, WaitOptions options);

  /**
   * Waits until a cluster is destroyed, with {@link WaitOptions#defaults()}, as {@link
   * ClustersApi#awaitDestroyed(String)}.
   */
  default CompletableFuture<@Nullable Void> awaitDestroyed(String id) {
    return awaitDestroyed(id, WaitOptions.defaults());
  }

  /**
   * Waits until a cluster is destroyed, as {@link ClustersApi#awaitDestroyed(String, WaitOptions)}.
   */
  CompletableFuture<@Nullable Void> awaitDestroyed(String id, WaitOptions options);

  /**
   * Waits until clusters are destroyed, with {@link WaitOptions#defaults()}, as {@link
   * ClustersApi#awaitAllDestroyed(Collection)}.
   */
  default CompletableFuture<@Nullable Void> awaitAllDestroyed(Collection<String> ids) {
    return awaitAllDestroyed(ids, WaitOptions.defaults());
  }

  /**
   * Waits until clusters are destroyed, as {@link ClustersApi#awaitAllDestroyed(Collection,
   * WaitOptions)}.
   */
  CompletableFuture<@Nullable Void> awaitAllDestroyed(Collection<String> ids, WaitOptions options);

  /**
   * Deploys a cluster and waits until it is running, with {@link WaitOptions#defaults()}, as {@link
   * ClustersApi#deployAndAwait(DeployClusterRequest)}.
   */
  default CompletableFuture<Cluster> deployAndAwait(DeployClusterRequest request) {
    return deployAndAwait(request, WaitOptions.defaults());
  }

  /**
   * Deploys a cluster and waits until it is running, as {@link
   * ClustersApi#deployAndAwait(DeployClusterRequest, WaitOptions)}.
   */
  CompletableFuture<Cluster> deployAndAwait(DeployClusterRequest request, WaitOptions options);

  /**
   * Suspends a cluster and waits until it is suspended, with {@link WaitOptions#defaults()}, as
   * {@link ClustersApi#suspendAndAwait(String)}.
   */
  default CompletableFuture<Cluster> suspendAndAwait(String id) {
    return suspendAndAwait(id, WaitOptions.defaults());
  }

  /**
   * Suspends a cluster and waits until it is suspended, as {@link
   * ClustersApi#suspendAndAwait(String, WaitOptions)}.
   */
  CompletableFuture<Cluster> suspendAndAwait(String id, WaitOptions options);

  /**
   * Resumes a cluster and waits until it is running, with {@link WaitOptions#defaults()}, as {@link
   * ClustersApi#resumeAndAwait(String)}.
   */
  default CompletableFuture<Cluster> resumeAndAwait(String id) {
    return resumeAndAwait(id, WaitOptions.defaults());
  }

  /**
   * Resumes a cluster and waits until it is running, as {@link ClustersApi#resumeAndAwait(String,
   * WaitOptions)}.
   */
  CompletableFuture<Cluster> resumeAndAwait(String id, WaitOptions options);

  /**
   * Clones a cluster and waits until the clone is running, with {@link WaitOptions#defaults()}, as
   * {@link ClustersApi#cloneAndAwait(String, String)}.
   */
  default CompletableFuture<Cluster> cloneAndAwait(String id, String newId) {
    return cloneAndAwait(id, newId, WaitOptions.defaults());
  }

  /**
   * Clones a cluster and waits until the clone is running, as {@link
   * ClustersApi#cloneAndAwait(String, String, WaitOptions)}.
   */
  CompletableFuture<Cluster> cloneAndAwait(String id, String newId, WaitOptions options);

  /**
   * Destroys a cluster and waits until it is destroyed, with {@link WaitOptions#defaults()}, as
   * {@link ClustersApi#destroyAndAwait(String)}.
   */
  default CompletableFuture<@Nullable Void> destroyAndAwait(String id) {
    return destroyAndAwait(id, WaitOptions.defaults());
  }

  /**
   * Destroys a cluster and waits until it is destroyed, as {@link
   * ClustersApi#destroyAndAwait(String, WaitOptions)}.
   */
  CompletableFuture<@Nullable Void> destroyAndAwait(String id, WaitOptions options);

  /** Plans what {@link #ensure} would do, as {@link ClustersApi#plan}. */
  CompletableFuture<ClusterPlan> plan(DeployClusterRequest request);

  /**
   * Ensures with {@link WaitOptions#defaults()} that a cluster exists and runs as requested, as
   * {@link ClustersApi#ensure(DeployClusterRequest)}.
   */
  default CompletableFuture<Cluster> ensure(DeployClusterRequest request) {
    return ensure(request, WaitOptions.defaults());
  }

  /**
   * Ensures that a cluster exists and runs as requested, as {@link
   * ClustersApi#ensure(DeployClusterRequest, WaitOptions)}.
   */
  CompletableFuture<Cluster> ensure(DeployClusterRequest request, WaitOptions options);
}
