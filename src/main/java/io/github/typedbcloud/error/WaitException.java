package io.github.typedbcloud.error;

import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.StatusChange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A wait ended without reaching its goal: time ran out, the goal can no longer be reached, or the
 * thread was interrupted. The cluster itself is not touched by that.
 */
public final class WaitException extends TypeDBCloudException {

  private static final long serialVersionUID = 1L;

  /** Why a wait ended. */
  public enum Reason {
    /** The timeout passed. */
    TIMED_OUT,
    /** The cluster cannot get there from where it is, or is gone. */
    IMPOSSIBLE,
    /** The waiting thread was interrupted; its flag is set. */
    INTERRUPTED
  }

  private final Reason reason;
  private final transient @Nullable Cluster cluster;

  /** Null after Java serialization, as the cluster is. */
  private final transient @Nullable List<StatusChange> history;

  @SuppressWarnings("serial") // the copy of a list of strings can be serialized
  private final List<String> pending;

  /**
   * The end of a wait.
   *
   * @param reason why it ended
   * @param cluster the cluster as last seen; null when it was never seen
   * @param history the statuses seen, each once for each time it was entered
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
   * The end of a wait for one cluster or several.
   *
   * @param reason why it ended
   * @param cluster the cluster that ended it, as last seen; null when it was never seen
   * @param history the statuses seen of it, each once for each time it was entered
   * @param pending the IDs of the clusters that had not got there
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
   * The statuses seen of {@link #cluster()}, oldest first, each with the time at which it was first
   * seen in a row. Empty in a copy that was made by Java serialization.
   */
  public List<StatusChange> history() {
    return history == null ? List.of() : history;
  }

  /**
   * The IDs of the clusters that had not got there when the wait ended, in the order in which they
   * were given; the list cannot be changed. For a wait for one cluster, its ID.
   */
  public List<String> pending() {
    return pending;
  }
}
