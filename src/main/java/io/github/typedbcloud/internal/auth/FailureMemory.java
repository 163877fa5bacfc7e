package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.api.Result.Failure;
import io.github.typedbcloud.internal.api.Result.Kind;
import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that an exchange failed, so that callers get the same failure for a while without
 * another exchange: for a time that doubles with each failure in a row, and at least for the time
 * that the service requests. Not thread-safe.
 */
final class FailureMemory {

  /** The first time after a failure that the next exchange may not have: 503, no response. */
  static final Duration FIRST_HOLD = Duration.ofMillis(250);

  /** The first time after a failure that another exchange would have too: rejected credentials. */
  static final Duration FIRST_HOLD_OF_REJECTION = Duration.ofSeconds(1);

  /** The maximum time, unless the service requests more. */
  static final Duration MAX_HOLD = Duration.ofSeconds(30);

  /** The maximum of what the service may request. */
  static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

  private static final int MAX_DOUBLINGS = 10;

  private final TimeSource time;
  private int failures;
  private @Nullable Remembered last;

  /**
   * A failure, and the time of its end.
   *
   * @param credentials what the service rejected; null when it was not about the credentials
   * @param end on the monotonic clock
   * @param wallEnd the same on the wall clock, for messages
   */
  private record Remembered(
      Failure<AccessToken> failure,
      @Nullable Authorization credentials,
      Duration end,
      Instant wallEnd) {}

  FailureMemory(TimeSource time) {
    this.time = time;
  }

  /**
   * Remembers a failed exchange.
   *
   * @param credentials what was exchanged
   * @param isRenewal whether callers have a valid token; then only a time that the service requests
   *     is kept, because the renewals have an interval of their own
   * @return the failure for those who waited for it, which requests a delay up to the next exchange
   */
  Failure<AccessToken> add(
      Failure<AccessToken> failure, @Nullable Authorization credentials, boolean isRenewal) {
    Duration hold = requested(failure);
    if (!isRenewal) {
      Duration first = failure.kind().isTransient() ? FIRST_HOLD : FIRST_HOLD_OF_REJECTION;
      Duration doubled = first.multipliedBy(1L << Math.min(failures++, MAX_DOUBLINGS));
      hold = max(hold, doubled.compareTo(MAX_HOLD) < 0 ? doubled : MAX_HOLD);
    }
    if (hold.isZero()) {
      return failure;
    }
    last =
        new Remembered(
            failure,
            failure.kind() == Kind.UNAUTHORIZED ? credentials : null,
            time.elapsed().plus(hold),
            time.now().plus(hold).truncatedTo(ChronoUnit.MILLIS));
    return withDelay(failure, failure.summary(), hold);
  }

  /** An exchange succeeded. */
  void clear() {
    failures = 0;
    last = null;
  }

  /** The failure of an exchange that would be started now; null when it may be started. */
  @Nullable Failure<AccessToken> current() {
    if (last == null) {
      return null;
    }
    Duration remaining = last.end().minus(time.elapsed());
    if (remaining.isNegative() || remaining.isZero()) {
      last = null;
      return null;
    }
    return withDelay(
        last.failure(),
        last.failure().summary()
            + "; this failure is remembered, and no other exchange is sent before "
            + last.wallEnd(),
        remaining);
  }

  /** The credentials that the current failure rejects; null when it is not about them. */
  @Nullable Authorization rejected() {
    return last == null ? null : last.credentials();
  }

  /** The delay that the service requests, within reason. */
  static Duration requested(Failure<?> failure) {
    Duration requested = failure.retryAfter();
    if (requested == null) {
      return Duration.ZERO;
    }
    return requested.compareTo(MAX_RETRY_AFTER) < 0 ? requested : MAX_RETRY_AFTER;
  }

  private static Failure<AccessToken> withDelay(
      Failure<AccessToken> failure, String summary, Duration delay) {
    return new Failure<>(
        failure.kind(),
        failure.status(),
        summary,
        failure.advice(),
        delay,
        failure.cause(),
        failure.exceptionFactory());
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
