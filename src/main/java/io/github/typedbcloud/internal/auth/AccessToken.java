package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.api.Result;
import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.ServerDate;
import java.time.Duration;

/** An access token, with the phases of its life on the monotonic clock. Immutable. */
public final class AccessToken {

  /** The phase of a token's life, which decides what its callers do. */
  enum Phase {
    /** Callers use it. */
    FRESH,
    /** It is renewed in the background; callers use it meanwhile. */
    RENEWING,
    /** Callers wait for the renewal, and fall back on this token. */
    EXPIRING,
    /** The service rejects it. */
    EXPIRED
  }

  /** How long before its expiry a token of one hour is renewed. */
  private static final Duration RENEW_BEFORE = Duration.ofMinutes(5);

  /** How long before its expiry callers wait for the renewal of a token of one hour. */
  private static final Duration WAIT_BEFORE = Duration.ofSeconds(30);

  /** Tokens that live less than 20 minutes are renewed in the last quarter of their life. */
  private static final int RENEW_PART = 4;

  /** The part of the renewal time in which callers wait. */
  private static final int WAIT_PART = 10;

  private final Authorization authorization;
  private final Result<AccessToken> asResult;
  private final long renewFrom;
  private final long waitFrom;
  private final long expiresAt;

  /**
   * A token.
   *
   * @param authorization the header that carries it
   * @param issuedAt the monotonic clock at or before its issue
   * @param lifetime from its issue to its expiry
   */
  AccessToken(Authorization authorization, Duration issuedAt, Duration lifetime) {
    this.authorization = authorization;
    Duration renewBefore = min(RENEW_BEFORE, lifetime.dividedBy(RENEW_PART));
    Duration end = issuedAt.plus(lifetime);
    this.expiresAt = end.toNanos();
    this.renewFrom = end.minus(renewBefore).toNanos();
    this.waitFrom = end.minus(min(WAIT_BEFORE, renewBefore.dividedBy(WAIT_PART))).toNanos();
    this.asResult = new Result.Success<>(this, ServerDate.UNKNOWN);
  }

  /** The header that carries it. */
  public Authorization authorization() {
    return authorization;
  }

  /** The result of a lookup: always the same object, because every call looks it up. */
  Result<AccessToken> asResult() {
    return asResult;
  }

  /**
   * The phase at a time.
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
