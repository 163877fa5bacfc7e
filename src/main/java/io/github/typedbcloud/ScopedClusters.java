package io.github.typedbcloud;

import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.api.ClusterRequests;
import io.github.typedbcloud.internal.api.Operation;
import io.github.typedbcloud.internal.call.CallExecutor;
import io.github.typedbcloud.internal.call.CallOptions;
import io.github.typedbcloud.internal.call.Decoders;
import io.github.typedbcloud.internal.concurrent.TaskExecutor;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.listeners.ListenerDispatcher;
import io.github.typedbcloud.internal.listeners.WaitEvents;
import io.github.typedbcloud.internal.settle.WriteVerifications;
import io.github.typedbcloud.internal.validation.RequestRules;
import io.github.typedbcloud.internal.wait.PollKey;
import io.github.typedbcloud.internal.wait.PollSchedule;
import io.github.typedbcloud.internal.wait.PollSource;
import io.github.typedbcloud.internal.wait.WaitCoordinator;
import io.github.typedbcloud.internal.wait.WaitTarget;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.validation.Catalog;
import io.github.typedbcloud.validation.Violation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Each operation as its stages: validate, build the request, carry it out, decode. */
final class ScopedClusters implements ClustersApi {

  private final Scope scope;
  private final ClusterRequests requests;
  private final WriteVerifications settlements;
  private final Planner planner;
  private final RequestRules rules;
  private final Catalog catalog;
  private final CallExecutor calls;
  private final WaitCoordinator waits;
  private final TaskExecutor tasks;
  private final CallOptions settings;
  private final ListenerDispatcher observers;

  ScopedClusters(
      Scope scope,
      RequestRules rules,
      Catalog catalog,
      CallExecutor calls,
      WaitCoordinator waits,
      TaskExecutor tasks,
      CallOptions settings,
      ListenerDispatcher observers) {
    this.scope = scope;
    this.requests = new ClusterRequests(scope);
    this.settlements = new WriteVerifications(scope, requests);
    this.planner = new Planner(requests.supports(Operation.UPDATE));
    this.rules = rules;
    this.catalog = catalog;
    this.calls = calls;
    this.waits = waits;
    this.tasks = tasks;
    this.settings = settings;
    this.observers = observers;
  }

  @Override
  public ClustersApi with(RequestOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    return with(options.over(settings));
  }

  private ScopedClusters with(CallOptions changed) {
    return new ScopedClusters(scope, rules, catalog, calls, waits, tasks, changed, observers);
  }

  @Override
  public AsyncClustersApi async() {
    return new ScopedAsyncClusters(this, tasks);
  }

  /** Of a call that begins now. */
  Deadline deadline() {
    return Deadline.after(settings.timeout());
  }

  /** The same clusters for a call that began earlier. */
  ScopedClusters within(Deadline deadline) {
    return with(settings.within(deadline.remaining()));
  }

  @Override
  public Cluster deploy(DeployClusterRequest request) {
    require(validate(request), Operation.DEPLOY, request.id());
    return calls.write(
        requests.deploy(request.id(), withStorageType(request).toMap()),
        settlements.deploy(request),
        settings);
  }

  @Override
  public Cluster get(String id) {
    return calls.read(requests.get(id), Decoders.CLUSTER, settings);
  }

  @Override
  public Optional<Cluster> find(String id) {
    return calls.find(requests.get(id), Decoders.CLUSTER, settings);
  }

  @Override
  public List<Cluster> list() {
    return calls.read(requests.list(), Decoders.CLUSTERS, settings);
  }

  @Override
  public Cluster update(String id, UpdateClusterRequest request) {
    // Where the operation does not exist, its rules say nothing of use.
    ApiRequest call = requests.update(id, request.toMap());
    require(validate(request), Operation.UPDATE, id);
    return calls.write(call, settlements.update(id, request), settings);
  }

  @Override
  public Cluster suspend(String id) {
    return calls.write(requests.suspend(id), settlements.suspend(id), settings);
  }

  @Override
  public Cluster resume(String id) {
    return calls.write(requests.resume(id), settlements.resume(id), settings);
  }

  @Override
  public Cluster clone(String id, String newId) {
    Objects.requireNonNull(newId, "newId must not be null");
    ApiRequest call = requests.clone(id, newId);
    require(rules.clone(newId), Operation.CLONE, id);
    return calls.write(call, settlements.clone(id, newId), settings);
  }

  @Override
  public Cluster destroy(String id) {
    return calls.write(requests.destroy(id), settlements.destroy(id), settings);
  }

  @Override
  public List<String> versions() {
    return calls.read(requests.versions(), Decoders.VERSIONS, settings);
  }

  @Override
  public Cluster await(String id, ClusterStatus status, WaitOptions options) {
    return awaitAll(List.of(id), status, options).get(0);
  }

  @Override
  public void awaitDestroyed(String id, WaitOptions options) {
    awaitAllDestroyed(List.of(id), options);
  }

  @Override
  public List<Cluster> awaitAll(Collection<String> ids, ClusterStatus status, WaitOptions options) {
    Objects.requireNonNull(status, "status must not be null");
    return awaitGoals(ids, status, options).stream().map(Optional::orElseThrow).toList();
  }

  @Override
  public void awaitAllDestroyed(Collection<String> ids, WaitOptions options) {
    awaitGoals(ids, null, options);
  }

  @Override
  public List<Violation> validate(DeployClusterRequest request) {
    return List.copyOf(rules.deploy(request));
  }

  @Override
  public List<Violation> validate(UpdateClusterRequest request) {
    return List.copyOf(rules.update(request));
  }

  @Override
  public ClusterPlan plan(DeployClusterRequest request) {
    require(validate(request), Operation.DEPLOY, request.id());
    return planner.plan(request, find(request.id()));
  }

  private List<Optional<Cluster>> awaitGoals(
      Collection<String> ids, @Nullable ClusterStatus status, WaitOptions options) {
    List<WaitTarget> goals = goals(ids, status);
    if (goals.isEmpty()) {
      return List.of();
    }
    WaitEvents wait = observers.observeWait(scope, ids, status);
    try {
      List<Optional<Cluster>> found =
          waits.awaitAll(pollKey(), new Polls(), goals, plan(options, wait));
      wait.ended(null);
      return found;
    } catch (RuntimeException | Error e) {
      wait.ended(e);
      throw e;
    }
  }

  /** Waits without a thread; no status stands for being gone. */
  CompletableFuture<List<Optional<Cluster>>> watch(
      Collection<String> ids, @Nullable ClusterStatus status, WaitOptions options) {
    List<WaitTarget> goals = goals(ids, status);
    if (goals.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    WaitEvents wait = observers.observeWait(scope, ids, status);
    CompletableFuture<List<Optional<Cluster>>> found =
        waits.watchAll(pollKey(), new Polls(), goals, plan(options, wait));
    CompletableFuture<?> unused = found.whenComplete((clusters, failure) -> wait.ended(failure));
    return found;
  }

  private PollSchedule plan(WaitOptions options, WaitEvents wait) {
    return observers.pollsAreHeard() ? options.plan().alsoTelling(wait::polled) : options.plan();
  }

  private PollKey pollKey() {
    return new PollKey(requests.list().path(), settings.headers());
  }

  private List<WaitTarget> goals(Collection<String> ids, @Nullable ClusterStatus status) {
    // An ID that cannot be asked for is refused before anybody waits.
    ids.forEach(requests::get);
    return ids.stream().map(id -> new WaitTarget(id, requests.cluster(id), status)).toList();
  }

  /** How the waits of this scope look, which they do for each other. */
  private final class Polls implements PollSource {
    @Override
    public Optional<Cluster> find(String id, Duration timeout) {
      return calls.find(requests.get(id), Decoders.CLUSTER, settings.once(timeout));
    }

    @Override
    public List<Cluster> list(Duration timeout) {
      return calls.read(requests.list(), Decoders.CLUSTERS, settings.once(timeout));
    }
  }

  /** The service requires a storage type, and each generation names that of AWS differently. */
  private DeployClusterRequest withStorageType(DeployClusterRequest request) {
    List<String> offered = catalog.storageTypes(request.provider());
    return request.storageType() != null || offered.isEmpty()
        ? request
        : request.toBuilder().storageType(offered.get(0)).build();
  }

  private void require(List<Violation> violations, Operation operation, String id) {
    if (!violations.isEmpty()) {
      throw new InvalidRequestException(
          operation.title() + " of " + requests.cluster(id), violations);
    }
  }

  /** For people. */
  @Override
  public String toString() {
    return "clusters of " + scope;
  }
}
