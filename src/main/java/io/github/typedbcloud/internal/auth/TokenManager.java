package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.api.Result;
import io.github.typedbcloud.internal.auth.AccessToken.Phase;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Caches the access token of one version of the API, and renews it. Thread-safe.
 *
 * <p>One exchange is in-flight at a time, for all threads. In the last minutes of a token's life it
 * is renewed in the background while callers use it; in the last seconds callers wait for the
 * renewal, and fall back on the old token when it fails. So an outage of the exchange that is
 * shorter than those minutes fails no call.
 */
public final class TokenManager {

  /** The minimum time between a failed renewal and the next, while the old token is valid. */
  private static final Duration RENEWAL_RETRY_INTERVAL = Duration.ofSeconds(5);

  /** A caller with a token to fall back on waits for at most this part of its remaining time. */
  private static final int FALLBACK_PART = 2;

  private final TokenExchange exchange;
  private final TimeSource time;
  private final Executor executor;
  private final Runnable warmUp;
  private final ReentrantLock lock = new ReentrantLock();

  private volatile @Nullable AccessToken current;

  // Guarded by the lock:
  private @Nullable InFlightExchange inFlight;
  private @Nullable Duration noRenewalBefore;

  /**
   * An exchange that was started and has not ended.
   *
   * @param isRenewal whether it was started while the previous token was valid
   */
  private record InFlightExchange(
      CompletableFuture<Result<AccessToken>> result, boolean isRenewal) {}

  /**
   * A manager without a token.
   *
   * @param executor runs the exchanges, so that the interrupt of one waiting caller does not end
   *     the exchange for the others
   * @param warmUp run by a caller of the first token while it would only wait
   */
  public TokenManager(TokenExchange exchange, TimeSource time, Executor executor, Runnable warmUp) {
    this.exchange = exchange;
    this.time = time;
    this.executor = executor;
    this.warmUp = warmUp;
  }

  /**
   * A token that is valid by the client's clock; a failure when there is none and the exchange
   * fails, does not end by the deadline, or the thread is interrupted.
   */
  public Result<AccessToken> token(Deadline deadline) {
    AccessToken token = current;
    Phase phase = phase(token);
    if (token == null || phase == Phase.EXPIRED) {
      InFlightExchange exchanged = exchange(false);
      if (token == null) {
        warmUp.run();
      }
      return exchanged == null ? token(deadline) : awaitExchange(exchanged, deadline);
    }
    if (phase == Phase.FRESH) {
      return token.asResult();
    }
    InFlightExchange renewal = exchange(true);
    return phase == Phase.RENEWING || renewal == null
        ? token.asResult()
        : awaitRenewalOrUse(token, renewal, deadline);
  }

  /**
   * Discards a token that the service rejected, unless it was replaced already.
   *
   * @param rejected the token of the rejected request
   */
  public void discard(AccessToken rejected) {
    lock.lock();
    try {
      if (current == rejected) {
        current = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The exchange that is in-flight, or a new one.
   *
   * @param hasFallback whether the caller has a token that is still valid
   * @return null when none is needed: another thread renewed the token, or the last renewal failed
   *     a moment ago and the old token is still valid
   */
  private @Nullable InFlightExchange exchange(boolean hasFallback) {
    InFlightExchange started;
    lock.lock();
    try {
      if (inFlight != null) {
        return inFlight;
      }
      boolean tooSoon =
          hasFallback && noRenewalBefore != null && time.elapsed().compareTo(noRenewalBefore) < 0;
      if (tooSoon || phase(current) == Phase.FRESH) {
        return null;
      }
      started = new InFlightExchange(new CompletableFuture<>(), hasFallback);
      inFlight = started;
    } finally {
      lock.unlock();
    }
    try {
      executor.execute(() -> end(started, exchange.exchange(hasFallback)));
    } catch (RuntimeException | Error e) {
      end(started, exchange.notStarted(e));
    }
    return started;
  }

  private void end(InFlightExchange started, Result<AccessToken> result) {
    lock.lock();
    try {
      inFlight = null;
      if (result instanceof Result.Success<AccessToken> exchanged) {
        current = exchanged.value();
        noRenewalBefore = null;
      } else {
        noRenewalBefore = time.elapsed().plus(RENEWAL_RETRY_INTERVAL);
      }
    } finally {
      lock.unlock();
    }
    started.result().complete(result);
  }

  private Result<AccessToken> awaitExchange(InFlightExchange exchanged, Deadline deadline) {
    Result<AccessToken> result = result(exchanged, deadline);
    // The renewal may have failed in an outage that is over: exchange again.
    return result instanceof Result.Failure && exchanged.isRenewal() && exchanged.result().isDone()
        ? token(deadline)
        : result;
  }

  private Result<AccessToken> awaitRenewalOrUse(
      AccessToken token, InFlightExchange renewal, Deadline deadline) {
    Deadline part = Deadline.after(deadline.remaining().dividedBy(FALLBACK_PART));
    Result<AccessToken> renewed = result(renewal, part);
    if (renewed instanceof Result.Success || Thread.currentThread().isInterrupted()) {
      return renewed;
    }
    return phase(token) == Phase.EXPIRED ? token(deadline) : token.asResult();
  }

  /** The result of an exchange, for a caller that waits for it until a deadline. */
  private Result<AccessToken> result(InFlightExchange exchanged, Deadline deadline) {
    try {
      return exchanged.result().get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return exchange.failed(e);
    } catch (TimeoutException e) {
      return exchange.failed(new TimeoutException("it did not end in time"));
    } catch (ExecutionException e) {
      return exchange.failed(e);
    }
  }

  private Phase phase(@Nullable AccessToken token) {
    return token == null ? Phase.EXPIRED : token.phase(time.elapsedNanos());
  }
}
