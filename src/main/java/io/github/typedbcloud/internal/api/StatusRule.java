package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.FailedCall;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.RateLimitException;
import io.github.typedbcloud.error.ServerErrorException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.internal.api.Result.Kind;
import java.time.Duration;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What each status code means: one row each, for the retries of a call, for waits, and for the
 * exception that a caller gets. A new status starts here. The first row that has a status wins.
 *
 * <p>A row decides two things. Whether a retry may succeed: not when the cause is a setting or a
 * certificate, which stays. And whether the status proves that a write was not applied: by RFC 9110
 * a 4xx does; no 5xx does, because a gateway sends it for a service that may have done its part,
 * and neither does a redirect to the result of a write (302, 303).
 */
@SuppressWarnings("ImmutableEnumChecker") // its functions are method references without state
public enum StatusRule {
  /** Of a request for a range or a change, which the client never sends: not the whole body. */
  PARTIAL_SUCCESS("206 226", Kind.UNREADABLE_SUCCESS),
  SUCCESS("200-299", Kind.UNREADABLE_SUCCESS),
  NOT_MODIFIED("304", Kind.UNKNOWN_PERMANENT, ApiException::new, ErrorMessages.NOT_MODIFIED),
  REDIRECT_TO_RESULT("302 303", Kind.UNKNOWN_PERMANENT, ApiException::new, ErrorMessages.REDIRECT),
  REDIRECT("300-399", Kind.REJECTED, ApiException::new, ErrorMessages.REDIRECT),
  BAD_REQUEST("400", Kind.REJECTED, ApiException::new, ErrorMessages::badRequest),
  UNAUTHORIZED(
      "401",
      Kind.UNAUTHORIZED,
      withoutDelay(UnauthorizedException::new),
      ErrorMessages::unauthorized),
  FORBIDDEN(
      "403", Kind.UNAUTHORIZED, withoutDelay(ForbiddenException::new), ErrorMessages::forbidden),
  NOT_FOUND("404", Kind.NOT_FOUND, withoutDelay(NotFoundException::new), ErrorMessages::notFound),
  PROXY_AUTHENTICATION("407", Kind.REJECTED, ApiException::new, ErrorMessages.PROXY_AUTHENTICATION),
  REQUEST_TIMEOUT("408", Kind.UNKNOWN, ApiException::new, ErrorMessages::serverError),
  CONFLICT("409", Kind.CONFLICT, withoutDelay(ConflictException::new), ErrorMessages::conflict),
  TOO_LARGE("413 414 431 494", Kind.REJECTED, ApiException::new, ErrorMessages.TOO_LARGE),
  MISDIRECTED("421", Kind.REJECTED, ApiException::new, ErrorMessages.MISDIRECTED),
  LOCKED("423", Kind.REJECTED, ApiException::new, ErrorMessages::locked),
  TOO_EARLY("425", Kind.THROTTLED, ApiException::new, ErrorMessages::throttled),
  TOO_MANY_REQUESTS("429", Kind.THROTTLED, RateLimitException::new, ErrorMessages::throttled),
  LEGAL_REASONS("451", Kind.REJECTED, ApiException::new, ErrorMessages.LEGAL_REASONS),
  /** Of gateways that gave up a request, which the service may have received. */
  GIVEN_UP_BY_GATEWAY("460 499", Kind.UNKNOWN, ApiException::new, ErrorMessages::serverError),
  HTTP_VERSION(
      "505", Kind.UNKNOWN_PERMANENT, ServerErrorException::new, ErrorMessages.HTTP_VERSION),
  NOT_SUPPORTED(
      "501 506 510",
      Kind.UNKNOWN_PERMANENT,
      ServerErrorException::new,
      ErrorMessages::notSupported),
  LOOP("508", Kind.UNKNOWN_PERMANENT, ServerErrorException::new, ErrorMessages.LOOP),
  NETWORK_AUTHENTICATION(
      "511",
      Kind.UNKNOWN_PERMANENT,
      ServerErrorException::new,
      ErrorMessages.NETWORK_AUTHENTICATION),
  /** Of Cloudflare: the service closed the connection, is down or silent. */
  BEHIND_CDN("520-524 527 530", Kind.UNKNOWN, ServerErrorException::new, ErrorMessages::behindCdn),
  /** Of Cloudflare: the handshake with the service failed, or its certificate is invalid. */
  TLS_BEHIND_CDN(
      "525 526", Kind.UNKNOWN_PERMANENT, ServerErrorException::new, ErrorMessages.TLS_BEHIND_CDN),
  SERVER_ERROR("500-599", Kind.UNKNOWN, ServerErrorException::new, ErrorMessages::serverError),
  /** Of a protocol that was not asked for. */
  INFORMATIONAL("100-199", Kind.UNKNOWN_PERMANENT, ApiException::new, ErrorMessages.UNDOCUMENTED),
  UNDOCUMENTED("400-499", Kind.REJECTED, ApiException::new, ErrorMessages.UNDOCUMENTED),
  /** Not of HTTP: RFC 9110, section 15, says to treat it like 5xx. */
  INVALID("0-99 600-999", Kind.UNKNOWN, ServerErrorException::new, ErrorMessages::serverError);

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

  private final BitSet statuses = new BitSet();
  private final Kind kind;
  private final @Nullable ExceptionFactory exceptionFactory;
  private final @Nullable Advice advice;

  /** A row of successes, whose exception and advice are those of their bodies. */
  StatusRule(String statuses, Kind kind) {
    this(statuses, kind, null, (Advice) null);
  }

  /** A row whose advice is the same for every call. */
  StatusRule(String statuses, Kind kind, ExceptionFactory exceptionFactory, String advice) {
    this(statuses, kind, exceptionFactory, (call, retryAfter) -> advice);
  }

  StatusRule(
      String statuses,
      Kind kind,
      @Nullable ExceptionFactory exceptionFactory,
      @Nullable Advice advice) {
    for (String range : statuses.split(" ", 0)) {
      String[] bounds = range.split("-", 0);
      this.statuses.set(
          Integer.parseInt(bounds[0]), Integer.parseInt(bounds[bounds.length - 1]) + 1);
    }
    this.kind = kind;
    this.exceptionFactory = exceptionFactory;
    this.advice = advice;
  }

  /** The row of a status code; {@link #INVALID} when no other has it. */
  public static StatusRule of(int status) {
    for (StatusRule rule : values()) {
      if (rule.statuses.get(status)) {
        return rule;
      }
    }
    return INVALID;
  }

  /** What it means for a retry. */
  public Kind kind() {
    return kind;
  }

  ExceptionFactory exceptionFactory() {
    return Objects.requireNonNull(exceptionFactory);
  }

  /** What to do, and for a write without a known outcome that it must be read first. */
  String advice(ApiCall<?> call, @Nullable Duration retryAfter) {
    String causeAdvice = Objects.requireNonNull(advice).of(call, retryAfter);
    return kind.isOutcomeUnknown() && !call.operation().isRead()
        ? ErrorMessages.readFirst(call, causeAdvice)
        : causeAdvice;
  }

  private static ExceptionFactory withoutDelay(ExceptionFactoryWithoutDelay factory) {
    return (call, status, code, serviceMessage, message, retryAfter) ->
        factory.create(call, status, code, serviceMessage, message);
  }
}
