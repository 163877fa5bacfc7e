package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.FailedCall;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.api.Operation;
import io.github.typedbcloud.internal.http.Failure.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides what came of an attempt: the one place that does. */
public final class ResponseClassifier {

  private ResponseClassifier() {}

  /** The outcome of an attempt of a request. */
  public static <T> Result<T> judge(
      ApiRequest request, Authorization authorization, HttpResult reply, Decoder<T> decoder) {
    if (reply instanceof HttpResult.Answered answered) {
      return judge(request, authorization, answered.answer(), decoder);
    }
    return new Result.Failed<>(
        reply instanceof HttpResult.Lost lost
            ? lost(request, lost.cause())
            : notSent(request, ((HttpResult.NotSent) reply).cause()));
  }

  /** The failure of a request that did not leave the client. */
  public static Failure notSent(ApiRequest request, Exception cause) {
    return unanswered(
        request,
        Kind.NOT_SENT,
        " got no answer: ",
        cause,
        (request.operation().repeatable() ? "It changed nothing" : "Nothing was sent")
            + (Thread.currentThread().isInterrupted() ? "" : ErrorMessages.CHECK_NETWORK));
  }

  private static <T> Result<T> judge(
      ApiRequest request, Authorization authorization, HttpResponse answer, Decoder<T> decoder) {
    if (!answer.isSuccess()) {
      return new Result.Failed<>(refused(request, authorization, answer));
    }
    try {
      return new Result.Succeeded<>(decoder.decode(answer.body()), answer.serviceTime());
    } catch (IOException | IllegalArgumentException e) {
      return new Result.Failed<>(unreadable(request, authorization, answer, e));
    }
  }

  private static Failure lost(ApiRequest request, IOException cause) {
    return request.operation().repeatable()
        ? notSent(request, cause)
        : unanswered(
            request,
            Kind.UNKNOWN,
            " was sent and its answer was lost: ",
            cause,
            ErrorMessages.readFirst(request));
  }

  private static Failure unanswered(
      ApiRequest request, Kind kind, String verb, Exception cause, String advice) {
    FailedCall call = request.describe();
    return new Failure(
        kind,
        call + verb + reason(cause),
        advice,
        null,
        cause,
        (message, why) -> new TransportException(call, message, why));
  }

  /** A body of a successful answer that the operation does not document. */
  private static Failure unreadable(
      ApiRequest request, Authorization authorization, HttpResponse answer, Exception problem) {
    FailedCall call = request.describe();
    // What a parser says quotes the body, and perhaps a part of a secret that no mask recognizes.
    Exception cause =
        authorization.occursIn(answer.text())
            ? new IOException("what is wrong is not told, because the body repeats a secret")
            : problem;
    // The answer to a token exchange is a secret whatever it looks like.
    String excerpt =
        request.operation() == Operation.EXCHANGE_TOKEN
            ? ""
            : ErrorBody.excerpt(authorization.redact(answer.text()));
    String happened =
        "%s was answered %s with a body that cannot be read (%s, %s bytes%s): %s"
            .formatted(
                call,
                answer.status(),
                answer.contentType().isEmpty()
                    ? "no content type"
                    : authorization.redact(answer.contentType()),
                answer.received().length,
                excerpt.isEmpty() ? "" : ", " + excerpt,
                reason(cause));
    return new Failure(
        Kind.UNKNOWN,
        happened,
        ErrorMessages.onUnreadable(request, answer),
        answer.retryAfter(),
        cause,
        (message, why) -> new UnreadableResponseException(call, answer.status(), message, why));
  }

  private static Failure refused(
      ApiRequest request, Authorization authorization, HttpResponse answer) {
    FailedCall call = request.describe();
    int status = answer.status();
    ErrorBody error = ErrorBody.read(answer, authorization);
    // A proxy's 404 says nothing of a cluster, and a wrong base URL's nothing of anything.
    boolean exchange = request.operation() == Operation.EXCHANGE_TOKEN;
    boolean ofService = !exchange && !error.isForeign();
    return new Failure(
        ofService && status == 404 ? Kind.ABSENT : kind(status),
        call + " was refused with " + status + error.inWords(),
        advice(request, answer, error),
        answer.retryAfter(),
        null,
        (message, why) ->
            status == 401 || (exchange && (status == 400 || status == 403))
                ? new UnauthorizedException(call, status, error.code(), error.message(), message)
                : ofService
                    ? refusal(call, status, error, answer.retryAfter(), message)
                    : plain(call, status, error, answer.retryAfter(), message));
  }

  private static Kind kind(int status) {
    return switch (status) {
      case 401, 403 -> Kind.DENIED;
      case 408 -> Kind.UNKNOWN;
      case 425, 429 -> Kind.UNPROCESSED;
      default -> status >= 500 ? Kind.UNKNOWN : Kind.REFUSED;
    };
  }

  private static ApiException refusal(
      FailedCall call, int status, ErrorBody error, @Nullable Duration retryAfter, String message) {
    return switch (status) {
      case 403 -> new ForbiddenException(call, status, error.code(), error.message(), message);
      case 404 -> new NotFoundException(call, status, error.code(), error.message(), message);
      case 409 -> new ConflictException(call, status, error.code(), error.message(), message);
      default -> plain(call, status, error, retryAfter, message);
    };
  }

  private static ApiException plain(
      FailedCall call, int status, ErrorBody error, @Nullable Duration retryAfter, String message) {
    return new ApiException(call, status, error.code(), error.message(), message, retryAfter);
  }

  private static String advice(ApiRequest request, HttpResponse answer, ErrorBody error) {
    return answer.status() == 404 && error.isForeign()
        ? "It does not come from the service; check the base URL and any proxy on the way"
        : ErrorMessages.on(request, answer.status(), answer.retryAfter());
  }

  private static String reason(Exception cause) {
    String message = cause.getMessage();
    if (cause.getClass() == InterruptedIOException.class && "timeout".equals(message)) {
      // OkHttp's word for the end of a call; those of a socket are a subclass.
      return "the request timeout passed";
    }
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + " (" + message + ")";
  }
}
