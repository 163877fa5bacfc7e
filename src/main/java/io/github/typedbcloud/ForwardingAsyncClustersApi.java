package io.github.typedbcloud;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A base class for stubs and decorators of {@link AsyncClustersApi}, as {@link
 * ForwardingClustersApi} is for {@link ClustersApi}. Without a delegate, the future of a method
 * that is not overridden fails with an {@link UnsupportedOperationException} that names the method.
 *
 * <p>That includes {@link #deployAndAwait}, which is forwarded or unsupported: it never calls
 * {@link #deploy} and {@link #await} of a subclass. Override it too where they are overridden.
 */
public abstract class ForwardingAsyncClustersApi implements AsyncClustersApi {

  private final @Nullable AsyncClustersApi delegate;

  /** Creates a stub. */
  protected ForwardingAsyncClustersApi() {
    this.delegate = null;
  }

  /**
   * Creates a decorator.
   *
   * @param delegate what the methods call that are not overridden
   */
  protected ForwardingAsyncClustersApi(AsyncClustersApi delegate) {
    this.delegate = Objects.requireNonNull(delegate, "delegate must not be null");
  }

  @Override
  public AsyncClustersApi with(RequestOptions options) {
    return delegate == null ? this : delegate.with(options);
  }

  @Override
  public CompletableFuture<Cluster> deploy(DeployClusterRequest request) {
    return delegate == null
        ? unsupported("deploy(DeployClusterRequest)")
        : delegate.deploy(request);
  }

  @Override
  public CompletableFuture<Cluster> get(String id) {
    return delegate == null ? unsupported("get(String)") : delegate.get(id);
  }

  @Override
  public CompletableFuture<Optional<Cluster>> find(String id) {
    return delegate == null ? unsupported("find(String)") : delegate.find(id);
  }

  @Override
  public CompletableFuture<List<Cluster>> list() {
    return delegate == null ? unsupported("list()") : delegate.list();
  }

  @Override
  public CompletableFuture<Cluster> update(String id, UpdateClusterRequest request) {
    return delegate == null
        ? unsupported("update(String, UpdateClusterRequest)")
        : delegate.update(id, request);
  }

  @Override
  public CompletableFuture<Cluster> suspend(String id) {
    return delegate == null ? unsupported("suspend(String)") : delegate.suspend(id);
  }

  @Override
  public CompletableFuture<Cluster> resume(String id) {
    return delegate == null ? unsupported("resume(String)") : delegate.resume(id);
  }

  @Override
  public CompletableFuture<Cluster> clone(String id, String newId) {
    return delegate == null ? unsupported("clone(String, String)") : delegate.clone(id, newId);
  }

  @Override
  public CompletableFuture<Cluster> destroy(String id) {
    return delegate == null ? unsupported("destroy(String)") : delegate.destroy(id);
  }

  @Override
  public CompletableFuture<List<String>> versions() {
    return delegate == null ? unsupported("versions()") : delegate.versions();
  }

  @Override
  public CompletableFuture<Cluster> await(String id, ClusterStatus status, WaitOptions options) {
    return delegate == null
        ? unsupported("await(String, ClusterStatus, WaitOptions)")
        : delegate.await(id, status, options);
  }

  @Override
  public CompletableFuture<List<Cluster>> awaitAll(
      Collection<String> ids, ClusterStatus status, WaitOptions options) {
    return delegate == null
        ? unsupported("awaitAll(Collection, ClusterStatus, WaitOptions)")
        : delegate.awaitAll(ids, status, options);
  }

  @Override
  public CompletableFuture<@Nullable Void> awaitDestroyed(String id, WaitOptions options) {
    return delegate == null
        ? unsupported("awaitDestroyed(String, WaitOptions)")
        : delegate.awaitDestroyed(id, options);
  }

  @Override
  public CompletableFuture<@Nullable Void> awaitAllDestroyed(
      Collection<String> ids, WaitOptions options) {
    return delegate == null
        ? unsupported("awaitAllDestroyed(Collection, WaitOptions)")
        : delegate.awaitAllDestroyed(ids, options);
  }

  @Override
  public CompletableFuture<Cluster> deployAndAwait(
      DeployClusterRequest request, WaitOptions options) {
    return delegate == null
        ? unsupported("deployAndAwait(DeployClusterRequest, WaitOptions)")
        : delegate.deployAndAwait(request, options);
  }

  @Override
  public CompletableFuture<Cluster> suspendAndAwait(String id, WaitOptions options) {
    return delegate == null
        ? unsupported("suspendAndAwait(String, WaitOptions)")
        : delegate.suspendAndAwait(id, options);
  }

  @Override
  public CompletableFuture<Cluster> resumeAndAwait(String id, WaitOptions options) {
    return delegate == null
        ? unsupported("resumeAndAwait(String, WaitOptions)")
        : delegate.resumeAndAwait(id, options);
  }

  @Override
  public CompletableFuture<Cluster> cloneAndAwait(String id, String newId, WaitOptions options) {
    return delegate == null
        ? unsupported("cloneAndAwait(String, String, WaitOptions)")
        : delegate.cloneAndAwait(id, newId, options);
  }

  @Override
  public CompletableFuture<@Nullable Void> destroyAndAwait(String id, WaitOptions options) {
    return delegate == null
        ? unsupported("destroyAndAwait(String, WaitOptions)")
        : delegate.destroyAndAwait(id, options);
  }

  @Override
  public CompletableFuture<ClusterPlan> plan(DeployClusterRequest request) {
    return delegate == null ? unsupported("plan(DeployClusterRequest)") : delegate.plan(request);
  }

  @Override
  public CompletableFuture<Cluster> ensure(DeployClusterRequest request, WaitOptions options) {
    return delegate == null
        ? unsupported("ensure(DeployClusterRequest, WaitOptions)")
        : delegate.ensure(request, options);
  }

  private <T> CompletableFuture<T> unsupported(String method) {
    return CompletableFuture.failedFuture(ForwardingClustersApi.unsupported(getClass(), method));
  }
}
