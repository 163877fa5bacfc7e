package io.github.typedbcloud;

import io.github.typedbcloud.ClusterPlan.Step;
import io.github.typedbcloud.error.FailedCall;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.internal.api.Operation;
import io.github.typedbcloud.internal.concurrent.Futures;
import io.github.typedbcloud.internal.concurrent.TaskContexts.TaskContext;
import io.github.typedbcloud.internal.concurrent.TaskExecutor;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs each operation as a task that calls the synchronous method; a wait does not block one. */
final class ScopedAsyncClusters implements AsyncClustersApi {

  private final ScopedClusters clusters;
  private final TaskExecutor tasks;

  ScopedAsyncClusters(ScopedClusters clusters, TaskExecutor tasks) {
    this.clusters = clusters;
    this.tasks = tasks;
  }

  @Override
  public AsyncClustersApi with(RequestOptions options) {
    return clusters.with(options).async();
  }

  @Override
  public CompletableFuture<Cluster> deploy(DeployClusterRequest request) {
    Objects.requireNonNull(request, "request must not be null");
    return call(Operation.DEPLOY, request.id(), clusters -> clusters.deploy(request));
  }

  @Override
  public CompletableFuture<Cluster> get(String id) {
    Objects.requireNonNull(id, "id must not be null");
    return call(Operation.GET, id, clusters -> clusters.get(id));
  }

  @Override
  public CompletableFuture<Optional<Cluster>> find(String id) {
    Objects.requireNonNull(id, "id must not be null");
    return call(Operation.GET, id, clusters -> clusters.find(id));
  }

  @Override
  public CompletableFuture<List<Cluster>> list() {
    return call(Operation.LIST, null, ClustersApi::list);
  }

  @Override
  public CompletableFuture<Cluster> update(String id, UpdateClusterRequest request) {
    Objects.requireNonNull(id, "id must not be null");
    Objects.requireNonNull(request, "request must not be null");
    return call(Operation.UPDATE, id, clusters -> clusters.update(id, request));
  }

  @Override
  public CompletableFuture<Cluster> suspend(String id) {
    Objects.requireNonNull(id, "id must not be null");
    return call(Operation.SUSPEND, id, clusters -> clusters.suspend(id));
  }

  @Override
  public CompletableFuture<Cluster> resume(String id) {
    Objects.requireNonNull(id, "id must not be null");
    return call(Operation.RESUME, id, clusters -> clusters.resume(id));
  }

  @Override
  public CompletableFuture<Cluster> clone(String id, String newId) {
    Objects.requireNonNull(id, "id must not be null");
    Objects.requireNonNull(newId, "newId must not be null");
    return call(Operation.CLONE, id, clusters -> clusters.clone(id, newId));
  }

  @Override
  public CompletableFuture<Cluster> destroy(String id) {
    Objects.requireNonNull(id, "id must not be null");
    return call(Operation.DESTROY, id, clusters -> clusters.destroy(id));
  }

  @Override
  public CompletableFuture<List<String>> versions() {
    return call(Operation.VERSIONS, null, ClustersApi::versions);
  }

  @Override
  public CompletableFuture<Cluster> await(String id, ClusterStatus status, WaitOptions options) {
    Objects.requireNonNull(id, "id must not be null");
    Objects.requireNonNull(status, "status must not be null");
    Objects.requireNonNull(options, "options must not be null");
    return one(awaitAsync(List.of(id), status, options));
  }

  @Override
  public CompletableFuture<List<Cluster>> awaitAll(
      Collection<String> ids, ClusterStatus status, WaitOptions options) {
    Objects.requireNonNull(ids, "ids must not be null");
    Objects.requireNonNull(status, "status must not be null");
    Objects.requireNonNull(options, "options must not be null");
    return all(awaitAsync(ids, status, options));
  }

  @Override
  public CompletableFuture<@Nullable Void> awaitDestroyed(String id, WaitOptions options) {
    Objects.requireNonNull(id, "id must not be null");
    Objects.requireNonNull(options, "options must not be null");
    return none(awaitAsync(List.of(id), null, options));
  }

  @Override
  public CompletableFuture<@Nullable Void> awaitAllDestroyed(
      Collection<String> ids, WaitOptions options) {
    Objects.requireNonNull(ids, "ids must not be null");
    Objects.requireNonNull(options, "options must not be null");
    return none(awaitAsync(ids, null, options));
  }

  @Override
  public CompletableFuture<Cluster> deployAndAwait(
      DeployClusterRequest request, WaitOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    return Futures.chain(
        deploy(request), cluster -> await(cluster.id(), ClusterStatus.RUNNING, options));
  }

  @Override
  public CompletableFuture<Cluster> suspendAndAwait(String id, WaitOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    return Futures.chain(
        suspend(id), cluster -> await(cluster.id(), ClusterStatus.SUSPENDED, options));
  }

  @Override
  public CompletableFuture<Cluster> resumeAndAwait(String id, WaitOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    return Futures.chain(
        resume(id), cluster -> await(cluster.id(), ClusterStatus.RUNNING, options));
  }

  @Override
  public CompletableFuture<Cluster> cloneAndAwait(String id, String newId, WaitOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    return Futures.chain(
        clone(id, newId), cluster -> await(cluster.id(), ClusterStatus.RUNNING, options));
  }

  @Override
  public CompletableFuture<@Nullable Void> destroyAndAwait(String id, WaitOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    return Futures.chain(destroy(id), cluster -> awaitDestroyed(cluster.id(), options));
  }

  @Override
  public CompletableFuture<ClusterPlan> plan(DeployClusterRequest request) {
    Objects.requireNonNull(request, "request must not be null");
    return call(Operation.GET, request.id(), clusters -> clusters.plan(request));
  }

  @Override
  public CompletableFuture<Cluster> ensure(DeployClusterRequest request, WaitOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    CompletableFuture<Cluster> result = new CompletableFuture<>();
    AtomicReference<CompletableFuture<?>> current = new AtomicReference<>();
    CompletableFuture<?> unused =
        result.whenComplete(
            (cluster, failure) -> {
              CompletableFuture<?> attempt = current.get();
              if (attempt != null) {
                attempt.cancel(false);
              }
            });
    ensure(clusters.ensureLoop(request, options), request, result, current);
    return result;
  }

  /** Executes a plan, and then others, until the result is complete. Returns at once. */
  private void ensure(
      EnsureLoop loop,
      DeployClusterRequest request,
      CompletableFuture<Cluster> result,
      AtomicReference<CompletableFuture<?>> current) {
    CompletableFuture<Next> attempt =
        Futures.chain(
            plan(request),
            plan ->
                Futures.recover(
                    Futures.map(
                        execute(plan, loop::remainingOptions),
                        cluster ->
                            loop.isDone(cluster)
                                ? Next.done(cluster)
                                : Next.pause(loop.pauseAfterMismatch(cluster))),
                    TypeDBCloudException.class,
                    failure -> Next.pause(loop.pauseAfter(plan, failure))));
    current.set(attempt);
    if (result.isDone()) {
      attempt.cancel(false);
    }
    CompletableFuture<?> unused =
        attempt.whenComplete(
            (next, failure) -> {
              if (failure != null) {
                result.completeExceptionally(failure);
              } else if (next.cluster() != null) {
                result.complete(next.cluster());
              } else {
                // On a thread and a stack of its own, however many plans there are.
                TaskContext context = tasks.captureContext();
                tasks
                    .callbacks()
                    .execute(
                        () ->
                            context.run(
                                () -> ensureAgain(next.pause(), loop, request, result, current)));
              }
            });
  }

  private void ensureAgain(
      Duration pause,
      EnsureLoop loop,
      DeployClusterRequest request,
      CompletableFuture<Cluster> result,
      AtomicReference<CompletableFuture<?>> current) {
    try {
      loop.pause(pause);
      if (!result.isDone()) {
        ensure(loop, request, result, current);
      }
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  /**
   * What follows one plan of {@code ensure}.
   *
   * @param cluster the result; null for another plan
   * @param pause before that
   */
  private record Next(@Nullable Cluster cluster, Duration pause) {
    static Next done(Cluster cluster) {
      return new Next(cluster, Duration.ZERO);
    }

    static Next pause(Duration pause) {
      return new Next(null, pause);
    }
  }

  private CompletableFuture<Cluster> execute(ClusterPlan plan, Supplier<WaitOptions> options) {
    try {
      plan.requirePossible();
    } catch (InvalidRequestException e) {
      return CompletableFuture.failedFuture(e);
    }
    String id = plan.request().id();
    CompletableFuture<Cluster> done = CompletableFuture.completedFuture(plan.current());
    for (Step step : plan.steps()) {
      done =
          Futures.chain(
              done,
              before ->
                  switch (step) {
                    case AWAIT_DESTROYED ->
                        Futures.map(awaitDestroyed(id, options.get()), gone -> before);
                    case DEPLOY -> deploy(plan.request());
                    case AWAIT_SUSPENDED -> await(id, ClusterStatus.SUSPENDED, options.get());
                    case RESUME -> resume(id);
                    case UPDATE -> update(id, Objects.requireNonNull(plan.update()));
                    case AWAIT_RUNNING -> await(id, ClusterStatus.RUNNING, options.get());
                  });
    }
    return done;
  }

  private <T> CompletableFuture<T> call(
      Operation operation, @Nullable String id, Function<ClustersApi, T> method) {
    Deadline deadline = clusters.deadline();
    return tasks.submit(
        () -> method.apply(clusters.within(deadline)),
        deadline.remaining(),
        started -> deadlineExceeded(operation, id, started));
  }

  /** The failure of a call that is queued at its deadline, or still running a while after it. */
  private RuntimeException deadlineExceeded(
      Operation operation, @Nullable String id, boolean started) {
    FailedCall call = clusters.describe(operation, id);
    TimeoutException cause = new TimeoutException("the deadline of the call passed");
    if (!started) {
      return new TransportException(
          call,
          TransportException.Reason.TIMED_OUT,
          call
              + " was not sent: its deadline passed before the executor started it. Nothing was"
              + " sent; use a longer request timeout, fewer calls at a time, or an executor with"
              + " more threads.",
          cause);
    }
    String blocked =
        call
            + " did not end at its deadline; a listener, an interceptor or the network blocks its"
            + " thread. ";
    return operation.isRead()
        ? new TransportException(
            call, TransportException.Reason.TIMED_OUT, blocked + "It changed nothing.", cause)
        : new OutcomeUnknownException(
            call,
            null,
            null,
            null,
            blocked
                + "It may or may not have been applied; read "
                + call.target()
                + " before you retry.",
            cause);
  }

  private CompletableFuture<List<Optional<Cluster>>> awaitAsync(
      Collection<String> ids, @Nullable ClusterStatus status, WaitOptions options) {
    try {
      return clusters.awaitAsync(ids, status, options);
    } catch (InvalidRequestException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletableFuture<List<Cluster>> all(
      CompletableFuture<List<Optional<Cluster>>> wait) {
    return Futures.map(wait, found -> found.stream().map(Optional::orElseThrow).toList());
  }

  private static CompletableFuture<Cluster> one(CompletableFuture<List<Optional<Cluster>>> wait) {
    return Futures.map(wait, found -> found.get(0).orElseThrow());
  }

  private static CompletableFuture<@Nullable Void> none(
      CompletableFuture<List<Optional<Cluster>>> wait) {
    return Futures.map(wait, found -> null);
  }

  /** Human-readable form. */
  @Override
  public String toString() {
    return clusters + ", asynchronously";
  }
}
