package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.ApiVersion;
import io.github.typedbcloud.internal.api.ResponseClassifier;
import io.github.typedbcloud.internal.api.Result;
import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.HttpResult;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.listeners.ListenerDispatcher;
import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Exchanges the client's credentials for an access token of one version of the API. Thread-safe.
 */
public final class TokenExchange {

  private final HttpTransport transport;
  private final TimeSource time;
  private final Duration timeout;
  private final CredentialsSource credentials;
  private final ListenerDispatcher listeners;
  private final ApiCall<ParsedToken> call;

  /**
   * An exchange.
   *
   * @param timeout of each exchange
   * @param credentials read at each exchange
   * @param listeners notified of each exchange
   */
  public TokenExchange(
      HttpTransport transport,
      TimeSource time,
      Duration timeout,
      CredentialsSource credentials,
      ListenerDispatcher listeners,
      ApiVersion version) {
    this.transport = transport;
    this.time = time;
    this.timeout = timeout;
    this.credentials = credentials;
    this.listeners = listeners;
    this.call = version.tokenExchange(ParsedToken::parse);
  }

  /**
   * Exchanges now. The lifetime of the token is counted from before the request. A failure is
   * returned and not thrown, because each waiting caller makes its own exception of it.
   *
   * @param isRenewal whether the previous token is still valid
   */
  Result<AccessToken> exchange(boolean isRenewal) {
    Duration startedAt = time.elapsed();
    Result<AccessToken> result = send(startedAt);
    listeners.tokenExchanged(
        new TokenExchanged(
            call.path(),
            isRenewal,
            time.elapsed().minus(startedAt),
            result instanceof Result.Failure<AccessToken> failure ? failure.summary() : null));
    return result;
  }

  private Result<AccessToken> send(Duration startedAt) {
    Authorization current;
    try {
      current = credentials.get();
    } catch (RuntimeException | Error e) {
      return failed(new IOException("the credentials are not available: " + e.getMessage(), e));
    }
    ApiCall<AccessToken> exchange = call.withDecoder(body -> accessToken(body, startedAt, current));
    try {
      HttpResult response = transport.send(exchange.toHttpRequest(current, Map.of()), timeout);
      return ResponseClassifier.classify(exchange, current, response);
    } catch (RuntimeException | Error e) {
      // The callers that wait for this exchange must get any failure.
      return notStarted(e);
    }
  }

  /** The exchange could not be started. */
  Result<AccessToken> notStarted(Throwable cause) {
    return failed(new IOException(cause.toString(), cause));
  }

  /** The exchange has no result for a caller. */
  Result<AccessToken> failed(Exception cause) {
    return ResponseClassifier.notSent(call, cause);
  }

  private static AccessToken accessToken(byte[] body, Duration startedAt, Authorization current)
      throws IOException {
    ParsedToken token = ParsedToken.parse(body);
    return new AccessToken(
        Authorization.bearer(token.value(), current), startedAt, token.lifetime());
  }
}
