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
import java.io.IOException;
import java.io.InterruptedIOException;

/** Decides what a response, or its absence, means for a call: the one place that does. */
public final class ResponseClassifier {

  private ResponseClassifier() {}

  /**
   * The result of an attempt.
   *
   * @param authorization what was sent with the request, which no message may repeat
   */
  public static <T> Result<T> classify(
      ApiCall<T> call, Authorization authorization, HttpResult http) {
    if (http instanceof HttpResult.Received received) {
      HttpResponse response = received.response();
      return response.isSuccessful()
          ? decode(call, authorization, response)
          : errorStatus(call, authorization, response);
    }
    IOException cause = ((HttpResult.NoResponse) http).cause();
    return http instanceof HttpResult.NotSent || call.operation().isRead()
        ? notSent(call, cause)
        : responseLost(call, cause);
  }

  /** The failure of a request that was not sent, or of a read without a response. */
  public static <T> Failure<T> notSent(ApiCall<?> call, Exception cause) {
    String effect = call.operation().isRead() ? "It changed nothing" : "Nothing was sent";
    boolean interrupted = Thread.currentThread().isInterrupted();
    return noResponse(
        call,
        Kind.NOT_SENT,
        " got no response: " + reason(cause),
        cause,
        interrupted ? effect : effect + ErrorMessages.CHECK_NETWORK);
  }

  private static <T> Failure<T> responseLost(ApiCall<?> call, IOException cause) {
    return noResponse(
        call,
        Kind.UNKNOWN,
        " was sent and its response was lost: " + reason(cause),
        cause,
        ErrorMessages.readFirst(call));
  }

  private static <T> Failure<T> noResponse(
      ApiCall<?> call, Kind kind, String what, Exception cause, String advice) {
    FailedCall description = call.describe();
    return new Failure<>(
        kind,
        description + what,
        advice,
        null,
        cause,
        (message, delay) -> new TransportException(description, message, cause));
  }

  private static <T> Result<T> decode(
      ApiCall<T> call, Authorization authorization, HttpResponse response) {
    try {
      return new Success<>(call.decoder().decode(response.body()), response.serverDate());
    } catch (IOException | IllegalArgumentException e) {
      return unreadable(call, authorization, response, e);
    }
  }

  /** A success whose body is not the documented one. */
  private static <T> Failure<T> unreadable(
      ApiCall<T> call, Authorization authorization, HttpResponse response, Exception problem) {
    FailedCall description = call.describe();
    // A parser's message quotes the body, and perhaps a part of a secret that no mask recognizes.
    Exception cause =
        authorization.occursIn(response.receivedText())
            ? new IOException("the reason is withheld, because the body repeats a secret")
            : problem;
    // The body of a token exchange is a secret whatever it looks like.
    String excerpt =
        call.operation() == Operation.EXCHANGE_TOKEN
            ? ""
            : ErrorBody.excerpt(authorization.redact(response.receivedText()));
    String summary =
        "%s succeeded with HTTP %s but its body cannot be read (%s, %s bytes%s): %s"
            .formatted(
                description,
                response.status(),
                response.contentType().isEmpty()
                    ? "no content type"
                    : authorization.redact(response.contentType()),
                response.received().length,
                excerpt.isEmpty() ? "" : ", " + excerpt,
                reason(cause));
    return new Failure<>(
        // A page is of a proxy or portal, which may not have passed the request on.
        excerpt.isEmpty() || isJson(response) ? Kind.UNREADABLE_SUCCESS : Kind.UNKNOWN,
        summary,
        ErrorMessages.unreadable(call, response),
        response.retryAfter(),
        cause,
        (message, delay) ->
            new UnreadableResponseException(description, response.status(), message, cause));
  }

  private static boolean isJson(HttpResponse response) {
    String start = response.receivedText().stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  private static <T> Failure<T> errorStatus(
      ApiCall<T> call, Authorization authorization, HttpResponse response) {
    FailedCall description = call.describe();
    int status = response.status();
    ErrorBody body = ErrorBody.parse(response, authorization);
    StatusRule rule = StatusRule.of(status);
    boolean isExchange = call.operation() == Operation.EXCHANGE_TOKEN;
    // Only the service's own 404 says that a cluster does not exist.
    boolean isNotFromService404 = rule == StatusRule.NOT_FOUND && !body.isDocumented();
    return new Failure<>(
        isNotFromService404 || (isExchange && rule == StatusRule.NOT_FOUND)
            ? Kind.REJECTED
            : rule.kind(),
        description + " failed with HTTP " + status + body.describe(),
        isNotFromService404
            ? ErrorMessages.NOT_FROM_SERVICE
            : rule.advice(call, response.retryAfter()),
        response.retryAfter(),
        null,
        (message, delay) ->
            exceptionRule(call, rule, body)
                .exceptionFactory()
                .create(description, status, body.code(), body.message(), message, delay));
  }

  /** The row that has the exception: neither a proxy nor an exchange says anything of a cluster. */
  private static StatusRule exceptionRule(ApiCall<?> call, StatusRule rule, ErrorBody body) {
    if (call.operation() == Operation.EXCHANGE_TOKEN) {
      return switch (rule) {
        case BAD_REQUEST, UNAUTHORIZED, FORBIDDEN -> StatusRule.UNAUTHORIZED;
        default -> StatusRule.UNDOCUMENTED;
      };
    }
    boolean isFromService =
        rule == StatusRule.NOT_FOUND ? body.isDocumented() : !body.isNotFromService();
    return isFromService || rule == StatusRule.UNAUTHORIZED ? rule : StatusRule.UNDOCUMENTED;
  }

  private static String reason(Exception cause) {
    String message = cause.getMessage();
    if (cause.getClass() == InterruptedIOException.class && message != null) {
      // Of the transport; that of a socket is a subclass.
      return message;
    }
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + " (" + message + ")";
  }
}
