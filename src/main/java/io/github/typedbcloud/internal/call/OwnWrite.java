package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.api.Operation;
import io.github.typedbcloud.model.ClusterStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last write of a client to a cluster that succeeded, or whose outcome is unknown. A read that
 * follows may not show it yet.
 *
 * @param operation the operation
 * @param createdAt of the cluster in its result; null when that is unknown
 * @param appearedAt when the ID was deployed, cloned or renamed to, by the client's monotonic
 *     clock; null when this client did not
 * @param at when the write ended, by the client's monotonic clock
 */
public record OwnWrite(
    Operation operation, @Nullable Instant createdAt, @Nullable Duration appearedAt, Duration at) {

  /** The stable status that the write ends, which reads may still show; null for none. */
  public @Nullable ClusterStatus statusBefore() {
    return switch (operation) {
      case SUSPEND, DESTROY -> ClusterStatus.RUNNING;
      case RESUME -> ClusterStatus.SUSPENDED;
      default -> null;
    };
  }

  /** Whether reads may not show it yet. */
  public boolean isRecent(Duration now, Duration window) {
    return now.minus(at).compareTo(window) < 0;
  }

  /**
   * Whether reads may not show yet that the ID exists. After a write that destroys the cluster
   * absence is what is expected.
   */
  public boolean isRecentCreation(Duration now, Duration window) {
    return appearedAt != null
        && operation != Operation.DESTROY
        && now.minus(appearedAt).compareTo(window) < 0;
  }
}
