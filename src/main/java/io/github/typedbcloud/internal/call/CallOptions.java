package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.event.WaitInfo;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of one call.
 *
 * @param timeout of the whole call: token exchange, attempts, pauses and verification
 * @param attemptTimeout of each request; null for {@link #defaultAttemptTimeout}
 * @param maxAttempts the maximum number of attempts; neither reads that verify a write nor the
 *     resend after a 401 are counted
 * @param verificationWindow how long a write of unknown outcome is verified, within the timeout
 * @param headers sent with every request of the call but the token exchange
 * @param waitInfo the wait whose poll the call is; null for none
 */
public record CallOptions(
    Duration timeout,
    @Nullable Duration attemptTimeout,
    int maxAttempts,
    Duration verificationWindow,
    Map<String, String> headers,
    @Nullable WaitInfo waitInfo) {

  /** The part of the time of a call that an attempt has by default. */
  private static final int ATTEMPT_PART = 3;

  /** With less an ordinary connection to a distant service may fail. */
  private static final Duration MIN_DEFAULT_ATTEMPT_TIMEOUT = Duration.ofSeconds(1);

  /** The time limit of one request of a call that may take this long: a third, but at least 1 s. */
  public static Duration defaultAttemptTimeout(Duration timeout) {
    Duration part = timeout.dividedBy(ATTEMPT_PART);
    return part.compareTo(MIN_DEFAULT_ATTEMPT_TIMEOUT) < 0 ? MIN_DEFAULT_ATTEMPT_TIMEOUT : part;
  }

  /** With another timeout; when it is not positive nothing is sent. */
  public CallOptions withTimeout(Duration newTimeout) {
    return new CallOptions(
        newTimeout, attemptTimeout, maxAttempts, verificationWindow, headers, waitInfo);
  }

  /** For a poll of a wait: with one attempt and at most this timeout, because waits poll again. */
  public CallOptions forPoll(Duration maxTimeout, WaitInfo polling) {
    return new CallOptions(
        maxTimeout.compareTo(timeout) < 0 ? maxTimeout : timeout,
        requestTimeout(),
        1,
        verificationWindow,
        headers,
        polling);
  }

  /** The time limit of one request. */
  public Duration requestTimeout() {
    return attemptTimeout == null ? defaultAttemptTimeout(timeout) : attemptTimeout;
  }

  /** The same for the call itself, which has all the time when it has only one attempt. */
  Duration requestTimeoutOfCall() {
    return attemptTimeout == null && maxAttempts == 1 ? timeout : requestTimeout();
  }
}
