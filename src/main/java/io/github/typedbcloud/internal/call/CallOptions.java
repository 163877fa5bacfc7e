package io.github.typedbcloud.internal.call;

import java.time.Duration;
import java.util.Map;

/**
 * How one call is carried out.
 *
 * @param timeout for all of it: token exchange, attempts, pauses and the reading that settles
 * @param maxAttempts how often the request may be sent; readings that settle are not counted
 * @param headers sent with every request of the call but the token exchange
 */
public record CallOptions(Duration timeout, int maxAttempts, Map<String, String> headers) {

  /** With another timeout; one that has passed sends nothing. */
  public CallOptions within(Duration newTimeout) {
    return new CallOptions(newTimeout, maxAttempts, headers);
  }

  /** One attempt, for callers that repeat the call themselves. */
  public CallOptions once(Duration newTimeout) {
    return new CallOptions(newTimeout.compareTo(timeout) < 0 ? newTimeout : timeout, 1, headers);
  }
}
