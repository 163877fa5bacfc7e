package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.api.Generation;
import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.http.Judge;
import io.github.typedbcloud.internal.http.Outcome;
import io.github.typedbcloud.internal.http.Reply;
import io.github.typedbcloud.internal.observe.Observers;
import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Exchanges the client's credentials for an access token of one generation of the API. */
public final class TokenExchange {

  private final HttpTransport transport;
  private final TimeSource time;
  private final Duration timeout;
  private final CredentialsSource credentials;
  private final Observers observers;
  private final ApiRequest request;

  /**
   * An exchange.
   *
   * @param timeout for each exchange
   * @param credentials asked at each exchange
   * @param observers told of each exchange
   */
  public TokenExchange(
      HttpTransport transport,
      TimeSource time,
      Duration timeout,
      CredentialsSource credentials,
      Observers observers,
      Generation generation) {
    this.transport = transport;
    this.time = time;
    this.timeout = timeout;
    this.credentials = credentials;
    this.observers = observers;
    this.request = generation.tokenExchange();
  }

  /**
   * One exchange, now. The token's life is counted from before the request was sent. A failure is
   * not thrown, because each caller that waited for the exchange makes an exception of its own.
   *
   * @param renewal whether an older token still serves
   */
  Outcome<AccessToken> perform(boolean renewal) {
    Duration begun = time.elapsed();
    Outcome<AccessToken> outcome = exchange(begun);
    TokenExchanged event =
        new TokenExchanged(
            request.path(),
            renewal,
            time.elapsed().minus(begun),
            outcome instanceof Outcome.Failed<AccessToken> failed
                ? failed.failure().happened()
                : null);
    observers.tokenExchanged(event);
    return outcome;
  }

  private Outcome<AccessToken> exchange(Duration begun) {
    Authorization given;
    try {
      given = credentials.get();
    } catch (RuntimeException | Error e) {
      return notDone(new IOException("the credentials could not be had: " + e.getMessage(), e));
    }
    try {
      Reply reply = transport.send(request, given, Map.of(), timeout);
      return Judge.judge(request, given, reply, body -> token(body, begun, given));
    } catch (RuntimeException | Error e) {
      // Whatever it is, the callers that wait for this exchange must hear of it.
      return notBegun(e);
    }
  }

  /** The exchange could not even begin. */
  Outcome<AccessToken> notBegun(Throwable cause) {
    return notDone(new IOException(cause.toString(), cause));
  }

  /** For a caller whose wait for an exchange ended early. */
  Outcome<AccessToken> notDone(Exception cause) {
    return new Outcome.Failed<>(Judge.notSent(request, cause));
  }

  private static AccessToken token(byte[] body, Duration begun, Authorization given)
      throws IOException {
    TokenText text = TokenText.read(body);
    return new AccessToken(Authorization.bearer(text.value(), given), begun, text.lifetime());
  }
}
