package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.error.FailedCall;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.internal.api.Result.Failure;
import io.github.typedbcloud.internal.api.Result.Kind;
import io.github.typedbcloud.internal.api.Result.Success;
import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.HttpResponse;
import io.github.typedbcloud.internal.http.HttpResult;
import io.github.typedbcloud.internal.json.Json;
import io.github.typedbcloud.internal.text.CleanText;
import io.github.typedbcloud.internal.text.Secrets;
import java.io.IOException;
import java.io.InterruptedIOException;

/** Decides what a response, or its absence, means for a call: the one place that does. */
public final class ResponseClassifier {

  private static final int OK = 200;

  /** How much of the message of a cause is quoted; the cause itself has more. */
  private static final int MAX_REASON = 500;

  private ResponseClassifier() {}

  /**
   * The result of an attempt.
   *
   * @param authorization what was sent with the request, which no message may repeat
   */
  public static <T> Result<T> classify(
      ApiCall<T> call, Authorization authorization, HttpResult http) {
    try {
      return classified(call, authorization, http);
    } catch (LinkageError e) {
      return unlinked(call, http.status(), e);
    }
  }

  /**
   * A response that libraries which do not match cannot decode. A retry would not help; a write may
   * have been applied.
   */
  private static <T> Failure<T> unlinked(ApiCall<T> call, int status, LinkageError cause) {
    FailedCall description = call.describe();
    String advice = TransportRule.DEPENDENCIES.advice();
    return new Failure<>(
        Kind.UNKNOWN_PERMANENT,
        status,
        description + " got HTTP " + status + ", which cannot be decoded: " + cause,
        call.operation().isRead() ? advice : ErrorMessages.readFirst(call, advice),
        null,
        cause,
        (message, delay) -> new UnreadableResponseException(description, status, message, cause));
  }

  private static <T> Result<T> classified(
      ApiCall<T> call, Authorization authorization, HttpResult http) {
    if (http instanceof HttpResult.Received received) {
      HttpResponse response = received.response();
      if (response.status() == OK) {
        // Before the table, which need not be loaded for it.
        return decode(call, authorization, response);
      }
      return switch (StatusRule.of(response.status())) {
        case SUCCESS -> decode(call, authorization, response);
        case PARTIAL_SUCCESS ->
            unreadable(
                call, authorization, response, new IOException("it is a part of a response"));
        default -> errorStatus(call, authorization, response);
      };
    }
    IOException original = ((HttpResult.NoResponse) http).cause();
    TransportRule rule = rule(original);
    Exception cause = shown(call, authorization, original);
    return http instanceof HttpResult.NotSent || call.operation().isRead()
        ? notSent(call, rule, cause)
        : responseLost(call, rule, cause);
  }

  /** The failure of a request that was not sent, or of a read without a response. */
  public static <T> Failure<T> notSent(ApiCall<?> call, Exception cause) {
    return notSent(call, rule(cause), cause);
  }

  /** The same for a cause that the exception does not show. */
  public static <T> Failure<T> notSent(ApiCall<?> call, TransportRule rule, Exception cause) {
    return noResponse(
        call,
        rule,
        rule.isTransient() ? Kind.NOT_SENT : Kind.UNREACHABLE,
        " got no response: " + reason(cause),
        cause,
        ErrorMessages.notSent(call, rule));
  }

  private static <T> Failure<T> responseLost(ApiCall<?> call, TransportRule rule, Exception cause) {
    return noResponse(
        call,
        rule,
        rule.isTransient() ? Kind.UNKNOWN : Kind.UNKNOWN_PERMANENT,
        " was sent and its response was lost: " + reason(cause),
        cause,
        ErrorMessages.readFirst(call, rule.advice()));
  }

  private static TransportRule rule(Exception cause) {
    return Thread.currentThread().isInterrupted()
        ? TransportRule.INTERRUPTED
        : TransportRule.of(cause);
  }

  private static <T> Failure<T> noResponse(
      ApiCall<?> call, TransportRule rule, Kind kind, String what, Exception cause, String advice) {
    FailedCall description = call.describe();
    return new Failure<>(
        kind,
        HttpResult.NO_STATUS,
        description + what,
        advice,
        null,
        cause,
        (message, delay) -> new TransportException(description, rule.reason(), message, cause));
  }

  private static <T> Result<T> decode(
      ApiCall<T> call, Authorization authorization, HttpResponse response) {
    try {
      byte[] body = response.body();
      T value =
          body.length <= Json.UNTIMED_BYTES
              ? call.decoder().decode(body)
              : Json.within(response::isOverdue, () -> call.decoder().decode(body));
      return new Success<>(value, response.serverDate());
    } catch (IOException | IllegalArgumentException e) {
      return unreadable(call, authorization, response, e);
    }
  }

  /** A success whose body is not the documented one. */
  private static <T> Failure<T> unreadable(
      ApiCall<T> call, Authorization authorization, HttpResponse response, Exception problem) {
    FailedCall description = call.describe();
    Secrets secrets = authorization.secrets();
    boolean isExchange = call.operation() == Operation.EXCHANGE_TOKEN;
    // What the exchange's own decoder says quotes nothing; what the HTTP client says may do so.
    Exception cause =
        response.bodyState() == HttpResponse.BodyState.COMPLETE
            ? secrets.clean(problem)
            : shown(call, authorization, problem);
    String contentType = secrets.clean(response.contentType(), CleanText.MAX_VALUE);
    String excerpt = isExchange ? "" : ErrorBody.excerpt(response, secrets);
    String body =
        isExchange
            ? ErrorBody.withheld(response)
            : (contentType.isEmpty() ? "no content type" : contentType)
                + ", "
                + response.received().length
                + " bytes"
                + (excerpt.isEmpty() ? "" : ", " + excerpt);
    String summary =
        "%s succeeded with HTTP %s but its body cannot be read%s: %s"
            .formatted(
                description,
                response.status(),
                body.isEmpty() ? "" : " (" + body + ")",
                reason(cause));
    return new Failure<>(
        // A page is of a proxy or portal, which may not have passed the request on.
        excerpt.isEmpty() || isJson(response) ? Kind.UNREADABLE_SUCCESS : Kind.UNKNOWN,
        response.status(),
        summary,
        ErrorMessages.unreadable(call, response),
        response.retryAfter(),
        cause,
        (message, delay) ->
            new UnreadableResponseException(description, response.status(), message, cause));
  }

  private static boolean isJson(HttpResponse response) {
    String start = response.receivedStart(1);
    return start.startsWith("{") || start.startsWith("[");
  }

  private static <T> Failure<T> errorStatus(
      ApiCall<T> call, Authorization authorization, HttpResponse response) {
    FailedCall description = call.describe();
    int status = response.status();
    ErrorBody body = ErrorBody.parse(call, response, authorization.secrets());
    StatusRule rule = StatusRule.of(status);
    StatusRule exceptionRule = exceptionRule(call, rule, body);
    boolean isExchange = call.operation() == Operation.EXCHANGE_TOKEN;
    boolean isOfProxy = !isExchange && exceptionRule != rule;
    // Only the service's own 404, when it is complete, says that a cluster does not exist.
    Kind kind = isExchange || rule == StatusRule.NOT_FOUND ? exceptionRule.kind() : rule.kind();
    boolean isCut =
        exceptionRule != rule && response.bodyState() == HttpResponse.BodyState.TRUNCATED;
    return new Failure<>(
        isCut && !isExchange ? Kind.UNKNOWN : kind,
        status,
        description + " failed with HTTP " + status + body.describe(),
        isOfProxy ? ErrorMessages.NOT_FROM_SERVICE : advice(call, rule, body, response),
        response.retryAfter(),
        null,
        (message, delay) ->
            exceptionRule
                .exceptionFactory()
                .create(description, status, body.code(), body.message(), message, delay));
  }

  private static String advice(
      ApiCall<?> call, StatusRule rule, ErrorBody body, HttpResponse response) {
    boolean isDeploy = call.operation() == Operation.DEPLOY;
    return isDeploy && rule == StatusRule.BAD_REQUEST && body.isFreeClusterLimit()
        ? ErrorMessages.FREE_CLUSTER
        : rule.advice(call, response.retryAfter());
  }

  /** The row that has the exception: neither a proxy nor an exchange says anything of a cluster. */
  private static StatusRule exceptionRule(ApiCall<?> call, StatusRule rule, ErrorBody body) {
    boolean isExchange = call.operation() == Operation.EXCHANGE_TOKEN;
    return switch (rule) {
      case BAD_REQUEST -> isExchange ? StatusRule.UNAUTHORIZED : rule;
      case FORBIDDEN ->
          isExchange
              ? StatusRule.UNAUTHORIZED
              : body.isNotFromService() ? StatusRule.UNDOCUMENTED : rule;
      case NOT_FOUND -> isExchange || !body.isDocumented() ? StatusRule.UNDOCUMENTED : rule;
      case CONFLICT -> isExchange || body.isNotFromService() ? StatusRule.UNDOCUMENTED : rule;
      default -> rule;
    };
  }

  /** The failure of a transport as it may be shown. */
  private static Exception shown(ApiCall<?> call, Authorization authorization, Exception failure) {
    return call.operation() == Operation.EXCHANGE_TOKEN
        ? authorization.secrets().cleanWithoutQuotes(failure)
        : authorization.secrets().clean(failure);
  }

  private static String reason(Exception cause) {
    String message = cause.getMessage();
    if (cause.getClass() == InterruptedIOException.class && message != null) {
      // Of the transport; that of a socket is a subclass.
      return message;
    }
    return message == null || message.isBlank()
        ? Secrets.typeName(cause)
        : Secrets.typeName(cause) + " (" + CleanText.of(message, MAX_REASON) + ")";
  }
}
