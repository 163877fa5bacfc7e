package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.ResponseClassifier;
import io.github.typedbcloud.internal.api.Result;
import io.github.typedbcloud.internal.api.Result.Failure;
import io.github.typedbcloud.internal.api.Result.Kind;
import io.github.typedbcloud.internal.api.Result.Success;
import io.github.typedbcloud.internal.auth.AccessToken;
import io.github.typedbcloud.internal.auth.TokenManager;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.http.HttpRequest;
import io.github.typedbcloud.internal.http.HttpResult;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.listeners.ListenerDispatcher;
import io.github.typedbcloud.internal.text.KnownSecrets;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes calls of one version of the API. {@link #sendWithRetries} sends every request: token,
 * request, one renewal on 401, classification, backoff.
 *
 * <ul>
 *   <li>A read is retried until it succeeds, is rejected, or has no time or attempts left.
 *   <li>A write of unknown outcome is verified by reading the cluster: see {@link VerifiedWrite}.
 * </ul>
 *
 * <p>Validation comes before, in the caller. Thread-safe.
 */
public final class CallExecutor {

  private static final int UNAUTHORIZED = 401;

  private final HttpTransport transport;
  private final TokenManager tokens;
  private final TimeSource time;
  private final Backoff backoff;
  private final RetryBudget budget;
  private final ListenerDispatcher listeners;
  private final KnownSecrets secrets;
  private final RecentWrites writes;

  /** The scopes that have responded with success, so that they exist. */
  private final Set<Scope> knownScopes = ConcurrentHashMap.newKeySet();

  /** An executor; everything but the tokens is shared with the other version of the API. */
  public CallExecutor(
      HttpTransport transport,
      TokenManager tokens,
      TimeSource time,
      Backoff backoff,
      RetryBudget budget,
      ListenerDispatcher listeners,
      KnownSecrets secrets) {
    this.secrets = secrets;
    this.transport = transport;
    this.tokens = tokens;
    this.time = time;
    this.backoff = backoff;
    this.budget = budget;
    this.listeners = listeners;
    this.writes = new RecentWrites(time);
  }

  /**
   * Executes a call that changes nothing.
   *
   * @param list reads the scope, for a cluster that may not exist: in a scope that has never
   *     responded with success the scope is read too, because a wrong scope has no clusters either.
   *     Null for what must exist
   * @return empty only with a list, when the service says that the cluster does not exist
   * @throws TypeDBCloudException when it fails
   * @throws IllegalStateException when the client is closed
   */
  public <T> Optional<T> read(
      ApiCall<T> call, @Nullable ApiCall<List<Cluster>> list, CallOptions options) {
    CallState state = start(call, options);
    try {
      Result<T> result = sendWithRetries(call, state);
      Optional<T> value = Optional.empty();
      if (result instanceof Success<T> success) {
        value = Optional.of(success.value());
      } else if (list == null || failure(result).kind() != Kind.NOT_FOUND) {
        throw failure(result).exception();
      } else {
        Failure<?> scopeFailure = scopeFailure(list, state);
        if (scopeFailure != null) {
          throw scopeFailure.exception();
        }
      }
      state.succeeded();
      return value;
    } catch (RuntimeException | Error e) {
      state.failed(e);
      throw e;
    }
  }

  /**
   * Executes a call that changes a cluster, and does not apply it twice.
   *
   * @param verification how to verify it; made when it is needed
   * @throws TypeDBCloudException when it fails
   * @throws IllegalStateException when the client is closed
   */
  public Cluster write(
      ApiCall<Cluster> call, Supplier<WriteVerification> verification, CallOptions options) {
    CallState state = start(call, options);
    try {
      return execute(call, verification, state);
    } catch (RuntimeException | Error e) {
      state.failed(e);
      throw e;
    }
  }

  /**
   * The same for a call whose verification needs the cluster as it was before. The cluster is read
   * first; when it cannot be read, the write is not sent.
   *
   * @param before reads the cluster
   * @param verification how to verify the write, for a cluster as it was before
   * @throws TypeDBCloudException when the read or the write fails
   * @throws IllegalStateException when the client is closed
   */
  public Cluster writeAfterRead(
      ApiCall<Cluster> before,
      ApiCall<Cluster> call,
      Function<Cluster, WriteVerification> verification,
      CallOptions options) {
    CallState state = start(call, options);
    try {
      Result<Cluster> read = readVisible(before, state);
      if (!(read instanceof Success<Cluster> success)) {
        throw failure(read)
            .exceptionWithAdvice(
                failure(read).advice()
                    + ". It is read before it is changed, so "
                    + call.operation().title()
                    + " was not sent");
      }
      return execute(call, () -> verification.apply(success.value()), state);
    } catch (RuntimeException | Error e) {
      state.failed(e);
      throw e;
    }
  }

  /** Reads a cluster that may not be visible yet, because this client made it a moment ago. */
  private Result<Cluster> readVisible(ApiCall<Cluster> get, CallState state) {
    for (int reads = 0; true; reads++) {
      Result<Cluster> read = sendWithRetries(get, state);
      OwnWrite last = writes.last(get.scope(), get.resultId());
      boolean mayBeHidden =
          read instanceof Failure<Cluster> failed
              && failed.kind() == Kind.NOT_FOUND
              && last != null
              && last.isRecentCreation(time.elapsed(), state.options().verificationWindow());
      if (!mayBeHidden) {
        return read;
      }
      if (!state.pauseBeforeVerification(reads, Duration.ZERO, state.verificationEnd())) {
        return ResponseClassifier.notSent(
            get, new TimeoutException("the cluster is not visible yet, and there is no time left"));
      }
    }
  }

  private Cluster execute(
      ApiCall<Cluster> call, Supplier<WriteVerification> verification, CallState state) {
    String resultId = call.resultId();
    OwnWrite before = writes.last(call.scope(), resultId);
    Cluster cluster = null;
    boolean isUnknown = false;
    writes.started(call, resultId);
    try {
      cluster = new VerifiedWrite(this, call, verification, before, state).execute();
    } catch (OutcomeUnknownException e) {
      isUnknown = true;
      throw e;
    } finally {
      writes.ended(call, resultId, cluster, isUnknown);
    }
    state.succeeded();
    return cluster;
  }

  /** The last write of this client to a cluster that succeeded; null for none. */
  public @Nullable OwnWrite lastWrite(Scope scope, String id) {
    return writes.last(scope, id);
  }

  /**
   * Whether a scope is known to exist; reads its list if nothing in it has responded with success.
   *
   * @return the failure of that; null when the scope exists
   */
  @Nullable Failure<?> scopeFailure(ApiCall<List<Cluster>> list, CallState state) {
    return !knownScopes.contains(list.scope())
            && sendWithRetries(list, state) instanceof Failure<List<Cluster>> failure
        ? failure
        : null;
  }

  /** By the client's source of time. */
  Duration elapsed() {
    return time.elapsed();
  }

  RecentWrites writes() {
    return writes;
  }

  /** Whether the client is open. */
  boolean isOpen() {
    return transport.isOpen();
  }

  private CallState start(ApiCall<?> call, CallOptions options) {
    return new CallState(call, options, time, backoff, budget, listeners, secrets);
  }

  /**
   * Sends a request until it succeeds, or a retry is useless, unsafe, or no longer possible.
   *
   * @param call the call itself, or the read that verifies it
   */
  <T> Result<T> sendWithRetries(ApiCall<T> call, CallState state) {
    boolean tokenRenewed = false;
    while (true) {
      // Of a closed client only the verification of a write continues.
      if (!state.isMayBeApplied()) {
        transport.requireOpen();
      }
      Deadline deadline = state.attemptDeadline(call);

      // Token: from the cache, or from an exchange that all callers share.
      Result<AccessToken> token = tokens.token(deadline, state.events());
      Result<T> result;
      if (token instanceof Success<AccessToken> success) {
        AccessToken accessToken = success.value();

        // Request.
        long sentAt = time.elapsedNanos();
        state.sending(call);
        HttpResult response = send(call, accessToken, deadline, state);
        state.events().attemptEnded(call, response, accessToken.authorization(), sentAt);

        // One renewal on 401: it means that nothing was done, so a write is safe to send again.
        if (response.status() == UNAUTHORIZED && !tokenRenewed) {
          tokens.discard(accessToken);
          tokenRenewed = true;
          continue;
        }

        // Classify the response, and decode its body.
        result = ResponseClassifier.classify(call, accessToken.authorization(), response);
      } else {
        result = failure(token).asFailureOf(call);
      }

      if (result instanceof Success && call.isInScope()) {
        knownScopes.add(call.scope());
      }

      // Back off, or end.
      if (result instanceof Success || !state.pauseBeforeRetry(call, failure(result))) {
        return result;
      }
      tokenRenewed = false;
    }
  }

  private HttpResult send(ApiCall<?> call, AccessToken token, Deadline deadline, CallState state) {
    HttpRequest request;
    try {
      request =
          call.toHttpRequest(
              token.authorization(), state.options().headers(), state.events().info());
    } catch (LinkageError e) {
      return new HttpResult.NotSent(new IOException("the request cannot be encoded: " + e, e));
    }
    return transport.send(request, state.requestTimeout(call), deadline);
  }

  private static <T> Failure<T> failure(Result<T> result) {
    return (Failure<T>) result;
  }
}
