package io.github.typedbcloud.internal.settle;

import io.github.typedbcloud.internal.api.ClusterRequests;
import io.github.typedbcloud.internal.settle.WriteOutcome.CannotTell;
import io.github.typedbcloud.internal.settle.WriteOutcome.Done;
import io.github.typedbcloud.internal.settle.WriteOutcome.NotDone;
import io.github.typedbcloud.internal.settle.WriteOutcome.TakenByAnother;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The settlement of each write, for one scope. */
public final class WriteVerifications {

  private final Scope scope;
  private final ClusterRequests requests;

  public WriteVerifications(Scope scope, ClusterRequests requests) {
    this.scope = scope;
    this.requests = requests;
  }

  /** Ours is the cluster of that ID when it is as asked for and no older than our call. */
  public WriteVerification deploy(DeployClusterRequest request) {
    return new WriteVerification(
        requests.canAskFor(request.id()) ? requests.get(request.id()) : requests.list(),
        requests.cluster(request.id()),
        reading -> created(reading, request.id(), cluster -> ClusterDiff.of(cluster, request)));
  }

  /** The clone is compared with its original, so both are read, with all others, at one moment. */
  public WriteVerification clone(String id, String newId) {
    return new WriteVerification(
        requests.list(),
        requests.cluster(newId),
        reading -> {
          Optional<Cluster> original = reading.find(id);
          return created(
              reading,
              newId,
              cluster -> original.isEmpty() || ClusterDiff.of(cluster, original.get()));
        });
  }

  public WriteVerification suspend(String id) {
    return byStatus(id, Set.of(ClusterStatus.SUSPENDING, ClusterStatus.SUSPENDED));
  }

  public WriteVerification resume(String id) {
    return byStatus(id, Set.of(ClusterStatus.RESUMING, ClusterStatus.RUNNING));
  }

  /**
   * A cluster that is gone can no longer be shown: the result then has its ID, its scope and the
   * status {@code destroying} alone. One that was made since is somebody else's, which another
   * attempt would destroy.
   */
  public WriteVerification destroy(String id) {
    Cluster gone = Cluster.builder(id).owner(scope).status(ClusterStatus.DESTROYING).build();
    return new WriteVerification(
        requests.get(id),
        requests.cluster(id),
        reading -> {
          Optional<Cluster> found = reading.find(id);
          if (found.isEmpty() || reading.isCreatedSince(found.get())) {
            return new Done(gone);
          }
          return found.get().status().equals(ClusterStatus.DESTROYING)
              ? new Done(found.get())
              : new NotDone();
        });
  }

  /** A renamed cluster is there under its new ID and no longer under its old one. */
  public WriteVerification update(String id, UpdateClusterRequest request) {
    String newId = request.id() == null ? id : request.id();
    boolean renamed = !newId.equals(id);
    return new WriteVerification(
        renamed ? requests.list() : requests.get(id),
        requests.cluster(newId),
        reading -> {
          Optional<Cluster> found = reading.find(newId);
          if (found.isEmpty() || (renamed && reading.find(id).isPresent())) {
            return new NotDone();
          }
          if (!ClusterDiff.of(found.get(), request)) {
            return new NotDone();
          }
          return renamed || ClusterDiff.showsAll(request)
              ? new Done(found.get())
              : new CannotTell();
        });
  }

  private WriteVerification byStatus(String id, Set<ClusterStatus> done) {
    return new WriteVerification(
        requests.get(id),
        requests.cluster(id),
        reading ->
            reading
                .find(id)
                .filter(cluster -> done.contains(cluster.status()))
                .<WriteOutcome>map(Done::new)
                .orElseGet(NotDone::new));
  }

  private static WriteOutcome created(Snapshot reading, String id, Predicate<Cluster> asAsked) {
    Optional<Cluster> found = reading.find(id);
    if (found.isEmpty()) {
      return new NotDone();
    }
    Cluster cluster = found.get();
    return asAsked.test(cluster) && reading.mayBeCreatedSince(cluster)
        ? new Done(cluster)
        : new TakenByAnother(cluster);
  }
}
