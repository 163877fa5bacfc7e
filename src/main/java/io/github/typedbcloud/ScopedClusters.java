package io.github.typedbcloud;

import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.api.ClusterRequests;
import io.github.typedbcloud.internal.api.Operation;
import io.github.typedbcloud.internal.call.Calls;
import io.github.typedbcloud.internal.call.Decoder;
import io.github.typedbcloud.internal.wait.Goal;
import io.github.typedbcloud.internal.wait.Waiter;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.validation.Catalog;
import io.github.typedbcloud.validation.RequestRules;
import io.github.typedbcloud.validation.Violation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Each operation as its stages: validate, build the request, carry it out, decode. */
final class ScopedClusters implements ClustersApi {

  private final Scope scope;
  private final ClusterRequests requests;
  private final RequestRules rules;
  private final Catalog catalog;
  private final Calls calls;
  private final Waiter waiter;

  ScopedClusters(Scope scope, RequestRules rules, Catalog catalog, Calls calls, Waiter waiter) {
    this.scope = scope;
    this.requests = new ClusterRequests(scope);
    this.rules = rules;
    this.catalog = catalog;
    this.calls = calls;
    this.waiter = waiter;
  }

  @Override
  public Cluster deploy(DeployClusterRequest request) {
    require(validate(request), Operation.DEPLOY, request.id());
    return calls.execute(
        requests.deploy(request.id(), withStorageType(request).toJson()), Decoder.CLUSTER);
  }

  @Override
  public Cluster get(String id) {
    return calls.execute(requests.get(id), Decoder.CLUSTER);
  }

  @Override
  public Optional<Cluster> find(String id) {
    return unlessAbsent(() -> get(id));
  }

  @Override
  public List<Cluster> list() {
    return calls.execute(requests.list(), Decoder.CLUSTERS);
  }

  @Override
  public Cluster update(String id, UpdateClusterRequest request) {
    // Where the operation does not exist, its rules say nothing of use.
    ApiRequest call = requests.update(id, request.toJson());
    require(validate(request), Operation.UPDATE, id);
    return calls.execute(call, Decoder.CLUSTER);
  }

  @Override
  public Cluster suspend(String id) {
    return calls.execute(requests.suspend(id), Decoder.CLUSTER);
  }

  @Override
  public Cluster resume(String id) {
    return calls.execute(requests.resume(id), Decoder.CLUSTER);
  }

  @Override
  public Cluster clone(String id, String newId) {
    Objects.requireNonNull(newId, "newId must not be null");
    ApiRequest call = requests.clone(id, newId);
    require(rules.clone(newId), Operation.CLONE, id);
    return calls.execute(call, Decoder.CLUSTER);
  }

  @Override
  public Cluster destroy(String id) {
    return calls.execute(requests.destroy(id), Decoder.CLUSTER);
  }

  @Override
  public List<String> versions() {
    return calls.execute(requests.versions(), Decoder.VERSIONS);
  }

  @Override
  public Cluster await(String id, ClusterStatus status) {
    return await(id, status, WaitOptions.defaults());
  }

  @Override
  public Cluster await(String id, ClusterStatus status, WaitOptions options) {
    Objects.requireNonNull(status, "status must not be null");
    return await(new Goal(id, requests.cluster(id), status), options).orElseThrow();
  }

  @Override
  public void awaitDestroyed(String id) {
    awaitDestroyed(id, WaitOptions.defaults());
  }

  @Override
  public void awaitDestroyed(String id, WaitOptions options) {
    await(new Goal(id, requests.cluster(id), null), options);
  }

  @Override
  public List<Violation> validate(DeployClusterRequest request) {
    return List.copyOf(rules.deploy(request));
  }

  @Override
  public List<Violation> validate(UpdateClusterRequest request) {
    return List.copyOf(rules.update(request));
  }

  private Optional<Cluster> await(Goal goal, WaitOptions options) {
    ApiRequest get = requests.get(goal.clusterId());
    return waiter.await(
        goal,
        options.plan(),
        timeout -> unlessAbsent(() -> calls.execute(get, Decoder.CLUSTER, timeout)));
  }

  private static Optional<Cluster> unlessAbsent(Supplier<Cluster> read) {
    try {
      return Optional.of(read.get());
    } catch (NotFoundException e) {
      return Optional.empty();
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
