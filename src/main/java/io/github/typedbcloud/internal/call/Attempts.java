package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.auth.AccessToken;
import io.github.typedbcloud.internal.auth.TokenManager;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.http.Decoder;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.http.Judge;
import io.github.typedbcloud.internal.http.Outcome;
import io.github.typedbcloud.internal.http.Reply;
import io.github.typedbcloud.internal.observe.Observation;
import io.github.typedbcloud.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call: authorise, send, judge. Safe for use by many threads.
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

  <T> Outcome<T> attempt(
      ApiRequest request,
      Decoder<T> decoder,
      CallSettings settings,
      Deadline deadline,
      Observation observation) {
    for (boolean renewed = false; ; renewed = true) {
      Outcome<AccessToken> authorised = tokens.token(deadline);
      if (authorised instanceof Outcome.Failed<AccessToken> failed) {
        return new Outcome.Failed<>(failed.failure().inPlaceOf(request));
      }
      AccessToken token = ((Outcome.Succeeded<AccessToken>) authorised).value();
      Reply reply = send(request, token, settings, deadline, observation);
      if (renewed || status(reply) != UNAUTHORIZED) {
        return Judge.judge(request, token.authorization(), reply, decoder);
      }
      tokens.discard(token);
    }
  }

  private Reply send(
      ApiRequest request,
      AccessToken token,
      CallSettings settings,
      Deadline deadline,
      Observation observation) {
    long begun = time.elapsedNanos();
    Reply reply =
        transport.send(request, token.authorization(), settings.headers(), deadline.remaining());
    observation.attempted(request, status(reply), begun, failure(reply));
    return reply;
  }

  private static int status(Reply reply) {
    return reply instanceof Reply.Answered answered ? answered.answer().status() : 0;
  }

  private static @Nullable Exception failure(Reply reply) {
    return reply instanceof Reply.NotSent notSent
        ? notSent.cause()
        : reply instanceof Reply.Lost lost ? lost.cause() : null;
  }
}
