package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.ApiVersion;
import io.github.typedbcloud.internal.api.ResponseClassifier;
import io.github.typedbcloud.internal.api.Result;
import io.github.typedbcloud.internal.api.Result.Failure;
import io.github.typedbcloud.internal.api.TransportRule;
import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.http.HttpResult;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.listeners.ListenerDispatcher;
import io.github.typedbcloud.internal.text.KnownSecrets;
import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the client's credentials for an access token of one version of the API. Thread-safe.
 */
public final class TokenExchange {

  /** An exchange that takes longer hangs, however patient the callers are. */
  private static final Duration MAX_DURATION = Duration.ofSeconds(30);

  private final HttpTransport transport;
  private final TimeSource time;
  private final Duration timeout;
  private final Duration requestTimeout;
  private final CredentialsSource credentials;
  private final ListenerDispatcher listeners;
  private final KnownSecrets secrets;
  private final ApiCall<ParsedToken> call;

  /**
   * An exchange.
   *
   * @param timeout of each exchange, with the supplier of the credentials; 30 s at most
   * @param requestTimeout of its request
   * @param credentials read at each exchange
   * @param listeners notified of each exchange
   * @param secrets of the client; those of each exchange are added
   */
  public TokenExchange(
      HttpTransport transport,
      TimeSource time,
      Duration timeout,
      Duration requestTimeout,
      CredentialsSource credentials,
      ListenerDispatcher listeners,
      KnownSecrets secrets,
      ApiVersion version) {
    this.transport = transport;
    this.time = time;
    this.timeout = timeout;
    this.requestTimeout = requestTimeout;
    this.credentials = credentials;
    this.listeners = listeners;
    this.secrets = secrets;
    this.call = version.tokenExchange(ParsedToken::parse);
  }

  /**
   * What an exchange led to.
   *
   * @param credentials what was exchanged; null when no request was sent
   * @param status of the response
   */
  record Outcome(
      Result<AccessToken> result,
      @Nullable Authorization credentials,
      int status,
      Duration duration) {}

  /** When an exchange that starts now is given up. */
  Deadline limit() {
    return Deadline.after(timeout.compareTo(MAX_DURATION) < 0 ? timeout : MAX_DURATION);
  }

  /** Whether the credentials never change. */
  boolean hasFixedCredentials() {
    return credentials.isFixed();
  }

  /**
   * Exchanges now. The lifetime of the token is counted from before the request. A failure is
   * returned and not thrown, because each waiting caller makes its own exception of it.
   *
   * @param rejected credentials that are not exchanged again; null for none
   * @param rejection the result when the credentials are still those
   */
  Outcome exchange(
      Deadline limit, @Nullable Authorization rejected, @Nullable Failure<AccessToken> rejection) {
    Duration startedAt = time.elapsed();
    Authorization current;
    try {
      current = credentials.get().with(secrets);
    } catch (Throwable e) {
      return outcome(
          ResponseClassifier.notSent(
              call,
              TransportRule.ofCredentials(e),
              secrets
                  .current()
                  .clean(
                      new IOException(
                          "the credentials are not available: "
                              + (e instanceof LinkageError ? e : e.getMessage()),
                          e))),
          null,
          HttpResult.NO_STATUS,
          startedAt);
    }
    return rejection != null && current.equals(rejected)
        ? outcome(rejection, null, HttpResult.NO_STATUS, startedAt)
        : send(startedAt, current, limit);
  }

  /**
   * Notifies the listeners of an exchange, which may take as long as they like.
   *
   * @param caller the call that started it
   */
  void notifyListeners(CallInfo caller, boolean isRenewal, Outcome outcome) {
    listeners.tokenExchanged(
        new TokenExchanged(
            caller,
            call.path(),
            isRenewal,
            outcome.status(),
            outcome.duration(),
            outcome.result() instanceof Failure<AccessToken> failure ? failure.summary() : null));
  }

  private Outcome outcome(
      Result<AccessToken> result,
      @Nullable Authorization exchanged,
      int status,
      Duration startedAt) {
    return new Outcome(result, exchanged, status, time.elapsed().minus(startedAt));
  }

  private Outcome send(Duration startedAt, Authorization current, Deadline limit) {
    ApiCall<AccessToken> exchange = call.withDecoder(body -> accessToken(body, startedAt));
    try {
      HttpResult response =
          transport.send(exchange.toHttpRequest(current, Map.of(), null), requestTimeout, limit);
      return outcome(
          ResponseClassifier.classify(exchange, current, response),
          current,
          response.status(),
          startedAt);
    } catch (Throwable e) {
      // The callers that wait for this exchange must get any failure.
      return outcome(notStarted(e), current, HttpResult.NO_STATUS, startedAt);
    }
  }

  /** The exchange could not be started. */
  Failure<AccessToken> notStarted(Throwable cause) {
    return failed(secrets.current().clean(new IOException(cause.toString(), cause)));
  }

  /** The exchange has no result for a caller. */
  Failure<AccessToken> failed(Exception cause) {
    return ResponseClassifier.notSent(call, cause);
  }

  private AccessToken accessToken(byte[] body, Duration startedAt) throws IOException {
    ParsedToken token = ParsedToken.parse(body);
    return new AccessToken(
        Authorization.bearer(token.value(), secrets), startedAt, token.lifetime());
  }
}
