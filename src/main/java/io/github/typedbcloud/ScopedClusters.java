package io.github.typedbcloud;

import io.github.typedbcloud.error.FailedCall;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.event.WaitInfo;
import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.ClusterCalls;
import io.github.typedbcloud.internal.api.Operation;
import io.github.typedbcloud.internal.call.CallOptions;
import io.github.typedbcloud.internal.call.OwnWrite;
import io.github.typedbcloud.internal.call.WriteVerifications;
import io.github.typedbcloud.internal.concurrent.TaskContexts.TaskContext;
import io.github.typedbcloud.internal.concurrent.TaskExecutor;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.listeners.ListenerDispatcher;
import io.github.typedbcloud.internal.listeners.WaitEvents;
import io.github.typedbcloud.internal.wait.PollSchedule;
import io.github.typedbcloud.internal.wait.PollSource;
import io.github.typedbcloud.internal.wait.RecentWrite;
import io.github.typedbcloud.internal.wait.WaitCoordinator;
import io.github.typedbcloud.internal.wait.WaitTarget;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.validation.Violation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Validates each request, builds its call, and has it executed. */
final class ScopedClusters implements ClustersApi {

  private final Scope scope;
  private final TypeDBCloudClient.Api api;
  private final WaitCoordinator waits;
  private final TaskExecutor tasks;
  private final CallOptions options;
  private final ListenerDispatcher listeners;
  private final ClusterCalls calls;
  private final WriteVerifications verifications;

  ScopedClusters(
      Scope scope,
      TypeDBCloudClient.Api api,
      WaitCoordinator waits,
      TaskExecutor tasks,
      CallOptions options,
      ListenerDispatcher listeners) {
    this.scope = scope;
    this.api = api;
    this.waits = waits;
    this.tasks = tasks;
    this.options = options;
    this.listeners = listeners;
    this.calls = new ClusterCalls(scope);
    this.verifications = new WriteVerifications(scope, calls);
  }

  @Override
  public ClustersApi with(RequestOptions changes) {
    Objects.requireNonNull(changes, "options must not be null");
    return with(changes.over(options));
  }

  private ScopedClusters with(CallOptions changed) {
    return new ScopedClusters(scope, api, waits, tasks, changed, listeners);
  }

  @Override
  public AsyncClustersApi async() {
    return new ScopedAsyncClusters(this, tasks);
  }

  /** The deadline of a call that starts now. */
  Deadline deadline() {
    return Deadline.after(options.timeout());
  }

  /** The same clusters for a call that started earlier. */
  ScopedClusters within(Deadline deadline) {
    return with(options.withTimeout(deadline.remaining()));
  }

  @Override
  public Cluster deploy(DeployClusterRequest request) {
    requireValid(validate(request), Operation.DEPLOY, request.id());
    return api.executor()
        .write(
            calls.deploy(request.id(), withStorageType(request).toMap()),
            () -> verifications.deploy(request),
            options);
  }

  @Override
  public Cluster get(String id) {
    return api.executor().read(calls.get(id), null, options).orElseThrow();
  }

  @Override
  public Optional<Cluster> find(String id) {
    return api.executor().read(calls.get(id), calls.list(), options);
  }

  @Override
  public List<Cluster> list() {
    return api.executor().read(calls.list(), null, options).orElseThrow();
  }

  @Override
  public Cluster update(String id, UpdateClusterRequest request) {
    Objects.requireNonNull(id, "id must not be null");
    Objects.requireNonNull(request, "request must not be null");
    // Built before it is validated: where the operation is not offered, its rules do not matter.
    String newId = request.id() == null ? id : request.id();
    ApiCall<Cluster> call = calls.onCluster(Operation.UPDATE, id, request.toMap());
    requireValid(validate(request), Operation.UPDATE, id);
    return newId.equals(id)
        ? api.executor().write(call, () -> verifications.update(id, request), options)
        : api.executor()
            .writeAfterRead(
                calls.get(id),
                call,
                before -> verifications.rename(before, newId, request),
                options);
  }

  @Override
  public Cluster suspend(String id) {
    ApiCall<Cluster> call = calls.onCluster(Operation.SUSPEND, id, null);
    return api.executor().write(call, () -> verifications.suspend(id), options);
  }

  @Override
  public Cluster resume(String id) {
    ApiCall<Cluster> call = calls.onCluster(Operation.RESUME, id, null);
    return api.executor().write(call, () -> verifications.resume(id), options);
  }

  @Override
  public Cluster clone(String id, String newId) {
    Objects.requireNonNull(newId, "newId must not be null");
    ApiCall<Cluster> call = calls.onCluster(Operation.CLONE, id, Map.of("id", newId));
    requireValid(api.rules().clone(newId), Operation.CLONE, id);
    return api.executor().write(call, () -> verifications.clone(id, newId), options);
  }

  @Override
  public Cluster destroy(String id) {
    ApiCall<Cluster> call = calls.onCluster(Operation.DESTROY, id, null);
    return api.executor().write(call, () -> verifications.destroy(id), options);
  }

  @Override
  public List<String> versions() {
    return api.executor().read(calls.versions(), null, options).orElseThrow();
  }

  @Override
  public Cluster await(String id, ClusterStatus status, WaitOptions options) {
    Objects.requireNonNull(id, "id must not be null");
    return awaitAll(List.of(id), status, options).get(0);
  }

  @Override
  public void awaitDestroyed(String id, WaitOptions options) {
    Objects.requireNonNull(id, "id must not be null");
    awaitAllDestroyed(List.of(id), options);
  }

  @Override
  public List<Cluster> awaitAll(Collection<String> ids, ClusterStatus status, WaitOptions options) {
    Objects.requireNonNull(ids, "ids must not be null");
    Objects.requireNonNull(options, "options must not be null");
    Objects.requireNonNull(status, "status must not be null");
    return awaitTargets(ids, status, options).stream().map(Optional::orElseThrow).toList();
  }

  @Override
  public void awaitAllDestroyed(Collection<String> ids, WaitOptions options) {
    Objects.requireNonNull(ids, "ids must not be null");
    Objects.requireNonNull(options, "options must not be null");
    awaitTargets(ids, null, options);
  }

  @Override
  public List<Violation> validate(DeployClusterRequest request) {
    return new ViolationList(api.rules().deploy(request));
  }

  @Override
  public List<Violation> validate(UpdateClusterRequest request) {
    return new ViolationList(api.rules().update(request));
  }

  @Override
  public ClusterPlan plan(DeployClusterRequest request) {
    requireValid(validate(request), Operation.DEPLOY, request.id());
    ClusterPlan plan =
        ClusterPlan.of(
            request, find(request.id()), calls.isOffered(Operation.UPDATE), api::withoutSecrets);
    OwnWrite last = api.executor().lastWrite(scope, request.id());
    boolean mayBeOlder =
        last != null
            && last.statusBefore() != null
            && last.isRecent(api.time().elapsed(), options.verificationWindow());
    return mayBeOlder && plan.isFulfilled() ? plan.awaitingRunning() : plan;
  }

  @Override
  public Cluster ensure(DeployClusterRequest request, WaitOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    return ensureLoop(request, options).run(this);
  }

  /** A call that was not made, as exceptions describe it. */
  FailedCall describe(Operation operation, @Nullable String id) {
    return calls.describe(operation, id);
  }

  EnsureLoop ensureLoop(DeployClusterRequest request, WaitOptions options) {
    return new EnsureLoop(
        request, options, this.options.verificationWindow(), api.time(), api::withoutSecrets);
  }

  private List<Optional<Cluster>> awaitTargets(
      Collection<String> ids, @Nullable ClusterStatus status, WaitOptions options) {
    List<WaitTarget> targets = targets(ids, status);
    if (targets.isEmpty()) {
      return List.of();
    }
    WaitEvents wait = listeners.waitStarted(scope, ids, status);
    try {
      List<Optional<Cluster>> found =
          waits.awaitAll(pollKey(), new Polls(wait.info()), targets, schedule(options, wait));
      wait.ended(null);
      return found;
    } catch (RuntimeException | Error e) {
      wait.ended(e);
      throw e;
    }
  }

  /** Waits without blocking a thread; without a status until the clusters are destroyed. */
  CompletableFuture<List<Optional<Cluster>>> awaitAsync(
      Collection<String> ids, @Nullable ClusterStatus status, WaitOptions options) {
    List<WaitTarget> targets = targets(ids, status);
    if (targets.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    WaitEvents wait = listeners.waitStarted(scope, ids, status);
    CompletableFuture<List<Optional<Cluster>>> found =
        waits.awaitAllAsync(pollKey(), new Polls(wait.info()), targets, schedule(options, wait));
    CompletableFuture<?> unused = found.whenComplete((clusters, failure) -> wait.ended(failure));
    return found;
  }

  private PollSchedule schedule(WaitOptions options, WaitEvents wait) {
    return listeners.wantsPolls()
        ? options.schedule().withListener(wait::polled)
        : options.schedule();
  }

  private String pollKey() {
    return calls.list().path();
  }

  private List<WaitTarget> targets(Collection<String> ids, @Nullable ClusterStatus status) {
    // Throws for an ID that no call can name, before the wait starts.
    ids.forEach(calls::get);
    return ids.stream()
        .map(id -> new WaitTarget(id, calls.describe(id), status, ownWrite(id)))
        .toList();
  }

  /** What this client wrote lately; reads may not show it until the verification window ends. */
  private @Nullable RecentWrite ownWrite(String id) {
    OwnWrite last = api.executor().lastWrite(scope, id);
    Duration window = options.verificationWindow();
    if (last == null || !last.isRecent(api.time().elapsed(), window)) {
      return null;
    }
    return new RecentWrite(
        last.createdAt(),
        last.statusBefore(),
        last.isRecentCreation(api.time().elapsed(), window)
            ? Objects.requireNonNull(last.appearedAt()).plus(window)
            : Duration.ZERO,
        last.at().plus(window));
  }

  /** The polls of the waits of this scope, which all of them share. */
  private final class Polls implements PollSource {

    private final WaitInfo wait;

    /** Of the caller of the wait, which makes this. */
    private final TaskContext context = tasks.captureContext();

    Polls(WaitInfo wait) {
      this.wait = wait;
    }

    @Override
    public void inContext(Runnable work) {
      context.run(work);
    }

    @Override
    public Duration callTimeout() {
      return options.timeout();
    }

    @Override
    public Optional<Cluster> find(String id, Duration timeout) {
      return api.executor().read(calls.get(id), calls.list(), options.forPoll(timeout, wait));
    }

    @Override
    public List<Cluster> list(Duration timeout) {
      return api.executor().read(calls.list(), null, options.forPoll(timeout, wait)).orElseThrow();
    }

    @Override
    public String withoutSecrets(String message) {
      return api.withoutSecrets(message);
    }
  }

  /** The service requires a storage type, and the versions of the API differ in that of AWS. */
  private DeployClusterRequest withStorageType(DeployClusterRequest request) {
    List<String> offered = api.catalog().storageTypes(request.provider());
    return request.storageType() != null || offered.isEmpty()
        ? request
        : request.toBuilder().storageType(offered.get(0)).build();
  }

  private void requireValid(List<Violation> violations, Operation operation, String id) {
    if (!violations.isEmpty()) {
      throw new InvalidRequestException(
          operation.title() + " of " + calls.describe(id), violations);
    }
  }

  /** Human-readable form. */
  @Override
  public String toString() {
    return "clusters of " + scope;
  }
}
