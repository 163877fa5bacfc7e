package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.error.WaitException.Reason;
import io.github.typedbcloud.model.Cluster;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waits that one caller began together and that end together: all reach their goals, or the first
 * that cannot ends the rest.
 */
final class WaitGroup {

  /** More names in a message are no help to anybody. */
  private static final int NAMED = 10;

  private final Map<WaitTarget, PendingWait> waits;

  private WaitGroup(Map<WaitTarget, PendingWait> waits) {
    this.waits = waits;
  }

  /** In this order. */
  static WaitGroup of(Collection<PendingWait> waits) {
    Map<WaitTarget, PendingWait> byGoal = new LinkedHashMap<>();
    waits.forEach(wait -> byGoal.put(wait.goal(), wait));
    return new WaitGroup(byGoal);
  }

  Collection<PendingWait> waits() {
    return waits.values();
  }

  /** What was found for a goal that was reached. */
  Optional<Cluster> found(WaitTarget goal) {
    PendingWait wait = waits.get(goal);
    if (wait != null && wait.end() instanceof WaitOutcome.Reached reached) {
      return reached.found();
    }
    throw new IllegalStateException("The wait for " + goal + " has not reached its goal.");
  }

  /** What the caller gets to see of an end that is not the goal, made on the calling thread. */
  Throwable failure(PendingWait wait, WaitOutcome end) {
    if (end instanceof WaitOutcome.Failed failed) {
      return failed.failure();
    }
    if (end instanceof WaitOutcome.Missed missed) {
      return missed(
          wait,
          missed.reason(),
          missed.why(),
          missed.after(),
          missed.reason() == Reason.TIMED_OUT ? wait.sightings().lastFailure() : null);
    }
    return new IllegalStateException("This TypeDBCloudClient is closed; build another one.");
  }

  WaitException interrupted(InterruptedException cause) {
    PendingWait wait = waits().stream().filter(WaitGroup::isPending).findFirst().orElse(first());
    return missed(
        wait, Reason.INTERRUPTED, "the waiting thread was interrupted", wait.elapsed(), cause);
  }

  private WaitException missed(
      PendingWait wait, Reason reason, String why, Duration after, @Nullable Throwable cause) {
    // Every wait was judged by the last poll before anybody heard of it, so this is complete.
    List<String> pending =
        waits().stream().filter(WaitGroup::isPending).map(w -> w.goal().clusterId()).toList();
    StatusHistory sightings = wait.sightings();
    return new WaitException(
        reason,
        sightings.last(),
        sightings.history(),
        pending,
        String.format(
            Locale.ROOT,
            "Waiting for %s ended after %.1f s: %s. %s%s",
            wait.goal(),
            after.toMillis() / 1000.0,
            why,
            sightings,
            waits.size() == 1 ? "" : rest(pending)),
        cause);
  }

  private String rest(List<String> pending) {
    int more = pending.size() - NAMED;
    return pending.stream()
            .limit(NAMED)
            .collect(
                Collectors.joining(
                    ", ",
                    String.format(
                        Locale.ROOT,
                        " Of %d clusters, %d had not got there: ",
                        waits.size(),
                        pending.size()),
                    ""))
        + (more > 0 ? " and " + more + " more." : ".");
  }

  private static boolean isPending(PendingWait wait) {
    return !(wait.end() instanceof WaitOutcome.Reached);
  }

  private PendingWait first() {
    return waits().iterator().next();
  }
}
