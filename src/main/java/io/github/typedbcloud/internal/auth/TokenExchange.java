package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.api.ApiVersion;
import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.HttpResult;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.http.ResponseClassifier;
import io.github.typedbcloud.internal.http.Result;
import io.github.typedbcloud.internal.listeners.ListenerDispatcher;
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
  private final ListenerDispatcher observers;
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
      ListenerDispatcher observers,
      ApiVersion generation) {
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
  Result<AccessToken> perform(boolean renewal) {
    Duration begun = time.elapsed();
    Result<AccessToken> outcome = exchange(begun);
    TokenExchanged event =
        new TokenExchanged(
            request.path(),
            renewal,
            time.elapsed().minus(begun),
            outcome instanceof Result.Failed<AccessToken> failed
                ? failed.failure().happened()
                : null);
    observers.tokenExchanged(event);
    return outcome;
  }

  private Result<AccessToken> exchange(Duration begun) {
    Authorization given;
    try {
      given = credentials.get();
    } catch (RuntimeException | Error e) {
      return notDone(new IOException("the credentials could not be had: " + e.getMessage(), e));
    }
    try {
      HttpResult reply = transport.send(request, given, Map.of(), timeout);
      return ResponseClassifier.judge(request, given, reply, body -> token(body, begun, given));
    } catch (RuntimeException | Error e) {
      // Whatever it is, the callers that wait for this exchange must hear of it.
      return notBegun(e);
    }
  }

  /** The exchange could not even begin. */
  Result<AccessToken> notBegun(Throwable cause) {
    return notDone(new IOException(cause.toString(), cause));
  }

  /** For a caller whose wait for an exchange ended early. */
  Result<AccessToken> notDone(Exception cause) {
    return new Result.Failed<>(ResponseClassifier.notSent(request, cause));
  }

  private static AccessToken token(byte[] body, Duration begun, Authorization given)
      throws IOException {
    ParsedToken text = ParsedToken.read(body);
    return new AccessToken(Authorization.bearer(text.value(), given), begun, text.lifetime());
  }
}
