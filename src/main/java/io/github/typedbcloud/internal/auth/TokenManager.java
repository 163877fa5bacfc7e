package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.internal.auth.AccessToken.Phase;
import io.github.typedbcloud.internal.auth.TokenExchange.Result;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the access token of one generation of the API.
 *
 * <p>However many threads ask, one exchange is under way at a time. In the last minutes of a
 * token's life one caller has it renewed in the background while the others go on with it; in the
 * last seconds callers wait for the renewal, but still fall back on the old token when it fails. So
 * an outage of the exchange that is shorter than those minutes is seen by nobody.
 *
 * <p>Safe for use by many threads.
 */
public final class TokenManager {

  /** The least time between a failed renewal and the next, while the old token still serves. */
  private static final Duration RENEWAL_RETRY_INTERVAL = Duration.ofSeconds(5);

  /** A caller that has a token to fall back on waits for at most this part of its own time. */
  private static final int FALLBACK_SHARE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

  private final TokenExchange exchange;
  private final TimeSource time;
  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();

  private volatile @Nullable AccessToken current;

  // Guarded by the lock:
  private @Nullable UnderWay underWay;
  private @Nullable Duration noRenewalBefore;

  /**
   * An exchange that was begun.
   *
   * @param renewal whether it was begun while an older token still served
   */
  private record UnderWay(CompletableFuture<Result> result, boolean renewal) {}

  /**
   * A manager without a token.
   *
   * @param executor runs the exchanges; a caller that waits for one can be interrupted and the
   *     exchange goes on for the others
   */
  public TokenManager(TokenExchange exchange, TimeSource time, Executor executor) {
    this.exchange = exchange;
    this.time = time;
    this.executor = executor;
  }

  /**
   * A token that is valid now, as far as the client can know.
   *
   * @throws TypeDBCloudException when there is none and the exchange fails, or does not end by the
   *     deadline, or the thread is interrupted
   */
  public AccessToken token(Deadline deadline) {
    AccessToken token = current;
    Phase phase = phase(token);
    if (token == null || phase == Phase.EXPIRED) {
      UnderWay exchanged = exchange(false);
      return exchanged == null ? token(deadline) : successor(exchanged, deadline);
    }
    if (phase == Phase.FRESH) {
      return token;
    }
    UnderWay renewal = exchange(true);
    return phase == Phase.RENEWING || renewal == null
        ? token
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
  private @Nullable UnderWay exchange(boolean hasFallback) {
    UnderWay begun;
    lock.lock();
    try {
      if (underWay != null) {
        return underWay;
      }
      boolean tooSoon =
          hasFallback && noRenewalBefore != null && time.elapsed().compareTo(noRenewalBefore) < 0;
      if (tooSoon || phase(current) == Phase.FRESH) {
        return null;
      }
      begun = new UnderWay(new CompletableFuture<>(), hasFallback);
      underWay = begun;
    } finally {
      lock.unlock();
    }
    try {
      executor.execute(() -> end(begun, exchange.perform()));
    } catch (RuntimeException | Error e) {
      end(begun, Result.notSent(e));
    }
    return begun;
  }

  private void end(UnderWay begun, Result result) {
    lock.lock();
    try {
      underWay = null;
      if (result.token() != null) {
        current = result.token();
        noRenewalBefore = null;
      } else {
        noRenewalBefore = time.elapsed().plus(RENEWAL_RETRY_INTERVAL);
      }
    } finally {
      lock.unlock();
    }
    begun.result().complete(result);
    if (result.token() == null && phase(current) != Phase.EXPIRED) {
      LOG.warn(
          "The access token could not be renewed and still serves for now: {}",
          exchange.failure(result.outcome()).getMessage());
    }
  }

  private AccessToken successor(UnderWay exchanged, Deadline deadline) {
    Result result = result(exchanged, deadline);
    if (result.token() != null) {
      return result.token();
    }
    if (exchanged.renewal()) {
      // It began in an outage that may be over; callers are promised not to see one so short.
      return token(deadline);
    }
    throw exchange.failure(result.outcome());
  }

  private AccessToken successorOr(AccessToken token, UnderWay renewal, Deadline deadline) {
    Deadline share = Deadline.after(deadline.remaining().dividedBy(FALLBACK_SHARE));
    AccessToken renewed = null;
    try {
      renewed = result(renewal, share).token();
    } catch (TypeDBCloudException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
    }
    if (renewed != null) {
      return renewed;
    }
    return phase(token) == Phase.EXPIRED ? token(deadline) : token;
  }

  /** What an exchange came to, for a caller that waits for it until a deadline. */
  private Result result(UnderWay exchanged, Deadline deadline) {
    try {
      return exchanged.result().get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw exchange.notDone(e);
    } catch (TimeoutException e) {
      throw exchange.notDone(new TimeoutException("it did not end in time"));
    } catch (ExecutionException e) {
      throw exchange.notDone(e);
    }
  }

  private Phase phase(@Nullable AccessToken token) {
    return token == null ? Phase.EXPIRED : token.phase(time.elapsed());
  }
}
