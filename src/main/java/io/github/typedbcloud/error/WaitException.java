package io.github.typedbcloud.error;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.StatusChange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A wait ended before the cluster reached the awaited status: the timeout elapsed, the status
 * cannot be reached any more, the cluster failed, or the thread was interrupted. The cluster itself
 * is not affected.
 */
public final class WaitException extends TypeDBCloudException {

  private static final long serialVersionUID = 1L;

  /** Why a wait ended. */
  public enum Reason {
    /** The timeout elapsed. */
    TIMED_OUT,
    /** The cluster does not exist, or cannot reach the status from its current one. */
    UNREACHABLE,
    /** The cluster has a status that means failure: one of the wait's failure statuses. */
    FAILED,
    /** The waiting thread was interrupted; its interrupt flag is set. */
    INTERRUPTED
  }

  private final Reason reason;
  private final transient @Nullable Cluster cluster;

  /** Null after Java serialization, like the cluster. */
  private final transient @Nullable List<StatusChange> history;

  @SuppressWarnings("serial") // the copy of a list of strings can be serialized
  private final List<String> pending;

  /**
   * For a wait for one cluster.
   *
   * @param reason why it ended
   * @param cluster the cluster as last seen; null when it was never seen
   * @param history the statuses seen, once for each change to it
   * @param message the human-readable message
   * @param cause the last failed poll or the interrupt; null when there was none
   */
  public WaitException(
      Reason reason,
      @Nullable Cluster cluster,
      List<StatusChange> history,
      String message,
      @Nullable Throwable cause) {
    this(reason, cluster, history, List.of(), message, cause);
  }

  /**
   * For a wait for one or more clusters.
   *
   * @param reason why it ended
   * @param cluster the cluster that ended it, as last seen; null when it was never seen
   * @param history the statuses seen of it, once for each change to it
   * @param pending the IDs of the clusters that had not reached the status
   * @param message the human-readable message
   * @param cause the last failed poll or the interrupt; null when there was none
   */
  public WaitException(
      Reason reason,
      @Nullable Cluster cluster,
      List<StatusChange> history,
      List<String> pending,
      String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.cluster = cluster;
    this.history = List.copyOf(history);
    this.pending = List.copyOf(pending);
  }

  /** Why the wait ended. */
  public Reason reason() {
    return reason;
  }

  /**
   * The cluster as last seen; empty when no poll ever found it, and in a copy that was made by Java
   * serialization. In a wait for several, the one that ended the wait.
   */
  public Optional<Cluster> cluster() {
    return Optional.ofNullable(cluster);
  }

  /**
   * The statuses seen of {@link #cluster()}, oldest first, each with the time of the first poll
   * that showed it. Empty in a copy that was made by Java serialization.
   */
  public List<StatusChange> history() {
    return history == null ? List.of() : history;
  }

  /**
   * The IDs of the clusters that had not reached the status when the wait ended, in the order of
   * the call. The list is unmodifiable.
   */
  public List<String> pending() {
    return pending;
  }
}
