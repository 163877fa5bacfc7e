package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.auth.AccessToken.Phase;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.http.Result;
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
 * Holds the access token of one generation of the API.
 *
 * <p>However many threads ask, one exchange is under way at a time. In the last minutes of a
 * token's life one caller has it renewed in the background while the others go on with it; in the
 * last seconds callers wait for the renewal, but still fall back on the old token when it fails. So
 * an outage of the exchange that is shorter than those minutes is seen by nobody.
 *
 * <p>Thread-safe.
 */
public final class TokenManager {

  /** The least time between a failed renewal and the next, while the old token still serves. */
  private static final Duration RENEWAL_RETRY_INTERVAL = Duration.ofSeconds(5);

  /** A caller that has a token to fall back on waits for at most this part of its own time. */
  private static final int FALLBACK_SHARE = 2;

  private final TokenExchange exchange;
  private final TimeSource time;
  private final Executor executor;
  private final Runnable meanwhile;
  private final ReentrantLock lock = new ReentrantLock();

  private volatile @Nullable AccessToken current;

  // Guarded by the lock:
  private @Nullable InFlightExchange inFlight;
  private @Nullable Duration noRenewalBefore;

  /**
   * An exchange that was begun.
   *
   * @param renewal whether it was begun while an older token still served
   */
  private record InFlightExchange(CompletableFuture<Result<AccessToken>> result, boolean renewal) {}

  /**
   * A manager without a token.
   *
   * @param executor runs the exchanges; a caller that waits for one can be interrupted and the
   *     exchange goes on for the others
   * @param meanwhile run by a caller that would only wait for the first exchange: what has to be
   *     done once anyhow
   */
  public TokenManager(
      TokenExchange exchange, TimeSource time, Executor executor, Runnable meanwhile) {
    this.exchange = exchange;
    this.time = time;
    this.executor = executor;
    this.meanwhile = meanwhile;
  }

  /**
   * A token that is valid now, as far as the client can know; a failure when there is none and the
   * exchange fails, or does not end by the deadline, or the thread is interrupted.
   */
  public Result<AccessToken> token(Deadline deadline) {
    AccessToken token = current;
    Phase phase = phase(token);
    if (token == null || phase == Phase.EXPIRED) {
      InFlightExchange exchanged = exchange(false);
      if (token == null) {
        meanwhile.run();
      }
      return exchanged == null ? token(deadline) : successor(exchanged, deadline);
    }
    if (phase == Phase.FRESH) {
      return token.asOutcome();
    }
    InFlightExchange renewal = exchange(true);
    return phase == Phase.RENEWING || renewal == null
        ? token.asOutcome()
        : successorOr(token, renewal, deadline);
  }

  /**
   * Forgets a token that the service refused, unless another has taken its place already.
   *
   * @param refused the token of the refused call
   */
  public void discard(AccessToken refused) {
    lock.lock();
    try {
      if (current == refused) {
        current = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The exchange under way, or a new one.
   *
   * @param hasFallback whether the caller holds a token that still serves
   * @return null when none is needed: another thread was faster, or the last one failed a moment
   *     ago and the old token still serves
   */
  private @Nullable InFlightExchange exchange(boolean hasFallback) {
    InFlightExchange begun;
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
      begun = new InFlightExchange(new CompletableFuture<>(), hasFallback);
      inFlight = begun;
    } finally {
      lock.unlock();
    }
    try {
      executor.execute(() -> end(begun, exchange.perform(hasFallback)));
    } catch (RuntimeException | Error e) {
      end(begun, exchange.notBegun(e));
    }
    return begun;
  }

  private void end(InFlightExchange begun, Result<AccessToken> result) {
    lock.lock();
    try {
      inFlight = null;
      if (result instanceof Result.Succeeded<AccessToken> exchanged) {
        current = exchanged.value();
        noRenewalBefore = null;
      } else {
        noRenewalBefore = time.elapsed().plus(RENEWAL_RETRY_INTERVAL);
      }
    } finally {
      lock.unlock();
    }
    begun.result().complete(result);
  }

  private Result<AccessToken> successor(InFlightExchange exchanged, Deadline deadline) {
    Result<AccessToken> result = result(exchanged, deadline);
    // A renewal began in an outage that may be over; callers are promised not to see one so short.
    return result instanceof Result.Failed && exchanged.renewal() && exchanged.result().isDone()
        ? token(deadline)
        : result;
  }

  private Result<AccessToken> successorOr(
      AccessToken token, InFlightExchange renewal, Deadline deadline) {
    Deadline share = Deadline.after(deadline.remaining().dividedBy(FALLBACK_SHARE));
    Result<AccessToken> renewed = result(renewal, share);
    if (renewed instanceof Result.Succeeded || Thread.currentThread().isInterrupted()) {
      return renewed;
    }
    return phase(token) == Phase.EXPIRED ? token(deadline) : token.asOutcome();
  }

  /** What an exchange came to, for a caller that waits for it until a deadline. */
  private Result<AccessToken> result(InFlightExchange exchanged, Deadline deadline) {
    try {
      return exchanged.result().get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return exchange.notDone(e);
    } catch (TimeoutException e) {
      return exchange.notDone(new TimeoutException("it did not end in time"));
    } catch (ExecutionException e) {
      return exchange.notDone(e);
    }
  }

  private Phase phase(@Nullable AccessToken token) {
    return token == null ? Phase.EXPIRED : token.phase(time.elapsedNanos());
  }
}
