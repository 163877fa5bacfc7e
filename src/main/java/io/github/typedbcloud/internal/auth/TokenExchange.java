package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.api.Generation;
import io.github.typedbcloud.internal.http.Answer;
import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.http.Judge;
import io.github.typedbcloud.internal.http.Outcome;
import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Exchanges the client's credentials for an access token of one generation of the API. */
public final class TokenExchange {

  private final HttpTransport transport;
  private final TimeSource time;
  private final Duration timeout;
  private final Authorization credentials;
  private final ApiRequest request;

  /**
   * An exchange.
   *
   * @param timeout for each exchange
   */
  public TokenExchange(
      HttpTransport transport,
      TimeSource time,
      Duration timeout,
      Authorization credentials,
      Generation generation) {
    this.transport = transport;
    this.time = time;
    this.timeout = timeout;
    this.credentials = credentials;
    this.request = generation.tokenExchange();
  }

  /**
   * What came of one exchange: a token, or an outcome that each caller makes its own exception of,
   * with its own stack trace.
   *
   * @param token null when there is none
   */
  record Result(@Nullable AccessToken token, Outcome outcome) {

    /** The exchange could not even begin. */
    static Result notSent(Throwable cause) {
      return new Result(null, new Outcome.NotSent(new IOException(cause.toString(), cause)));
    }
  }

  /** One exchange, now. The token's life is counted from before the request was sent. */
  Result perform() {
    Duration begun = time.elapsed();
    try {
      Outcome outcome = transport.send(request, credentials, timeout);
      return new Result(token(outcome, begun), outcome);
    } catch (RuntimeException | Error e) {
      // Whatever it is, the callers that wait for this exchange must hear of it.
      return Result.notSent(e);
    }
  }

  /** The exception that an exchange without a token means, whichever it is. */
  RuntimeException failure(Outcome outcome) {
    Answer answer;
    try {
      answer = Judge.accept(request, credentials, outcome);
    } catch (RuntimeException e) {
      return e;
    }
    try {
      TokenText.read(answer.body());
      return new IllegalStateException("A token was read that could not be read before.");
    } catch (IOException e) {
      return Judge.unreadable(request, credentials, answer, e);
    }
  }

  /** The exception of a caller whose wait for an exchange ended early. */
  RuntimeException notDone(Exception cause) {
    return Judge.notDone(request, cause);
  }

  private @Nullable AccessToken token(Outcome outcome, Duration begun) {
    if (outcome instanceof Outcome.Answered answered && answered.answer().isSuccess()) {
      try {
        TokenText text = TokenText.read(answered.answer().body());
        return new AccessToken(
            Authorization.bearer(text.value(), credentials), begun, text.lifetime());
      } catch (IOException e) {
        // Each caller's own exception tells why; see failure().
      }
    }
    return null;
  }
}
