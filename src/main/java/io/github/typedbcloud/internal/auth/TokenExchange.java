package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.api.Generation;
import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.http.Judge;
import io.github.typedbcloud.internal.http.Outcome;
import io.github.typedbcloud.internal.http.Reply;
import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

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
   * One exchange, now. The token's life is counted from before the request was sent. A failure is
   * not thrown, because each caller that waited for the exchange makes an exception of its own.
   */
  Outcome<AccessToken> perform() {
    Duration begun = time.elapsed();
    try {
      Reply reply = transport.send(request, credentials, Map.of(), timeout);
      return Judge.judge(request, credentials, reply, body -> token(body, begun));
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

  private AccessToken token(byte[] body, Duration begun) throws IOException {
    TokenText text = TokenText.read(body);
    return new AccessToken(Authorization.bearer(text.value(), credentials), begun, text.lifetime());
  }
}
