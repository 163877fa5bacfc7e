package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.StatusChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one wait has seen so far. Immutable, because the thread that waits reads it while the one
 * that polls goes on.
 *
 * @param last the cluster as last seen
 * @param history its statuses, each once for each time it was entered
 * @param lastFailure of the last poll; null when it succeeded
 */
record StatusHistory(
    @Nullable Cluster last,
    List<StatusChange> history,
    @Nullable TypeDBCloudException lastFailure) {

  static final StatusHistory NONE = new StatusHistory(null, List.of(), null);

  /**
   * And then this.
   *
   * @param found null when there is no such cluster
   */
  StatusHistory saw(@Nullable Cluster found, Instant at, Duration elapsed) {
    if (found == null) {
      return new StatusHistory(last, history, null);
    }
    if (last != null && last.status().equals(found.status())) {
      return new StatusHistory(found, history, null);
    }
    List<StatusChange> longer = new ArrayList<>(history);
    longer.add(new StatusChange(found.status(), at, elapsed));
    return new StatusHistory(found, List.copyOf(longer), null);
  }

  StatusHistory missed(TypeDBCloudException failure) {
    return new StatusHistory(last, history, failure);
  }

  /** For people. */
  @Override
  public String toString() {
    String seen =
        history.isEmpty()
            ? "It was never seen."
            : history.stream()
                .map(StatusChange::toString)
                .collect(Collectors.joining(", ", "Seen: ", "."));
    return lastFailure == null ? seen : seen + " The last poll failed: " + lastFailure.getMessage();
  }
}
