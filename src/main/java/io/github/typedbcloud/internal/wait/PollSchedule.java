package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.model.WaitProgress;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How to wait.
 *
 * @param timeout when to give up
 * @param firstInterval between the first two polls
 * @param maxInterval between any two polls
 * @param listener told of each poll
 */
public record PollSchedule(
    Duration timeout,
    Duration firstInterval,
    Duration maxInterval,
    Consumer<WaitProgress> listener) {

  /** For nobody. */
  public static final Consumer<WaitProgress> NO_LISTENER = progress -> {};

  private static final double GROWTH = 1.5;

  private static final Logger LOG = LoggerFactory.getLogger(PollSchedule.class);

  /** The interval that follows one. */
  Duration after(Duration interval) {
    return Times.min(Times.scaled(interval, GROWTH), maxInterval);
  }

  /** The same, with another who is told of each poll. */
  public PollSchedule alsoTelling(Consumer<WaitProgress> other) {
    return new PollSchedule(
        timeout, firstInterval, maxInterval, isListenedTo() ? listener.andThen(other) : other);
  }

  boolean isListenedTo() {
    return listener != NO_LISTENER;
  }

  void tell(WaitProgress progress) {
    try {
      listener.accept(progress);
    } catch (RuntimeException e) {
      // A listener looks on; it does not decide how a wait ends.
      LOG.warn("The listener of a wait failed; the wait goes on", e);
    }
  }
}
