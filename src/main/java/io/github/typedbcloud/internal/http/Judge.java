package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.FailedCall;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.api.Operation;
import java.io.IOException;
import java.io.InterruptedIOException;

/** Tells an answer that can be used from all others, and makes the exceptions of the others. */
public final class Judge {

  private Judge() {}

  /**
   * The answer of a call that succeeded.
   *
   * @throws TypeDBCloudException what any other outcome means
   */
  public static Answer accept(ApiRequest request, Authorization authorization, Outcome outcome) {
    if (outcome instanceof Outcome.Answered answered) {
      if (answered.answer().isSuccess()) {
        return answered.answer();
      }
      throw refused(request, authorization, answered.answer());
    }
    if (outcome instanceof Outcome.Lost lost && !request.operation().repeatable()) {
      throw unknown(request, lost.cause());
    }
    throw notDone(
        request,
        outcome instanceof Outcome.Lost lost ? lost.cause() : ((Outcome.NotSent) outcome).cause());
  }

  /** The call came to nothing, and can be repeated. */
  public static TransportException notDone(ApiRequest request, Exception cause) {
    String done = request.operation().repeatable() ? "It changed nothing" : "Nothing was sent";
    return new TransportException(
        request.describe(),
        request.describe()
            + " got no answer: "
            + reason(cause)
            + ". "
            + done
            + (Thread.currentThread().isInterrupted()
                ? "."
                : "; check the network, the base URL and the request timeout, then call again."),
        cause);
  }

  /** A body of a successful answer that the operation does not document. */
  public static UnreadableResponseException unreadable(
      ApiRequest request, Authorization authorization, Answer answer, Exception problem) {
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
            : ServiceError.excerpt(authorization.redact(answer.text()));
    return new UnreadableResponseException(
        call,
        answer.status(),
        "%s was answered %s with a body that cannot be read (%s, %s bytes%s): %s. %s."
            .formatted(
                call,
                answer.status(),
                answer.contentType().isEmpty()
                    ? "no content type"
                    : authorization.redact(answer.contentType()),
                answer.received().length,
                excerpt.isEmpty() ? "" : ", " + excerpt,
                reason(cause),
                Advice.onUnreadable(request, answer)),
        cause);
  }

  private static OutcomeUnknownException unknown(ApiRequest request, IOException cause) {
    return new OutcomeUnknownException(
        request.describe(),
        request.describe()
            + " was sent and its answer was lost: "
            + reason(cause)
            + ". It may or may not have been done; read "
            + request.target()
            + " before you write again.",
        cause);
  }

  private static ApiException refused(
      ApiRequest request, Authorization authorization, Answer answer) {
    FailedCall call = request.describe();
    int status = answer.status();
    ServiceError error = ServiceError.read(answer, authorization);
    String message =
        "%s was refused with %s%s. %s."
            .formatted(call, status, error.inWords(), advice(request, status, error));
    boolean exchange = request.operation() == Operation.EXCHANGE_TOKEN;
    if (status == 401 || (exchange && (status == 400 || status == 403))) {
      return new UnauthorizedException(call, status, error.code(), error.message(), message);
    }
    if (exchange || error.isForeign()) {
      // A proxy's 404 says nothing of a cluster, and a wrong base URL's nothing of anything.
      return new ApiException(
          call, status, error.code(), error.message(), message, answer.retryAfter());
    }
    return switch (status) {
      case 403 -> new ForbiddenException(call, status, error.code(), error.message(), message);
      case 404 -> new NotFoundException(call, status, error.code(), error.message(), message);
      case 409 -> new ConflictException(call, status, error.code(), error.message(), message);
      default ->
          new ApiException(
              call, status, error.code(), error.message(), message, answer.retryAfter());
    };
  }

  private static String advice(ApiRequest request, int status, ServiceError error) {
    return status == 404 && error.isForeign()
        ? "It does not come from the service; check the base URL and any proxy on the way"
        : Advice.on(request, status);
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
