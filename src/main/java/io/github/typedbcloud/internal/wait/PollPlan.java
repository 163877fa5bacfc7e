package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.model.WaitProgress;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How to wait.
 *
 * @param timeout when to give up
 * @param firstInterval between the first two polls
 * @param maxInterval between any two polls
 * @param listener told of each poll
 */
public record PollPlan(
    Duration timeout,
    Duration firstInterval,
    Duration maxInterval,
    Consumer<WaitProgress> listener) {

  private static final double GROWTH = 1.5;

  /** The interval that follows one. */
  Duration after(Duration interval) {
    Duration grown = Duration.ofNanos((long) (interval.toNanos() * GROWTH));
    return grown.compareTo(maxInterval) < 0 ? grown : maxInterval;
  }
}
