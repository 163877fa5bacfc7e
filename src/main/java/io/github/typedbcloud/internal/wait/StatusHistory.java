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
 * What the polls of one wait have shown so far. Immutable, because the waiting thread reads it
 * while the polling thread goes on.
 *
 * @param first the cluster as first seen; null when it was never seen
 * @param last the cluster as last seen; null when it was never seen
 * @param changes its statuses, each once for each time that it changed to it
 * @param lastFailure of the last poll; null when that succeeded
 */
record StatusHistory(
    @Nullable Cluster first,
    @Nullable Cluster last,
    List<StatusChange> changes,
    @Nullable TypeDBCloudException lastFailure) {

  static final StatusHistory EMPTY = new StatusHistory(null, null, List.of(), null);

  /**
   * With another successful poll.
   *
   * @param found null when the cluster does not exist
   */
  StatusHistory with(@Nullable Cluster found, Instant at, Duration elapsed) {
    if (found == null) {
      return new StatusHistory(first, last, changes, null);
    }
    if (last != null && last.status().equals(found.status())) {
      return new StatusHistory(first, found, changes, null);
    }
    List<StatusChange> longer = new ArrayList<>(changes);
    longer.add(new StatusChange(found.status(), at, elapsed));
    return new StatusHistory(first == null ? found : first, found, List.copyOf(longer), null);
  }

  /** With another failed poll. */
  StatusHistory withFailure(TypeDBCloudException failure) {
    return new StatusHistory(first, last, changes, failure);
  }

  /** Human-readable form. */
  @Override
  public String toString() {
    String seen =
        changes.isEmpty()
            ? "It was never seen."
            : changes.stream()
                .map(StatusChange::toString)
                .collect(Collectors.joining(", ", "Seen: ", "."));
    return lastFailure == null ? seen : seen + " The last poll failed: " + lastFailure.getMessage();
  }
}
