package io.github.typedbcloud.internal.settle;

import io.github.typedbcloud.internal.api.ClusterRequests;
import io.github.typedbcloud.internal.settle.Finding.CannotTell;
import io.github.typedbcloud.internal.settle.Finding.Done;
import io.github.typedbcloud.internal.settle.Finding.NotDone;
import io.github.typedbcloud.internal.settle.Finding.TakenByAnother;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The settlement of each write, for one scope. */
public final class Settlements {

  private final Scope scope;
  private final ClusterRequests requests;

  public Settlements(Scope scope, ClusterRequests requests) {
    this.scope = scope;
    this.requests = requests;
  }

  /** Ours is the cluster of that ID when it is as asked for and no older than our call. */
  public Settlement deploy(DeployClusterRequest request) {
    return new Settlement(
        requests.canAskFor(request.id()) ? requests.get(request.id()) : requests.list(),
        requests.cluster(request.id()),
        reading -> created(reading, request.id(), cluster -> Likeness.of(cluster, request)));
  }

  /** The clone is compared with its original, so both are read, with all others, at one moment. */
  public Settlement clone(String id, String newId) {
    return new Settlement(
        requests.list(),
        requests.cluster(newId),
        reading -> {
          Optional<Cluster> original = reading.find(id);
          return created(
              reading,
              newId,
              cluster -> original.isEmpty() || Likeness.of(cluster, original.get()));
        });
  }

  public Settlement suspend(String id) {
    return byStatus(id, Set.of(ClusterStatus.SUSPENDING, ClusterStatus.SUSPENDED));
  }

  public Settlement resume(String id) {
    return byStatus(id, Set.of(ClusterStatus.RESUMING, ClusterStatus.RUNNING));
  }

  /**
   * A cluster that is gone can no longer be shown: the result then has its ID, its scope and the
   * status {@code destroying} alone. One that was made since is somebody else's, which another
   * attempt would destroy.
   */
  public Settlement destroy(String id) {
    Cluster gone = Cluster.builder(id).owner(scope).status(ClusterStatus.DESTROYING).build();
    return new Settlement(
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
  public Settlement update(String id, UpdateClusterRequest request) {
    String newId = request.id() == null ? id : request.id();
    boolean renamed = !newId.equals(id);
    return new Settlement(
        renamed ? requests.list() : requests.get(id),
        requests.cluster(newId),
        reading -> {
          Optional<Cluster> found = reading.find(newId);
          if (found.isEmpty() || (renamed && reading.find(id).isPresent())) {
            return new NotDone();
          }
          if (!Likeness.of(found.get(), request)) {
            return new NotDone();
          }
          return renamed || Likeness.showsAll(request) ? new Done(found.get()) : new CannotTell();
        });
  }

  private Settlement byStatus(String id, Set<ClusterStatus> done) {
    return new Settlement(
        requests.get(id),
        requests.cluster(id),
        reading ->
            reading
                .find(id)
                .filter(cluster -> done.contains(cluster.status()))
                .<Finding>map(Done::new)
                .orElseGet(NotDone::new));
  }

  private static Finding created(Reading reading, String id, Predicate<Cluster> asAsked) {
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
