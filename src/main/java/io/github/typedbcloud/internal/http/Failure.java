package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.internal.api.ApiRequest;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt did not succeed, and the exception that it means for a caller when no other
 * attempt follows. The exception is made when it is asked for, so that each caller has a stack
 * trace of its own.
 *
 * @param kind what it means for another attempt
 * @param happened the sentence that says what happened, without its full stop
 * @param advice the sentence that says what to do next, without its full stop
 * @param retryAfter how long the service asks to wait; null when it does not say
 * @param cause what the network said, or the body; null for a status
 * @param maker makes the exception of its message and cause
 */
public record Failure(
    Kind kind,
    String happened,
    String advice,
    @Nullable Duration retryAfter,
    @Nullable Throwable cause,
    BiFunction<String, @Nullable Throwable, TypeDBCloudException> maker) {

  /** What a failure means for another attempt. */
  public enum Kind {
    /** The service says no, and will say so again. */
    REFUSED,
    /** A refusal of the caller, whatever was asked. */
    DENIED,
    /** A refusal that says that what the request names does not exist. */
    ABSENT,
    /** Nothing left the client whole: nothing was done, and it is safe to send it again. */
    NOT_SENT,
    /** The service turned it away before it looked: safe to send again, after a while. */
    UNPROCESSED,
    /** It may have been done: no answer, one that cannot be read, or one that does not tell. */
    UNKNOWN
  }

  /** Whether another attempt would come to the same. */
  public boolean isRefusal() {
    return kind == Kind.DENIED || saysNoToRequest();
  }

  /**
   * Whether it is a refusal of what was asked, which may be so because it has been done already.
   */
  public boolean saysNoToRequest() {
    return kind == Kind.REFUSED || kind == Kind.ABSENT;
  }

  /** The exception of a caller for whom this is the end. */
  public TypeDBCloudException exception() {
    return exception(advice);
  }

  /** The same with other advice, which what was found out since allows. */
  public TypeDBCloudException exception(String otherAdvice) {
    return maker.apply(happened + ". " + otherAdvice + ".", cause);
  }

  /** The failure of a request that needed the one that failed, and was not sent for want of it. */
  public Failure inPlaceOf(ApiRequest request) {
    return new Failure(
        isRefusal() ? Kind.DENIED : Kind.NOT_SENT,
        happened + "; without a token " + request.describe() + " was not sent",
        advice,
        retryAfter,
        cause,
        maker);
  }
}
