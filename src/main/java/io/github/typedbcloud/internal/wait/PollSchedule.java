package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.WaitProgress;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a wait polls, and whom it notifies.
 *
 * @param timeout of the wait
 * @param firstInterval between the first two polls
 * @param maxInterval the upper limit of an interval
 * @param failureStatuses those that end a wait for another status
 * @param listener notified of each poll
 */
public record PollSchedule(
    Duration timeout,
    Duration firstInterval,
    Duration maxInterval,
    Set<ClusterStatus> failureStatuses,
    Consumer<WaitProgress> listener) {

  /** Notifies nothing. */
  public static final Consumer<WaitProgress> NO_LISTENER = progress -> {};

  private static final double GROWTH = 1.5;

  private static final Logger LOG = LoggerFactory.getLogger(PollSchedule.class);

  /** The interval after another. */
  Duration intervalAfter(Duration interval) {
    return Times.min(Times.scaled(interval, GROWTH), maxInterval);
  }

  /** The same with one more listener. */
  public PollSchedule withListener(Consumer<WaitProgress> other) {
    return new PollSchedule(
        timeout,
        firstInterval,
        maxInterval,
        failureStatuses,
        hasListener() ? listener.andThen(other) : other);
  }

  boolean hasListener() {
    return listener != NO_LISTENER;
  }

  /** An exception of the listener does not end the wait. */
  void notifyListener(WaitProgress progress) {
    try {
      listener.accept(progress);
    } catch (RuntimeException e) {
      LOG.warn("The listener of a wait failed; the wait continues", e);
    }
  }
}
