package io.github.typedbcloud.model;

import io.github.typedbcloud.internal.text.CleanText;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One poll of a wait, as its listener is notified of it.
 *
 * @param clusterId the cluster waited for
 * @param poll which poll this was, from 1
 * @param elapsed how long the wait has lasted
 * @param cluster what the poll found; null when it failed, or when the cluster is gone
 * @param failure why the poll failed; null when it did not
 * @param nextPoll how long until the next poll at the latest, for it may come sooner for another
 *     wait; zero when the wait ends with this one
 */
public record WaitProgress(
    String clusterId,
    int poll,
    Duration elapsed,
    @Nullable Cluster cluster,
    @Nullable RuntimeException failure,
    Duration nextPoll) {

  /** Validates that required components are non-null. */
  public WaitProgress {
    Objects.requireNonNull(clusterId, "clusterId must not be null");
    Objects.requireNonNull(elapsed, "elapsed must not be null");
    Objects.requireNonNull(nextPoll, "nextPoll must not be null");
  }

  /** Human-readable form on one line, without the message of a failure. */
  @Override
  public String toString() {
    return "%s: %s, %s%s"
        .formatted(
            CleanText.of(clusterId, CleanText.MAX_VALUE),
            found(),
            seconds(elapsed),
            nextPoll.isZero() ? "" : ", next poll in " + seconds(nextPoll));
  }

  private String found() {
    if (cluster != null) {
      return "%s, %s/%s servers running"
          .formatted(cluster.status(), cluster.serversRunning(), cluster.serverCount());
    }
    return failure == null ? "gone" : "poll failed (" + failure.getClass().getSimpleName() + ")";
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
