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
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt of a call: authorise, send, judge. Safe for use by many threads.
 *
 * <p>A 401 is the one answer that has the request sent again here: it means that nothing was done,
 * so that even a write can follow a new token, once.
 */
public final class Attempts {

  private static final int UNAUTHORIZED = 401;

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

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
      ApiRequest request, Decoder<T> decoder, CallSettings settings, Deadline deadline) {
    for (boolean renewed = false; ; renewed = true) {
      Outcome<AccessToken> authorised = tokens.token(deadline);
      if (authorised instanceof Outcome.Failed<AccessToken> failed) {
        return new Outcome.Failed<>(failed.failure().inPlaceOf(request));
      }
      AccessToken token = ((Outcome.Succeeded<AccessToken>) authorised).value();
      Reply reply = send(request, token, settings, deadline);
      if (renewed || !isUnauthorized(reply)) {
        return Judge.judge(request, token.authorization(), reply, decoder);
      }
      tokens.discard(token);
    }
  }

  private Reply send(
      ApiRequest request, AccessToken token, CallSettings settings, Deadline deadline) {
    Duration begun = time.elapsed();
    Reply reply =
        transport.send(request, token.authorization(), settings.headers(), deadline.remaining());
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "{} {}: {} after {} ms",
          request.operation().method(),
          request.path(),
          reply instanceof Reply.Answered answered
              ? answered.answer().status()
              : reply.getClass().getSimpleName(),
          time.elapsed().minus(begun).toMillis());
    }
    return reply;
  }

  private static boolean isUnauthorized(Reply reply) {
    return reply instanceof Reply.Answered answered && answered.answer().status() == UNAUTHORIZED;
  }
}
