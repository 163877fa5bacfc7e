package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.Result;
import io.github.typedbcloud.internal.http.ServerDate;
import java.time.Duration;

/** An access token with the moments of its life, on the monotonic clock. */
public final class AccessToken {

  /** Where in its life a token is. */
  enum Phase {
    /** Nothing to do. */
    FRESH,
    /** One caller has it renewed in the background; all go on with it. */
    RENEWING,
    /** Callers wait for its successor, and fall back on it. */
    EXPIRING,
    /** The service will refuse it. */
    EXPIRED
  }

  /** How long before the end a renewal begins, for a token of an hour. */
  private static final Duration RENEW_BEFORE = Duration.ofMinutes(5);

  /** How long before the end callers wait for the renewal, for a token of an hour. */
  private static final Duration WAIT_BEFORE = Duration.ofSeconds(30);

  /** Tokens that live less than 20 minutes are renewed in the last quarter of their life. */
  private static final int SHORT_LIFE_QUARTERS = 4;

  /** How many times the time to renew holds the time to wait, in the proportions of an hour. */
  private static final int RENEW_TO_WAIT = 10;

  private final Authorization authorization;
  private final Result<AccessToken> asOutcome;
  private final long renewFrom;
  private final long waitFrom;
  private final long expiresAt;

  /**
   * A token.
   *
   * @param authorization the header that carries it
   * @param issuedAt a reading of the monotonic clock not later than its issue
   * @param lifetime from then on
   */
  AccessToken(Authorization authorization, Duration issuedAt, Duration lifetime) {
    this.authorization = authorization;
    Duration renewBefore = min(RENEW_BEFORE, lifetime.dividedBy(SHORT_LIFE_QUARTERS));
    Duration end = issuedAt.plus(lifetime);
    this.expiresAt = end.toNanos();
    this.renewFrom = end.minus(renewBefore).toNanos();
    this.waitFrom = end.minus(min(WAIT_BEFORE, renewBefore.dividedBy(RENEW_TO_WAIT))).toNanos();
    this.asOutcome = new Result.Succeeded<>(this, ServerDate.UNKNOWN);
  }

  /** The header that carries it. */
  public Authorization authorization() {
    return authorization;
  }

  /** What each caller gets who asks for it; always the same, for they ask often. */
  Result<AccessToken> asOutcome() {
    return asOutcome;
  }

  /**
   * Where in its life it is.
   *
   * @param now the monotonic clock in nanoseconds
   */
  Phase phase(long now) {
    if (now < renewFrom) {
      return Phase.FRESH;
    }
    if (now < waitFrom) {
      return Phase.RENEWING;
    }
    return now < expiresAt ? Phase.EXPIRING : Phase.EXPIRED;
  }

  @Override
  public String toString() {
    return "AccessToken[***]";
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
