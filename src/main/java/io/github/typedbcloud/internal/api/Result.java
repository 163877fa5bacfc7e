package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.internal.http.ServerDate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The result of one attempt of a call. {@link ResponseClassifier} makes it.
 *
 * @param <T> what a success returns
 */
public sealed interface Result<T> {

  /**
   * The service did what was requested, and its response could be decoded.
   *
   * @param serverDate the {@code Date} header of the response
   */
  record Success<T>(T value, ServerDate serverDate) implements Result<T> {}

  /**
   * Anything else, as data: the exception is made when it is needed, so that each caller gets a
   * stack trace of its own.
   *
   * @param kind what it means for a retry
   * @param status the HTTP status of the response, also of a token exchange; 0 without one
   * @param summary the sentence that says what happened, without its full stop
   * @param advice the sentence that says what to do next, without its full stop
   * @param retryAfter the delay that the service requests; null for none
   * @param cause why there is no response, or why its body could not be decoded; null for an error
   *     status
   * @param exceptionFactory makes the exception
   */
  record Failure<T>(
      Kind kind,
      int status,
      String summary,
      String advice,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause,
      ExceptionFactory exceptionFactory)
      implements Result<T> {

    /** The exception for a caller, when no other attempt follows. */
    public TypeDBCloudException exception() {
      return exceptionWithAdvice(advice);
    }

    /** The same with other advice, when more is known than this attempt showed. */
    public TypeDBCloudException exceptionWithAdvice(String otherAdvice) {
      return exceptionFactory.create(summary + ". " + otherAdvice + ".", retryAfter);
    }

    /** The failure of a call that was not sent because its token exchange failed like this. */
    public <R> Failure<R> asFailureOf(ApiCall<R> call) {
      return new Failure<>(
          kind.isTransient()
              ? Kind.NOT_SENT
              : kind == Kind.UNAUTHORIZED ? Kind.UNAUTHORIZED : Kind.UNREACHABLE,
          status,
          summary + "; without a token " + call.describe() + " was not sent",
          advice,
          retryAfter,
          cause,
          exceptionFactory);
    }
  }

  /** Makes the exception of a failure. */
  @FunctionalInterface
  interface ExceptionFactory {

    /**
     * A new exception.
     *
     * @param retryAfter the delay that the service requests; null for none
     */
    TypeDBCloudException create(String message, @Nullable Duration retryAfter);
  }

  /** What a failure means for a retry. */
  enum Kind {
    /** The service rejects the request, and would reject it again. */
    REJECTED(false),
    /** The service rejects the request because the ID is in use. */
    CONFLICT(false),
    /** The service rejects the caller, whatever the request. */
    UNAUTHORIZED(false),
    /** The service does not know what the request names. */
    NOT_FOUND(false),
    /** The request was not sent, or was a read without a response: nothing was changed. */
    NOT_SENT(true),
    /** The same, and a retry would fail too: the client or the network is set up wrong. */
    UNREACHABLE(false),
    /** The service did not process the request: safe to retry, after a pause. */
    THROTTLED(true),
    /** The request may have been applied: the response is missing, unreadable or inconclusive. */
    UNKNOWN(true),
    /** The same, and a retry would fail too. */
    UNKNOWN_PERMANENT(false),
    /**
     * The request was probably applied: a success without a body, or with JSON that is unreadable.
     */
    UNREADABLE_SUCCESS(true);

    private final boolean isTransient;

    Kind(boolean isTransient) {
      this.isTransient = isTransient;
    }

    /** Whether it is not known whether the request was applied. */
    public boolean isOutcomeUnknown() {
      return this == UNKNOWN || this == UNKNOWN_PERMANENT || this == UNREADABLE_SUCCESS;
    }

    /** Whether it is about this request, so that another request may succeed. */
    public boolean isAboutRequest() {
      return this == REJECTED || this == CONFLICT || this == NOT_FOUND;
    }

    /** Whether a retry may succeed. */
    public boolean isTransient() {
      return isTransient;
    }
  }
}
