package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.event.WriteVerified;
import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.api.ResponseClassifier;
import io.github.typedbcloud.internal.api.Result;
import io.github.typedbcloud.internal.api.Result.Failure;
import io.github.typedbcloud.internal.api.Result.Kind;
import io.github.typedbcloud.internal.api.Result.Success;
import io.github.typedbcloud.internal.auth.AccessToken;
import io.github.typedbcloud.internal.auth.TokenManager;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.http.HttpResult;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.http.ServerDate;
import io.github.typedbcloud.internal.listeners.ListenerDispatcher;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes calls of one version of the API. {@link #sendWithRetries} sends every request: token,
 * request, one renewal on 401, classification, backoff.
 *
 * <ul>
 *   <li>A read is retried until it succeeds, is rejected, or has no time or attempts left.
 *   <li>A write of unknown outcome is verified by reading the cluster, and sent again only when the
 *       read does not show its effect.
 * </ul>
 *
 * <p>Validation comes before, in the caller. Thread-safe.
 */
public final class CallExecutor {

  private static final int UNAUTHORIZED = 401;

  private static final int CONFLICT = 409;

  private static final String NOT_SEEN_APPLIED =
      "Reading the cluster afterwards did not show it applied, so it is safe to call again";

  private final HttpTransport transport;
  private final TokenManager tokens;
  private final TimeSource time;
  private final Backoff backoff;
  private final RetryBudget budget;
  private final ListenerDispatcher listeners;

  /** An executor; everything but the tokens is shared with the other version of the API. */
  public CallExecutor(
      HttpTransport transport,
      TokenManager tokens,
      TimeSource time,
      Backoff backoff,
      RetryBudget budget,
      ListenerDispatcher listeners) {
    this.transport = transport;
    this.tokens = tokens;
    this.time = time;
    this.backoff = backoff;
    this.budget = budget;
    this.listeners = listeners;
  }

  /**
   * Executes a call that changes nothing.
   *
   * @throws TypeDBCloudException when it fails
   * @throws IllegalStateException when the client is closed
   */
  public <T> T read(ApiCall<T> call, CallOptions options) {
    return read(call, options, false).orElseThrow();
  }

  /**
   * The same for a resource that may not exist.
   *
   * @return empty when the service says that it does not exist
   */
  public <T> Optional<T> find(ApiCall<T> call, CallOptions options) {
    return read(call, options, true);
  }

  private <T> Optional<T> read(ApiCall<T> call, CallOptions options, boolean mayBeAbsent) {
    CallState state = start(call, options);
    try {
      transport.requireOpen();
      Result<T> result = sendWithRetries(call, state);
      Optional<T> value = Optional.empty();
      if (result instanceof Success<T> success) {
        value = Optional.of(success.value());
      } else if (!mayBeAbsent || failure(result).kind() != Kind.NOT_FOUND) {
        throw failure(result).exception();
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
      transport.requireOpen();
      Cluster cluster = attemptAndVerify(call, verification, state);
      state.succeeded();
      return cluster;
    } catch (RuntimeException | Error e) {
      state.failed(e);
      throw e;
    }
  }

  private CallState start(ApiCall<?> call, CallOptions options) {
    return new CallState(call, options, time, backoff, budget, listeners);
  }

  /**
   * Sends a request until it succeeds, or a retry is useless, unsafe, or no longer possible.
   *
   * @param call the call itself, or the read that verifies it
   */
  private <T> Result<T> sendWithRetries(ApiCall<T> call, CallState state) {
    boolean tokenRenewed = false;
    while (true) {
      Deadline deadline = state.attemptDeadline(call);

      // Token: from the cache, or from an exchange that all callers share.
      Result<AccessToken> token = tokens.token(deadline);
      Result<T> result;
      if (token instanceof Success<AccessToken> success) {
        AccessToken accessToken = success.value();

        // Request.
        long sentAt = time.elapsedNanos();
        HttpResult response =
            transport.send(
                call.toHttpRequest(accessToken.authorization(), state.options().headers()),
                deadline.remaining());
        state.events().attemptEnded(call, response, sentAt);

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

      // Back off, or end.
      if (result instanceof Success || !state.pauseBeforeRetry(call, failure(result))) {
        return result;
      }
      tokenRenewed = false;
    }
  }

  private Cluster attemptAndVerify(
      ApiCall<Cluster> call, Supplier<WriteVerification> verification, CallState state) {
    boolean mayBeApplied = false;
    while (true) {
      Result<Cluster> result = sendWithRetries(call, state);
      if (result instanceof Success<Cluster> success) {
        return success.value();
      }
      Failure<Cluster> failure = failure(result);
      mayBeApplied |= failure.kind() == Kind.UNKNOWN;
      // The rejection of a later attempt may be caused by an earlier one that was applied.
      boolean isOutcomeKnown =
          failure.kind() != Kind.UNKNOWN
              && !(mayBeApplied && failure.kind().isRejectionOfRequest());
      if (isOutcomeKnown) {
        throw mayBeApplied ? failure.exceptionWithAdvice(NOT_SEEN_APPLIED) : failure.exception();
      }
      WriteVerification verify = verification.get();
      WriteOutcome outcome = verify(verify, state, failure);
      if (outcome instanceof WriteOutcome.Applied applied) {
        return applied.cluster();
      }
      if (outcome instanceof WriteOutcome.IdTaken taken) {
        throw idTaken(call, failure, taken.cluster());
      }
      if (!failure.kind().isTransient()) {
        throw failure.exception();
      }
      if (!state.retryNow(failure)) {
        throw outcome instanceof WriteOutcome.NotApplied
            ? failure.exceptionWithAdvice(NOT_SEEN_APPLIED)
            : unknown(call, verify, failure, "and reading the cluster does not show it", null);
      }
    }
  }

  /** Reads until a read succeeds, or the deadline ends. */
  private WriteOutcome verify(
      WriteVerification verification, CallState state, Failure<Cluster> failure) {
    state.pauseBeforeVerification(failure);
    Result<List<Cluster>> read = sendWithRetries(verification.read(), state);
    Snapshot snapshot;
    if (read instanceof Success<List<Cluster>> success) {
      snapshot = snapshot(success.value(), success.serverDate(), state);
    } else if (failure(read).kind() == Kind.NOT_FOUND) {
      snapshot = snapshot(List.of(), ServerDate.UNKNOWN, state);
    } else {
      Failure<?> readFailure = failure(read);
      state.events().writeVerified(WriteVerified.Outcome.UNKNOWN, failure.summary());
      throw unknown(
          state.call(),
          verification,
          failure,
          "and reading the cluster failed too: " + readFailure.summary(),
          readFailure);
    }
    WriteOutcome outcome = verification.rule().apply(snapshot);
    state.events().writeVerified(event(outcome), failure.summary());
    return outcome;
  }

  private Snapshot snapshot(List<Cluster> clusters, ServerDate serverDate, CallState state) {
    Instant date = serverDate.instant();
    return new Snapshot(clusters, date == null ? time.now() : date, state.elapsed());
  }

  private static WriteVerified.Outcome event(WriteOutcome outcome) {
    if (outcome instanceof WriteOutcome.Applied) {
      return WriteVerified.Outcome.APPLIED;
    }
    if (outcome instanceof WriteOutcome.NotApplied) {
      return WriteVerified.Outcome.NOT_APPLIED;
    }
    return outcome instanceof WriteOutcome.IdTaken
        ? WriteVerified.Outcome.ID_TAKEN
        : WriteVerified.Outcome.UNKNOWN;
  }

  private static ConflictException idTaken(
      ApiCall<?> call, Failure<?> failure, Cluster otherCluster) {
    String message =
        failure.summary()
            + ". It was not applied: "
            + otherCluster
            + " has the ID and is not the requested one: it differs, or is older than this call."
            + " Choose another ID, or read it with get(id).";
    return failure.exception() instanceof ConflictException conflict
        ? new ConflictException(
            conflict.call(), conflict.status(), conflict.code(), conflict.serviceMessage(), message)
        : new ConflictException(call.describe(), CONFLICT, "", "", message);
  }

  private static OutcomeUnknownException unknown(
      ApiCall<?> call,
      WriteVerification verification,
      Failure<?> failure,
      String why,
      @Nullable Failure<?> readFailure) {
    TypeDBCloudException attempt = failure.exception();
    Throwable noResponse = attempt instanceof TransportException ? attempt.getCause() : null;
    OutcomeUnknownException unknown =
        new OutcomeUnknownException(
            call.describe(),
            failure.summary()
                + ", "
                + why
                + ". It may or may not have been applied; read "
                + verification.target()
                + " before you retry.",
            noResponse == null ? attempt : noResponse);
    if (readFailure != null) {
      unknown.addSuppressed(readFailure.exception());
    }
    return unknown;
  }

  private static <T> Failure<T> failure(Result<T> result) {
    return (Failure<T>) result;
  }
}
