package io.github.typedbcloud;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.validation.Violation;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A base class for stubs and decorators of {@link ClustersApi}: a subclass overrides the methods
 * that it needs. It has every operation that the interface gets in later releases.
 *
 * <p>Without a delegate, it is a stub: methods that are not overridden throw an {@link
 * UnsupportedOperationException} that names them, except {@link #with}, which returns this object.
 * With a delegate, it is a decorator: they call the delegate. {@link #with} and {@link #async} then
 * return those of the delegate, without what the subclass adds; override them as well.
 *
 * <p>In both, the methods that are {@code default} in the interface call the others of this object:
 * {@code deployAndAwait} calls {@link #deploy} and {@link #await(String, ClusterStatus,
 * WaitOptions)}. Only {@link #ensure(DeployClusterRequest, WaitOptions)} calls the delegate if
 * there is one.
 *
 * <pre>{@code
 * ClustersApi clusters =
 *     new ForwardingClustersApi() {
 *       @Override
 *       public List<Cluster> list() {
 *         return List.of(Cluster.builder("a").build());
 *       }
 *     };
 * }</pre>
 */
public abstract class ForwardingClustersApi implements ClustersApi {

  private final @Nullable ClustersApi delegate;

  /** Creates a stub. */
  protected ForwardingClustersApi() {
    this.delegate = null;
  }

  /**
   * Creates a decorator.
   *
   * @param delegate what the methods call that are not overridden
   */
  protected ForwardingClustersApi(ClustersApi delegate) {
    this.delegate = Objects.requireNonNull(delegate, "delegate must not be null");
  }

  @Override
  public ClustersApi with(RequestOptions options) {
    return delegate == null ? this : delegate.with(options);
  }

  @Override
  public AsyncClustersApi async() {
    return delegate("async()").async();
  }

  @Override
  public Cluster deploy(DeployClusterRequest request) {
    return delegate("deploy(DeployClusterRequest)").deploy(request);
  }

  @Override
  public Cluster get(String id) {
    return delegate("get(String)").get(id);
  }

  @Override
  public Optional<Cluster> find(String id) {
    return delegate("find(String)").find(id);
  }

  @Override
  public List<Cluster> list() {
    return delegate("list()").list();
  }

  @Override
  public Cluster update(String id, UpdateClusterRequest request) {
    return delegate("update(String, UpdateClusterRequest)").update(id, request);
  }

  @Override
  public Cluster suspend(String id) {
    return delegate("suspend(String)").suspend(id);
  }

  @Override
  public Cluster resume(String id) {
    return delegate("resume(String)").resume(id);
  }

  @Override
  public Cluster clone(String id, String newId) {
    return delegate("clone(String, String)").clone(id, newId);
  }

  @Override
  public Cluster destroy(String id) {
    return delegate("destroy(String)").destroy(id);
  }

  @Override
  public List<String> versions() {
    return delegate("versions()").versions();
  }

  @Override
  public Cluster await(String id, ClusterStatus status, WaitOptions options) {
    return delegate("await(String, ClusterStatus, WaitOptions)").await(id, status, options);
  }

  @Override
  public List<Cluster> awaitAll(Collection<String> ids, ClusterStatus status, WaitOptions options) {
    return delegate("awaitAll(Collection, ClusterStatus, WaitOptions)")
        .awaitAll(ids, status, options);
  }

  @Override
  public void awaitDestroyed(String id, WaitOptions options) {
    delegate("awaitDestroyed(String, WaitOptions)").awaitDestroyed(id, options);
  }

  @Override
  public void awaitAllDestroyed(Collection<String> ids, WaitOptions options) {
    delegate("awaitAllDestroyed(Collection, WaitOptions)").awaitAllDestroyed(ids, options);
  }

  @Override
  public ClusterPlan plan(DeployClusterRequest request) {
    return delegate("plan(DeployClusterRequest)").plan(request);
  }

  @Override
  public Cluster ensure(DeployClusterRequest request, WaitOptions options) {
    return delegate == null
        ? ClustersApi.super.ensure(request, options)
        : delegate.ensure(request, options);
  }

  @Override
  public List<Violation> validate(DeployClusterRequest request) {
    return delegate("validate(DeployClusterRequest)").validate(request);
  }

  @Override
  public List<Violation> validate(UpdateClusterRequest request) {
    return delegate("validate(UpdateClusterRequest)").validate(request);
  }

  private ClustersApi delegate(String method) {
    if (delegate == null) {
      throw unsupported(getClass(), method);
    }
    return delegate;
  }

  static UnsupportedOperationException unsupported(Class<?> type, String method) {
    return new UnsupportedOperationException(
        type.getName() + " does not override " + method + ", and has no delegate.");
  }
}
