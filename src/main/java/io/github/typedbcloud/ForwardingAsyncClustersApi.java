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
import java.util.function.Function;
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
    return forward("deploy(DeployClusterRequest)", api -> api.deploy(request));
  }

  @Override
  public CompletableFuture<Cluster> get(String id) {
    return forward("get(String)", api -> api.get(id));
  }

  @Override
  public CompletableFuture<Optional<Cluster>> find(String id) {
    return forward("find(String)", api -> api.find(id));
  }

  @Override
  public CompletableFuture<List<Cluster>> list() {
    return forward("list()", api -> api.list());
  }

  @Override
  public CompletableFuture<Cluster> update(String id, UpdateClusterRequest request) {
    return forward("update(String, UpdateClusterRequest)", api -> api.update(id, request));
  }

  @Override
  public CompletableFuture<Cluster> suspend(String id) {
    return forward("suspend(String)", api -> api.suspend(id));
  }

  @Override
  public CompletableFuture<Cluster> resume(String id) {
    return forward("resume(String)", api -> api.resume(id));
  }

  @Override
  public CompletableFuture<Cluster> clone(String id, String newId) {
    return forward("clone(String, String)", api -> api.clone(id, newId));
  }

  @Override
  public CompletableFuture<Cluster> destroy(String id) {
    return forward("destroy(String)", api -> api.destroy(id));
  }

  @Override
  public CompletableFuture<List<String>> versions() {
    return forward("versions()", api -> api.versions());
  }

  @Override
  public CompletableFuture<Cluster> await(String id, ClusterStatus status, WaitOptions options) {
    return forward(
        "await(String, ClusterStatus, WaitOptions)", api -> api.await(id, status, options));
  }

  @Override
  public CompletableFuture<List<Cluster>> awaitAll(
      Collection<String> ids, ClusterStatus status, WaitOptions options) {
    return forward(
        "awaitAll(Collection, ClusterStatus, WaitOptions)",
        api -> api.awaitAll(ids, status, options));
  }

  @Override
  public CompletableFuture<@Nullable Void> awaitDestroyed(String id, WaitOptions options) {
    return forward("awaitDestroyed(String, WaitOptions)", api -> api.awaitDestroyed(id, options));
  }

  @Override
  public CompletableFuture<@Nullable Void> awaitAllDestroyed(
      Collection<String> ids, WaitOptions options) {
    return forward(
        "awaitAllDestroyed(Collection, WaitOptions)", api -> api.awaitAllDestroyed(ids, options));
  }

  @Override
  public CompletableFuture<Cluster> deployAndAwait(
      DeployClusterRequest request, WaitOptions options) {
    return forward(
        "deployAndAwait(DeployClusterRequest, WaitOptions)",
        api -> api.deployAndAwait(request, options));
  }

  @Override
  public CompletableFuture<Cluster> suspendAndAwait(String id, WaitOptions options) {
    return forward("suspendAndAwait(String, WaitOptions)", api -> api.suspendAndAwait(id, options));
  }

  @Override
  public CompletableFuture<Cluster> resumeAndAwait(String id, WaitOptions options) {
    return forward("resumeAndAwait(String, WaitOptions)", api -> api.resumeAndAwait(id, options));
  }

  @Override
  public CompletableFuture<Cluster> cloneAndAwait(String id, String newId, WaitOptions options) {
    return forward(
        "cloneAndAwait(String, String, WaitOptions)", api -> api.cloneAndAwait(id, newId, options));
  }

  @Override
  public CompletableFuture<@Nullable Void> destroyAndAwait(String id, WaitOptions options) {
    return forward("destroyAndAwait(String, WaitOptions)", api -> api.destroyAndAwait(id, options));
  }

  @Override
  public CompletableFuture<ClusterPlan> plan(DeployClusterRequest request) {
    return forward("plan(DeployClusterRequest)", api -> api.plan(request));
  }

  @Override
  public CompletableFuture<Cluster> ensure(DeployClusterRequest request, WaitOptions options) {
    return forward(
        "ensure(DeployClusterRequest, WaitOptions)", api -> api.ensure(request, options));
  }

  private <T extends @Nullable Object> CompletableFuture<T> forward(
      String method, Function<AsyncClustersApi, CompletableFuture<T>> call) {
    return delegate == null
        ? CompletableFuture.failedFuture(ForwardingClustersApi.unsupported(getClass(), method))
        : call.apply(delegate);
  }
}
