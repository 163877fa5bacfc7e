package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.ClusterCalls;
import io.github.typedbcloud.internal.api.Decoders;
import io.github.typedbcloud.internal.call.WriteOutcome.Applied;
import io.github.typedbcloud.internal.call.WriteOutcome.IdTaken;
import io.github.typedbcloud.internal.call.WriteOutcome.NotApplied;
import io.github.typedbcloud.internal.call.WriteOutcome.NotVisible;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The verification of each write, for one scope. Immutable and thread-safe. */
public final class WriteVerifications {

  private final Scope scope;
  private final ClusterCalls calls;

  public WriteVerifications(Scope scope, ClusterCalls calls) {
    this.scope = scope;
    this.calls = calls;
  }

  /** Applied when the cluster of that ID is as requested, and not older than the call. */
  public WriteVerification deploy(DeployClusterRequest request) {
    return new WriteVerification(
        calls.canBeInPath(request.id()) ? readOne(request.id()) : calls.list(),
        calls.describe(request.id()),
        snapshot ->
            created(snapshot, request.id(), cluster -> ClusterDiff.matches(cluster, request)));
  }

  /** The clone is compared with its original, so both are read, from one list. */
  public WriteVerification clone(String id, String newId) {
    return new WriteVerification(
        calls.list(),
        calls.describe(newId),
        snapshot -> {
          Optional<Cluster> original = snapshot.find(id);
          return created(
              snapshot,
              newId,
              cluster -> original.isEmpty() || ClusterDiff.mayBeClone(cluster, original.get()));
        });
  }

  /** Applied when the cluster is being suspended, or is suspended. */
  public WriteVerification suspend(String id) {
    return byStatus(id, Set.of(ClusterStatus.SUSPENDING, ClusterStatus.SUSPENDED));
  }

  /** Applied when the cluster is being resumed, or is running. */
  public WriteVerification resume(String id) {
    return byStatus(id, Set.of(ClusterStatus.RESUMING, ClusterStatus.RUNNING));
  }

  /**
   * Applied when the cluster is being destroyed or does not exist; then the result has its ID, its
   * scope and the status {@code destroying} alone. A cluster created since belongs to somebody
   * else, and another attempt would destroy it.
   */
  public WriteVerification destroy(String id) {
    Cluster destroyed = Cluster.builder(id).owner(scope).status(ClusterStatus.DESTROYING).build();
    return new WriteVerification(
        readOne(id),
        calls.describe(id),
        snapshot -> {
          Optional<Cluster> found = snapshot.find(id);
          if (found.isEmpty() || snapshot.isCreatedSinceCall(found.get())) {
            return new Applied(destroyed);
          }
          return found.get().status().equals(ClusterStatus.DESTROYING)
              ? new Applied(found.get())
              : new NotApplied();
        });
  }

  /** A renamed cluster exists under its new ID and no longer under its old one. */
  public WriteVerification update(String id, UpdateClusterRequest request) {
    String newId = request.id() == null ? id : request.id();
    boolean renames = !newId.equals(id);
    return new WriteVerification(
        renames ? calls.list() : readOne(id),
        calls.describe(newId),
        snapshot -> {
          Optional<Cluster> found = snapshot.find(newId);
          if (found.isEmpty()
              || (renames && snapshot.find(id).isPresent())
              || !ClusterDiff.matches(found.get(), request)) {
            return new NotApplied();
          }
          return renames || ClusterDiff.isVisible(request)
              ? new Applied(found.get())
              : new NotVisible();
        });
  }

  private WriteVerification byStatus(String id, Set<ClusterStatus> applied) {
    return new WriteVerification(
        readOne(id),
        calls.describe(id),
        snapshot ->
            snapshot
                .find(id)
                .filter(cluster -> applied.contains(cluster.status()))
                .<WriteOutcome>map(Applied::new)
                .orElseGet(NotApplied::new));
  }

  private static WriteOutcome created(
      Snapshot snapshot, String id, Predicate<Cluster> isAsRequested) {
    Optional<Cluster> found = snapshot.find(id);
    if (found.isEmpty()) {
      return new NotApplied();
    }
    Cluster cluster = found.get();
    return isAsRequested.test(cluster) && snapshot.mayBeCreatedSinceCall(cluster)
        ? new Applied(cluster)
        : new IdTaken(cluster);
  }

  private ApiCall<List<Cluster>> readOne(String id) {
    return calls.get(id).withDecoder(body -> List.of(Decoders.CLUSTER.decode(body)));
  }
}
