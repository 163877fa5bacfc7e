package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.FailedCall;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.internal.api.Result.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What each status code that is no success means: one row each, for the retries of a call, for
 * waits, and for the exception that a caller gets. A new status starts here.
 */
@SuppressWarnings("ImmutableEnumChecker") // its functions are method references without state
public enum StatusRule {
  REDIRECT(300, 399, Kind.REJECTED, ApiException::new, ErrorMessages::redirect),
  BAD_REQUEST(400, 400, Kind.REJECTED, ApiException::new, ErrorMessages::badRequest),
  UNAUTHORIZED(
      401,
      401,
      Kind.UNAUTHORIZED,
      withoutDelay(UnauthorizedException::new),
      ErrorMessages::unauthorized),
  FORBIDDEN(
      403, 403, Kind.UNAUTHORIZED, withoutDelay(ForbiddenException::new), ErrorMessages::forbidden),
  NOT_FOUND(
      404, 404, Kind.NOT_FOUND, withoutDelay(NotFoundException::new), ErrorMessages::notFound),
  REQUEST_TIMEOUT(408, 408, Kind.UNKNOWN, ApiException::new, ErrorMessages::serverError),
  CONFLICT(409, 409, Kind.CONFLICT, withoutDelay(ConflictException::new), ErrorMessages::conflict),
  TOO_EARLY(425, 425, Kind.THROTTLED, ApiException::new, ErrorMessages::throttled),
  TOO_MANY_REQUESTS(429, 429, Kind.THROTTLED, ApiException::new, ErrorMessages::throttled),
  SERVER_ERROR(500, Integer.MAX_VALUE, Kind.UNKNOWN, ApiException::new, ErrorMessages::serverError),
  UNDOCUMENTED(0, 499, Kind.REJECTED, ApiException::new, ErrorMessages::undocumented);

  /** Makes the exception of a row. */
  @FunctionalInterface
  interface ExceptionFactory {
    ApiException create(
        FailedCall call,
        int status,
        String code,
        String serviceMessage,
        String message,
        @Nullable Duration retryAfter);
  }

  /** Makes the exception of a status that has no use for a delay. */
  @FunctionalInterface
  private interface ExceptionFactoryWithoutDelay {
    ApiException create(
        FailedCall call, int status, String code, String serviceMessage, String message);
  }

  /** Says what to do next. */
  @FunctionalInterface
  private interface Advice {
    String of(ApiCall<?> call, @Nullable Duration retryAfter);
  }

  private final int first;
  private final int last;
  private final Kind kind;
  private final ExceptionFactory exceptionFactory;
  private final Advice advice;

  StatusRule(int first, int last, Kind kind, ExceptionFactory exceptionFactory, Advice advice) {
    this.first = first;
    this.last = last;
    this.kind = kind;
    this.exceptionFactory = exceptionFactory;
    this.advice = advice;
  }

  /** The row of a status code; {@link #UNDOCUMENTED} when no other has it. */
  public static StatusRule of(int status) {
    for (StatusRule rule : values()) {
      if (rule.first <= status && status <= rule.last) {
        return rule;
      }
    }
    return UNDOCUMENTED;
  }

  /** What it means for a retry. */
  public Kind kind() {
    return kind;
  }

  ExceptionFactory exceptionFactory() {
    return exceptionFactory;
  }

  String advice(ApiCall<?> call, @Nullable Duration retryAfter) {
    return advice.of(call, retryAfter);
  }

  private static ExceptionFactory withoutDelay(ExceptionFactoryWithoutDelay factory) {
    return (call, status, code, serviceMessage, message, retryAfter) ->
        factory.create(call, status, code, serviceMessage, message);
  }
}
