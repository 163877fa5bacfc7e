package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.auth.AccessToken;
import io.github.typedbcloud.internal.auth.TokenManager;
import io.github.typedbcloud.internal.http.Answer;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.http.Judge;
import io.github.typedbcloud.internal.http.Outcome;
import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out calls of one generation of the API: authorise, attempt, judge the outcome, decode.
 * What comes before, the rules and the building of the request, its caller has done.
 *
 * <p>Safe for use by many threads.
 */
public final class Calls {

  private static final int UNAUTHORIZED = 401;

  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private final HttpTransport transport;
  private final TokenManager tokens;
  private final TimeSource time;
  private final Duration requestTimeout;

  /**
   * A way to carry out calls.
   *
   * @param requestTimeout for a whole call, the token exchange included
   */
  public Calls(
      HttpTransport transport, TokenManager tokens, TimeSource time, Duration requestTimeout) {
    this.transport = transport;
    this.tokens = tokens;
    this.time = time;
    this.requestTimeout = requestTimeout;
  }

  /**
   * Carries out one call within the client's timeout.
   *
   * @throws TypeDBCloudException when it does not succeed
   */
  public <T> T execute(ApiRequest request, Decoder<T> decoder) {
    return execute(request, decoder, requestTimeout);
  }

  /**
   * Carries out one call within a timeout of its own, or the client's when that is shorter.
   *
   * @throws TypeDBCloudException when it does not succeed
   * @throws IllegalStateException when the client is closed
   */
  public <T> T execute(ApiRequest request, Decoder<T> decoder, Duration timeout) {
    // Before a token is asked for, whose exchange would fail like a network, which waits ride out.
    transport.requireOpen();
    Deadline deadline =
        Deadline.after(timeout.compareTo(requestTimeout) < 0 ? timeout : requestTimeout);
    AccessToken token = tokens.token(deadline);
    Outcome outcome = attempt(request, token, deadline);
    if (outcome.hasStatus(UNAUTHORIZED)) {
      // A 401 means that nothing was done, so even a write can be sent again, once.
      tokens.discard(token);
      token = tokens.token(deadline);
      outcome = attempt(request, token, deadline);
    }
    Answer answer = Judge.accept(request, token.authorization(), outcome);
    try {
      return decoder.decode(answer.body());
    } catch (IOException | IllegalArgumentException e) {
      throw Judge.unreadable(request, token.authorization(), answer, e);
    }
  }

  private Outcome attempt(ApiRequest request, AccessToken token, Deadline deadline) {
    Duration begun = time.elapsed();
    Outcome outcome = transport.send(request, token.authorization(), deadline.remaining());
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "{} {}: {} after {} ms",
          request.operation().method(),
          request.path(),
          outcome instanceof Outcome.Answered answered
              ? answered.answer().status()
              : outcome.getClass().getSimpleName(),
          time.elapsed().minus(begun).toMillis());
    }
    return outcome;
  }
}
