package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.auth.AccessToken;
import io.github.typedbcloud.internal.auth.TokenManager;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.http.Decoder;
import io.github.typedbcloud.internal.http.HttpResult;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.http.ResponseClassifier;
import io.github.typedbcloud.internal.http.Result;
import io.github.typedbcloud.internal.listeners.CallEvents;
import io.github.typedbcloud.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call: authorise, send, judge. Thread-safe.
 *
 * <p>A 401 is the one answer that has the request sent again here: it means that nothing was done,
 * so that even a write can follow a new token, once.
 */
public final class Attempts {

  private static final int UNAUTHORIZED = 401;

  private final HttpTransport transport;
  private final TokenManager tokens;
  private final TimeSource time;

  public Attempts(HttpTransport transport, TokenManager tokens, TimeSource time) {
    this.transport = transport;
    this.tokens = tokens;
    this.time = time;
  }

  /**
   * Refuses to go on when the client is closed.
   *
   * @throws IllegalStateException when it is
   */
  void requireOpen() {
    transport.requireOpen();
  }

  <T> Result<T> attempt(
      ApiRequest request,
      Decoder<T> decoder,
      CallOptions settings,
      Deadline deadline,
      CallEvents observation) {
    for (boolean renewed = false; ; renewed = true) {
      Result<AccessToken> authorised = tokens.token(deadline);
      if (authorised instanceof Result.Failed<AccessToken> failed) {
        return new Result.Failed<>(failed.failure().inPlaceOf(request));
      }
      AccessToken token = ((Result.Succeeded<AccessToken>) authorised).value();
      HttpResult reply = send(request, token, settings, deadline, observation);
      if (renewed || status(reply) != UNAUTHORIZED) {
        return ResponseClassifier.judge(request, token.authorization(), reply, decoder);
      }
      tokens.discard(token);
    }
  }

  private HttpResult send(
      ApiRequest request,
      AccessToken token,
      CallOptions settings,
      Deadline deadline,
      CallEvents observation) {
    long begun = time.elapsedNanos();
    HttpResult reply =
        transport.send(request, token.authorization(), settings.headers(), deadline.remaining());
    observation.attempted(request, status(reply), begun, failure(reply));
    return reply;
  }

  private static int status(HttpResult reply) {
    return reply instanceof HttpResult.Answered answered ? answered.answer().status() : 0;
  }

  private static @Nullable Exception failure(HttpResult reply) {
    return reply instanceof HttpResult.NotSent notSent
        ? notSent.cause()
        : reply instanceof HttpResult.Lost lost ? lost.cause() : null;
  }
}
