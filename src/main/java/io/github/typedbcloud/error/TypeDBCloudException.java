package io.github.typedbcloud.error;

import io.github.typedbcloud.internal.text.CleanText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The supertype of all exceptions of the client.
 *
 * <p>A message is one line of at most 4,000 characters; only that of an {@link
 * InvalidRequestException} has a line for each rule. It says what failed, why, and what to do; the
 * HTTP request and the parts of the response are in the accessors of the subtypes. Control
 * characters, line separators and format characters of Unicode are escaped as in JSON. What the
 * service sent is masked where it repeats a secret of the client, in any usual encoding; see
 * <em>Secrets</em> in the guide to operations.
 */
public abstract sealed class TypeDBCloudException extends RuntimeException
    permits ApiException,
        InvalidRequestException,
        OutcomeUnknownException,
        TransportException,
        UnreadableResponseException,
        WaitException {

  private static final long serialVersionUID = 1L;

  TypeDBCloudException(String message, @Nullable Throwable cause) {
    super(CleanText.message(message), cause);
  }

  /** A message of several lines. */
  TypeDBCloudException(List<String> lines) {
    super(lines.stream().map(CleanText::message).collect(Collectors.joining("\n")));
  }

  /**
   * How long to wait before another call, from the response's {@code Retry-After}, if that was
   * longer than the call's deadline allowed; at most 365 days. Empty if there was none.
   */
  public Optional<Duration> retryAfter() {
    return Optional.empty();
  }
}
