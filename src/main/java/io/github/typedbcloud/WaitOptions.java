package io.github.typedbcloud;

import io.github.typedbcloud.internal.wait.PollSchedule;
import io.github.typedbcloud.model.WaitProgress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/** How long to wait for a cluster, how often to look, and whom to tell. Immutable. */
public final class WaitOptions {

  /** Deploying takes minutes; this leaves room for a slow day. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

  /** Between the first two polls. */
  public static final Duration DEFAULT_FIRST_INTERVAL = Duration.ofSeconds(2);

  /** Between any two polls; the official scripts poll at this interval throughout. */
  public static final Duration DEFAULT_MAX_INTERVAL = Duration.ofSeconds(15);

  private static final WaitOptions DEFAULTS = builder().build();

  private final PollSchedule plan;

  private WaitOptions(PollSchedule plan) {
    this.plan = plan;
  }

  /** Half an hour, polls from 2 s growing to 15 s, nobody told. */
  public static WaitOptions defaults() {
    return DEFAULTS;
  }

  /**
   * The defaults with another timeout.
   *
   * @param timeout as {@link Builder#timeout}
   */
  public static WaitOptions within(Duration timeout) {
    return builder().timeout(timeout).build();
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that holds these options. */
  public Builder toBuilder() {
    return new Builder()
        .timeout(plan.timeout())
        .interval(plan.firstInterval(), plan.maxInterval())
        .listener(plan.listener());
  }

  PollSchedule plan() {
    return plan;
  }

  @Override
  public String toString() {
    return "WaitOptions[timeout="
        + plan.timeout()
        + ", interval="
        + plan.firstInterval()
        + ".."
        + plan.maxInterval()
        + "]";
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private Duration timeout = DEFAULT_TIMEOUT;
    private Duration firstInterval = DEFAULT_FIRST_INTERVAL;
    private Duration maxInterval = DEFAULT_MAX_INTERVAL;
    private Consumer<WaitProgress> listener = PollSchedule.NO_LISTENER;

    private Builder() {}

    /**
     * When to give up. The last poll is made when the time is up, or ends after it; either may take
     * up to 5 s more. Where it is shared with other waits, it may begin up to 1 s late, so that the
     * last looks of many come together.
     *
     * @param value zero looks once
     * @throws IllegalArgumentException when it is negative
     */
    public Builder timeout(Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException("A timeout cannot be " + value + "; give 0 or more.");
      }
      this.timeout = value;
      return this;
    }

    /**
     * How long from one poll to the next: each interval is half as long again as the one before it,
     * up to a limit, and is shortened at random by up to a fifth. Waits of one scope share their
     * polls, so a poll for another wait may come between. An interval that the service asks for
     * after a poll that it refuses ({@code Retry-After}) is kept, but for the last poll.
     *
     * @param first between the first two polls; more than zero
     * @param max between any two; not less than the first
     * @throws IllegalArgumentException when they are not so
     */
    public Builder interval(Duration first, Duration max) {
      if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
        throw new IllegalArgumentException(
            "Intervals cannot be from "
                + first
                + " to "
                + max
                + "; the first must be more than zero, and the second not less than the first.");
      }
      this.firstInterval = first;
      this.maxInterval = max;
      return this;
    }

    /**
     * Whom to tell of each poll, on the waiting thread; in an asynchronous wait, on a thread of the
     * client's executor, of one poll after the other. Polls do not wait for it. An exception that
     * it throws is logged and does not end the wait.
     *
     * @param value for example {@code System.out::println}
     */
    public Builder listener(Consumer<WaitProgress> value) {
      this.listener = Objects.requireNonNull(value, "listener must not be null");
      return this;
    }

    /** The options as set so far. */
    public WaitOptions build() {
      return new WaitOptions(new PollSchedule(timeout, firstInterval, maxInterval, listener));
    }
  }
}
