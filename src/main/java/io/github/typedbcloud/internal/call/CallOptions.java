package io.github.typedbcloud.internal.call;

import java.time.Duration;
import java.util.Map;

/**
 * The options of one call.
 *
 * @param timeout of the whole call: token exchange, attempts, pauses and verification
 * @param maxAttempts the maximum number of attempts; neither reads that verify a write nor the
 *     resend after a 401 are counted
 * @param verificationWindow how long a write of unknown outcome is verified, within the timeout
 * @param headers sent with every request of the call but the token exchange
 */
public record CallOptions(
    Duration timeout, int maxAttempts, Duration verificationWindow, Map<String, String> headers) {

  /** With another timeout; when it is not positive nothing is sent. */
  public CallOptions withTimeout(Duration newTimeout) {
    return new CallOptions(newTimeout, maxAttempts, verificationWindow, headers);
  }

  /** With one attempt and at most this timeout, for callers that retry themselves. */
  public CallOptions withoutRetries(Duration maxTimeout) {
    return new CallOptions(
        maxTimeout.compareTo(timeout) < 0 ? maxTimeout : timeout, 1, verificationWindow, headers);
  }
}
