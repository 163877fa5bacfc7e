package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.error.WaitException.Reason;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.StatusChange;
import io.github.typedbcloud.model.WaitProgress;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one wait has seen so far. Used by one thread. */
final class Sightings {

  private final Goal goal;
  private final TimeSource time;
  private final Duration begun;
  private final List<StatusChange> history = new ArrayList<>();
  private @Nullable Cluster last;
  private @Nullable TypeDBCloudException lastFailure;

  Sightings(Goal goal, TimeSource time) {
    this.goal = goal;
    this.time = time;
    this.begun = time.elapsed();
  }

  Duration elapsed() {
    return time.elapsed().minus(begun);
  }

  void saw(Optional<Cluster> found) {
    lastFailure = null;
    if (found.isEmpty()) {
      return;
    }
    Cluster cluster = found.get();
    if (last == null || !last.status().equals(cluster.status())) {
      history.add(new StatusChange(cluster.status(), time.now(), elapsed()));
    }
    last = cluster;
  }

  void missed(TypeDBCloudException failure) {
    lastFailure = failure;
  }

  WaitProgress progress(
      int poll,
      Optional<Cluster> found,
      @Nullable TypeDBCloudException failure,
      Duration nextPoll) {
    return new WaitProgress(
        goal.clusterId(), poll, elapsed(), found.orElse(null), failure, nextPoll);
  }

  WaitException timedOut() {
    return ended(
        Reason.TIMED_OUT,
        "time is up; look at it with get, or wait again with a longer WaitOptions timeout",
        lastFailure);
  }

  WaitException impossible(Optional<Cluster> found) {
    return ended(Reason.IMPOSSIBLE, goal.obstacle(found), null);
  }

  WaitException interrupted(InterruptedException cause) {
    return ended(Reason.INTERRUPTED, "the waiting thread was interrupted", cause);
  }

  private WaitException ended(Reason reason, String why, @Nullable Throwable cause) {
    String seen =
        history.isEmpty()
            ? "It was never seen."
            : "Seen: "
                + history.stream().map(StatusChange::toString).collect(Collectors.joining(", "))
                + ".";
    String failure =
        lastFailure == null ? "" : " The last poll failed: " + lastFailure.getMessage();
    return new WaitException(
        reason,
        last,
        history,
        String.format(
            Locale.ROOT,
            "Waiting for %s ended after %.1f s: %s. %s%s",
            goal,
            elapsed().toMillis() / 1000.0,
            why,
            seen,
            failure),
        cause);
  }
}
