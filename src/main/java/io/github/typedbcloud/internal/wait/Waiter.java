package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.internal.wait.Goal.Verdict;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.WaitProgress;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls until a goal is reached, is out of reach, or time is up. Safe for use by many threads. */
public final class Waiter {

  /** The last poll is made when time is up, and has this long to answer. */
  private static final Duration LAST_POLL_TIMEOUT = Duration.ofSeconds(5);

  /** An interval is cut by up to this part, so that many waits do not poll in step. */
  private static final double JITTER = 0.2;

  private static final Logger LOG = LoggerFactory.getLogger(Waiter.class);

  /** Asks for the cluster. */
  @FunctionalInterface
  public interface Poll {
    /**
     * The cluster as it is now; empty when there is none.
     *
     * @throws TypeDBCloudException when it cannot be known
     */
    Optional<Cluster> poll(Duration timeout);
  }

  private final TimeSource time;
  private final DoubleSupplier random;

  /**
   * A waiter.
   *
   * @param random from 0 inclusive to 1 exclusive
   */
  public Waiter(TimeSource time, DoubleSupplier random) {
    this.time = time;
    this.random = random;
  }

  /**
   * Waits.
   *
   * @return the cluster that reached the goal; empty when the goal is that it is gone
   * @throws WaitException when the goal is not reached
   * @throws TypeDBCloudException when a poll is refused for a reason that will not pass
   */
  public Optional<Cluster> await(Goal goal, PollPlan plan, Poll poll) {
    Sightings sightings = new Sightings(goal, time);
    Duration interval = plan.firstInterval();
    for (int number = 1; ; number++) {
      Optional<Cluster> found = Optional.empty();
      TypeDBCloudException failure = null;
      Verdict verdict = Verdict.PENDING;
      try {
        found = poll.poll(max(plan.timeout().minus(sightings.elapsed()), LAST_POLL_TIMEOUT));
        verdict = goal.judge(found);
        sightings.saw(found);
      } catch (TypeDBCloudException e) {
        if (!passes(e)) {
          tell(plan.listener(), sightings.progress(number, found, e, Duration.ZERO));
          throw e;
        }
        failure = e;
        sightings.missed(e);
      }
      Duration left = plan.timeout().minus(sightings.elapsed());
      boolean timeIsUp = left.isZero() || left.isNegative();
      Duration pause =
          verdict != Verdict.PENDING || timeIsUp ? Duration.ZERO : min(jittered(interval), left);
      tell(plan.listener(), sightings.progress(number, found, failure, pause));
      switch (verdict) {
        case REACHED -> {
          return found;
        }
        case IMPOSSIBLE -> throw sightings.impossible(found);
        case PENDING -> {
          if (timeIsUp) {
            throw sightings.timedOut();
          }
        }
      }
      try {
        time.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw sightings.interrupted(e);
      }
      interval = plan.after(interval);
    }
  }

  /** Whether a failed poll may be followed by one that succeeds. */
  private static boolean passes(TypeDBCloudException failure) {
    if (failure instanceof ApiException refusal) {
      return switch (refusal.status()) {
        case 408, 425, 429 -> true;
        default -> refusal.status() >= 500;
      };
    }
    return failure instanceof TransportException || failure instanceof UnreadableResponseException;
  }

  private Duration jittered(Duration interval) {
    return Duration.ofNanos((long) (interval.toNanos() * (1 - JITTER * random.getAsDouble())));
  }

  private static void tell(Consumer<WaitProgress> listener, WaitProgress progress) {
    try {
      listener.accept(progress);
    } catch (RuntimeException e) {
      // A listener looks on; it does not decide how a wait ends.
      LOG.warn("The listener of a wait failed; the wait goes on", e);
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
