package io.github.typedbcloud;

import io.github.typedbcloud.internal.wait.PollSchedule;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.WaitProgress;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** The timeout, poll intervals and listener of a wait. Immutable. */
public final class WaitOptions {

  /** Deploying takes minutes; this leaves ample room. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

  /** Between the first two polls. */
  public static final Duration DEFAULT_FIRST_INTERVAL = Duration.ofSeconds(2);

  /** Between any two polls; the official scripts poll at this interval throughout. */
  public static final Duration DEFAULT_MAX_INTERVAL = Duration.ofSeconds(15);

  /** The statuses that end a wait for another status: {@code failed} and {@code error}. */
  public static final Set<ClusterStatus> DEFAULT_FAILURE_STATUSES =
      Set.of(ClusterStatus.of("failed"), ClusterStatus.of("error"));

  private static final WaitOptions DEFAULTS = builder().build();

  private final PollSchedule schedule;

  private WaitOptions(PollSchedule schedule) {
    this.schedule = schedule;
  }

  /** A timeout of 30 minutes, intervals that grow from 2 s to 15 s, no listener. */
  public static WaitOptions defaults() {
    return DEFAULTS;
  }

  /**
   * The defaults with another timeout.
   *
   * @param timeout as {@link Builder#timeout}
   */
  public static WaitOptions within(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout must not be null");
    return builder().timeout(timeout).build();
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that holds these options. */
  public Builder toBuilder() {
    return new Builder()
        .timeout(schedule.timeout())
        .interval(schedule.firstInterval(), schedule.maxInterval())
        .failureStatuses(schedule.failureStatuses())
        .listener(schedule.listener());
  }

  PollSchedule schedule() {
    return schedule;
  }

  @Override
  public String toString() {
    return "WaitOptions[timeout="
        + schedule.timeout()
        + ", interval="
        + schedule.firstInterval()
        + ".."
        + schedule.maxInterval()
        + "]";
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private Duration timeout = DEFAULT_TIMEOUT;
    private Duration firstInterval = DEFAULT_FIRST_INTERVAL;
    private Duration maxInterval = DEFAULT_MAX_INTERVAL;
    private Set<ClusterStatus> failureStatuses = DEFAULT_FAILURE_STATUSES;
    private Consumer<WaitProgress> listener = PollSchedule.NO_LISTENER;

    private Builder() {}

    /**
     * The time limit of the wait. The last poll starts when it elapsed, or is in-flight then, and
     * may take up to 5 s more. When other waits share that poll, it may start up to 1 s late.
     *
     * @param value zero polls once
     * @throws IllegalArgumentException when it is negative
     */
    public Builder timeout(Duration value) {
      Objects.requireNonNull(value, "value must not be null");
      if (value.isNegative()) {
        throw new IllegalArgumentException("A timeout cannot be " + value + "; use 0 or more.");
      }
      this.timeout = value;
      return this;
    }

    /**
     * The time from one poll to the next: each interval is 1.5 times the previous one, up to a
     * limit, and is shortened at random by up to a fifth. Waits of one scope share their polls, so
     * the poll of another wait may come between. A delay that the service requests ({@code
     * Retry-After}) is kept, except before the last poll.
     *
     * @param first between the first two polls; more than zero
     * @param max between any two; not less than the first
     * @throws IllegalArgumentException when they are not so
     */
    public Builder interval(Duration first, Duration max) {
      Objects.requireNonNull(first, "first must not be null");
      Objects.requireNonNull(max, "max must not be null");
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
     * The statuses that mean failure. A wait for another status ends with a {@link
     * io.github.typedbcloud.error.WaitException} when the cluster has one of them. The API
     * documents none; the default is {@link #DEFAULT_FAILURE_STATUSES}.
     *
     * @param values empty for none
     */
    public Builder failureStatuses(Set<ClusterStatus> values) {
      Objects.requireNonNull(values, "values must not be null");
      this.failureStatuses = Set.copyOf(values);
      return this;
    }

    /**
     * Is notified of each poll: on the waiting thread or, in an asynchronous wait, on a thread of
     * the client's executor, of one poll after the other. Polls do not wait for it. An exception
     * that it throws is logged and does not end the wait.
     *
     * @param value for example {@code System.out::println}
     */
    public Builder listener(Consumer<WaitProgress> value) {
      this.listener = Objects.requireNonNull(value, "listener must not be null");
      return this;
    }

    /** Builds the options. */
    public WaitOptions build() {
      return new WaitOptions(
          new PollSchedule(timeout, firstInterval, maxInterval, failureStatuses, listener));
    }
  }
}
