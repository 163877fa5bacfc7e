package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.ClusterCalls;
import io.github.typedbcloud.internal.api.ClusterIdentity;
import io.github.typedbcloud.internal.api.Result.Kind;
import io.github.typedbcloud.internal.call.WriteOutcome.Applied;
import io.github.typedbcloud.internal.call.WriteOutcome.IdTaken;
import io.github.typedbcloud.internal.call.WriteOutcome.Undecided;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The verification of each write, for one scope: which evidence decides, and when another attempt
 * cannot do harm. Immutable and thread-safe.
 *
 * <table>
 * <caption>Evidence, verdict, and whether another attempt is safe</caption>
 * <tr><th>write<th>a read shows<th>verdict<th>another attempt
 * <tr><td>deploy, clone<td>no cluster of the ID<td>undecided<td>safe: an ID is unique
 * <tr><td><td>one that matches, created since the first attempt by the service's clock; or, where
 * that clock is not known, one that an earlier read did not show, or after an attempt that got a
 * success without a readable result<td>applied<td>
 * <tr><td><td>one that matches and is older, or whose age is not known<td>undecided<td>no
 * <tr><td><td>one that differs<td>ID taken; undecided while it is being destroyed<td>no
 * <tr><td>suspend, resume<td>the status during or after it<td>applied<td>
 * <tr><td><td>the same other status each time, without a gap<td>undecided<td>safe, unless the
 * status is that of the opposite operation, or {@code destroying}
 * <tr><td><td>anything else<td>undecided<td>no
 * <tr><td>destroy<td>the documented 404, {@code destroying}, or a later {@code createdAt} than an
 * earlier read, or an earlier write of this client, showed<td>applied<td>
 * <tr><td><td>the cluster that this client wrote to before; or one that is older than the first
 * attempt by the service's clock, or of unknown age, and was there without a gap<td>undecided
 * <td>safe
 * <tr><td><td>any other cluster<td>undecided<td>no
 * <tr><td>update<td>the requested values<td>applied, if a cluster shows them all<td>
 * <tr><td><td>the same values each time, without a gap<td>undecided<td>safe: setting them twice is
 * setting them once
 * <tr><td><td>anything else<td>undecided<td>no
 * <tr><td>rename<td>the new ID with the {@code createdAt} that the old one had, and not the old
 * ID<td>applied<td>
 * <tr><td><td>another cluster under the new ID beside the old one<td>ID taken<td>no
 * <tr><td><td>the old ID unchanged, without a gap, and not the new one<td>undecided<td>safe
 * <tr><td><td>anything else<td>undecided<td>no
 * </table>
 *
 * <p>A conflict at the first attempt of deploy, clone or rename is checked as well: a cluster that
 * was created, or renamed, since the request was sent may be its own, if a proxy sent the request
 * twice. Otherwise the conflict is final.
 *
 * <p>After an attempt that got a success without a readable result no other attempt follows. For as
 * long as reads may not show an earlier write of this client to the same cluster yet, neither the
 * state that suspend, resume or update aim at, nor absence, is decisive: it may be older than that
 * write.
 *
 * <p>"Without a gap" is defined by {@link ReadHistory#isUnchanged}. The client's wall clock decides
 * nothing.
 */
public final class WriteVerifications {

  private final Scope scope;
  private final ClusterCalls calls;

  public WriteVerifications(Scope scope, ClusterCalls calls) {
    this.scope = scope;
    this.calls = calls;
  }

  /** A cluster of the ID is compared with the request. */
  public WriteVerification deploy(DeployClusterRequest request) {
    return created(
        calls.canBeInPath(request.id()) ? readOne(request.id()) : calls.list(),
        request.id(),
        (reads, cluster) -> Optional.of(ClusterDiff.matches(cluster, request)));
  }

  /** The clone is compared with its original, so both are read, from one list. */
  public WriteVerification clone(String id, String newId) {
    return created(
        calls.list(),
        newId,
        (reads, cluster) ->
            reads.first(id).map(original -> ClusterDiff.mayBeClone(cluster, original)));
  }

  /** The status shows it. */
  public WriteVerification suspend(String id) {
    return byStatus(
        id,
        Set.of(ClusterStatus.SUSPENDING, ClusterStatus.SUSPENDED),
        Set.of(ClusterStatus.RESUMING, ClusterStatus.DESTROYING));
  }

  /** The status shows it. */
  public WriteVerification resume(String id) {
    return byStatus(
        id,
        Set.of(ClusterStatus.RESUMING, ClusterStatus.RUNNING),
        Set.of(ClusterStatus.SUSPENDING, ClusterStatus.DESTROYING));
  }

  /**
   * A destroyed cluster that can no longer be read has its ID, its scope, the status {@code
   * destroying} and, where it is known, its {@code createdAt} alone.
   */
  public WriteVerification destroy(String id) {
    return verification(
        readOne(id),
        id,
        reads -> {
          Optional<Cluster> found = reads.find(id);
          if (found.isEmpty() || reads.isReplaced(found.get())) {
            return new Applied(
                Cluster.builder(id)
                    .owner(scope)
                    .status(ClusterStatus.DESTROYING)
                    .createdAt(reads.identity(id))
                    .build());
          }
          Cluster cluster = found.get();
          if (cluster.status().equals(ClusterStatus.DESTROYING)) {
            return new Applied(cluster);
          }
          boolean mayBeNew =
              reads.last().isAgeKnown(cluster) && !reads.last().isOlderThanWrite(cluster);
          return new Undecided(
              reads.isKnown(cluster) || (!mayBeNew && reads.isUnchanged(id, Cluster::createdAt)));
        });
  }

  /** An update that keeps the ID. */
  public WriteVerification update(String id, UpdateClusterRequest request) {
    return verification(
        readOne(id),
        id,
        reads -> {
          Optional<Cluster> found = reads.find(id);
          if (found.isPresent()
              && ClusterDiff.matches(found.get(), request)
              && ClusterDiff.isVisible(request)) {
            return new Applied(found.get());
          }
          return new Undecided(
              found.isPresent() && reads.isUnchanged(id, WriteVerifications::updatable));
        });
  }

  /**
   * An update that changes the ID. Both IDs are read, from one list.
   *
   * @param before the cluster before the first attempt, which identifies it
   */
  public WriteVerification rename(Cluster before, String newId, UpdateClusterRequest request) {
    String id = before.id();
    Predicate<ReadHistory> isRenamed =
        reads ->
            reads.find(id).isEmpty()
                && reads
                    .find(newId)
                    .filter(cluster -> ClusterIdentity.isSame(cluster, before.createdAt()))
                    .filter(cluster -> ClusterDiff.matches(cluster, request))
                    .isPresent();
    return new WriteVerification(
        calls.list(),
        calls.list(),
        newId,
        calls.describe(newId),
        reads -> {
          Optional<Cluster> old = reads.find(id);
          Optional<Cluster> renamed = reads.find(newId);
          if (renamed.isEmpty()) {
            return new Undecided(
                old.isPresent()
                    && !ClusterIdentity.isOther(old.get(), before.createdAt())
                    && reads.isUnchanged(id, WriteVerifications::updatable));
          }
          Cluster cluster = renamed.get();
          if (old.isPresent() && ClusterIdentity.isOther(cluster, before.createdAt())) {
            return new IdTaken(cluster);
          }
          return isRenamed.test(reads) ? new Applied(cluster) : new Undecided(false);
        },
        Set.of(Kind.CONFLICT, Kind.NOT_FOUND),
        isRenamed);
  }

  private WriteVerification byStatus(
      String id, Set<ClusterStatus> applied, Set<ClusterStatus> neverRetried) {
    return verification(
        readOne(id),
        id,
        reads -> {
          Optional<Cluster> found = reads.find(id);
          if (found.isEmpty()) {
            return new Undecided(false);
          }
          ClusterStatus status = found.get().status();
          return applied.contains(status)
              ? new Applied(found.get())
              : new Undecided(
                  !neverRetried.contains(status)
                      && reads.isUnchanged(
                          id, cluster -> List.of(cluster.createdAt(), cluster.status())));
        });
  }

  private WriteVerification created(
      ApiCall<List<Cluster>> read,
      String id,
      BiFunction<ReadHistory, Cluster, Optional<Boolean>> isAsRequested) {
    return new WriteVerification(
        read,
        calls.list(),
        id,
        calls.describe(id),
        reads -> {
          Optional<Cluster> found = reads.find(id);
          if (found.isEmpty()) {
            return new Undecided(true);
          }
          Cluster cluster = found.get();
          Optional<Boolean> matches = isAsRequested.apply(reads, cluster);
          if (matches.isEmpty()) {
            return new Undecided(false);
          }
          if (!matches.get()) {
            // The ID is free again soon, and the write may have to wait for that.
            return cluster.status().equals(ClusterStatus.DESTROYING)
                ? new Undecided(false)
                : new IdTaken(cluster);
          }
          boolean isOwn =
              reads.last().isAgeKnown(cluster)
                  ? reads.last().isCreatedSinceSent(cluster, Snapshot.CLOCK_TOLERANCE)
                  : reads.wasAbsent(id) || reads.isSuccessReported();
          return isOwn ? new Applied(cluster) : new Undecided(false);
        },
        Set.of(Kind.CONFLICT),
        reads ->
            reads
                .find(id)
                .filter(cluster -> isAsRequested.apply(reads, cluster).orElse(false))
                .filter(cluster -> reads.last().isCreatedSinceSent(cluster, Duration.ZERO))
                .isPresent());
  }

  private WriteVerification verification(
      ApiCall<List<Cluster>> read, String id, Function<ReadHistory, WriteOutcome> rule) {
    return new WriteVerification(
        read, calls.list(), id, calls.describe(id), rule, Set.of(), reads -> false);
  }

  /** What an update can change, and what identifies the cluster. */
  private static Object updatable(Cluster cluster) {
    return List.of(
        cluster.createdAt(), cluster.machineType(), cluster.version(), cluster.storageSizeGB());
  }

  private ApiCall<List<Cluster>> readOne(String id) {
    ApiCall<Cluster> get = calls.get(id);
    return get.withDecoder(body -> List.of(get.decoder().decode(body)));
  }
}
