package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.internal.api.Result;
import io.github.typedbcloud.internal.api.Result.Failure;
import io.github.typedbcloud.internal.auth.AccessToken.Phase;
import io.github.typedbcloud.internal.auth.TokenExchange.Outcome;
import io.github.typedbcloud.internal.concurrent.TaskContexts.TaskContext;
import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.listeners.CallEvents;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches the access token of one version of the API, and renews it. Thread-safe.
 *
 * <p>One exchange is in-flight at a time, for all threads. In the last minutes of a token's life it
 * is renewed in the background while callers use it; in the last seconds callers wait for the
 * renewal, and fall back on the old token when it fails. So an outage of the exchange that is
 * shorter than those minutes fails no call.
 *
 * <p>A failure is remembered for a while ({@link FailureMemory}), so that many callers do not make
 * many exchanges. An exchange that hangs, because the supplier of credentials does for example, is
 * abandoned at its time limit and the next caller starts another; until then each caller waits at
 * most to its own deadline.
 */
public final class TokenManager {

  /** The minimum time between a failed renewal and the next, while the old token is valid. */
  private static final Duration RENEWAL_RETRY_INTERVAL = Duration.ofSeconds(5);

  /** A caller with a token to fall back on waits for at most this part of its remaining time. */
  private static final int FALLBACK_PART = 2;

  private final TokenExchange exchange;
  private final TimeSource time;
  private final Executor executor;
  private final Supplier<TaskContext> contexts;
  private final Runnable warmUp;
  private final ReentrantLock lock = new ReentrantLock();

  private volatile @Nullable AccessToken current;

  // Guarded by the lock:
  private final FailureMemory failures;
  private @Nullable InFlightExchange inFlight;
  private @Nullable Duration noRenewalBefore;

  /**
   * A manager without a token.
   *
   * @param executor runs the exchanges, so that the interrupt of one waiting caller does not end
   *     the exchange for the others
   * @param contexts captures the context of the call that starts an exchange, in the user's code
   * @param warmUp run by a caller of the first token while it would only wait
   */
  public TokenManager(
      TokenExchange exchange,
      TimeSource time,
      Executor executor,
      Supplier<TaskContext> contexts,
      Runnable warmUp) {
    this.exchange = exchange;
    this.time = time;
    this.executor = executor;
    this.contexts = contexts;
    this.warmUp = warmUp;
    this.failures = new FailureMemory(time);
  }

  /**
   * A token that is valid by the client's clock; a failure when there is none and the exchange
   * fails, failed a moment ago, does not end by the deadline, or the thread is interrupted.
   *
   * @param call the call that needs it
   */
  public Result<AccessToken> token(Deadline deadline, CallEvents call) {
    AccessToken token = current;
    Phase phase = phase(token);
    if (token == null || phase == Phase.EXPIRED) {
      return awaitToken(deadline, token == null, call);
    }
    if (phase == Phase.FRESH) {
      return token.asResult();
    }
    InFlightExchange renewal = startOrJoin(token, call);
    return phase == Phase.RENEWING
        ? token.asResult()
        : awaitRenewalOrUse(token, renewal, deadline, call);
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

  /** For callers without a valid token. */
  private Result<AccessToken> awaitToken(Deadline deadline, boolean isFirst, CallEvents call) {
    while (true) {
      InFlightExchange exchanged = startOrJoin(null, call);
      if (isFirst && !exchanged.hasEnded()) {
        warmUp.run();
      }
      Result<AccessToken> result;
      try {
        result = exchanged.await(deadline);
      } catch (InterruptedException e) {
        return interrupted(e);
      }
      if (result == null) {
        if (deadline.isOver()) {
          return exchange.failed(new TimeoutException("it did not end in time"));
        }
      } else if (result instanceof Result.Success || !exchanged.isRenewal()) {
        return result;
      }
      // The exchange hung, or the renewal failed in an outage that may be over: exchange again.
    }
  }

  /**
   * The exchange that is in-flight, one that ended with what is known, or a new one.
   *
   * @param usable the caller's token, which is still valid; null when it has none and must wait
   */
  private InFlightExchange startOrJoin(@Nullable AccessToken usable, CallEvents call) {
    lock.lock();
    try {
      InFlightExchange other = withoutStart(usable);
      if (other != null) {
        return other;
      }
    } finally {
      lock.unlock();
    }
    // Before others wait for the exchange, because the user's code may be slow or make a call.
    TaskContext context = contexts.get();
    InFlightExchange started;
    Failure<AccessToken> rejection;
    Authorization rejected;
    lock.lock();
    try {
      // In the same section as the start: an exchange may have ended meanwhile.
      InFlightExchange other = withoutStart(usable);
      if (other != null) {
        return other;
      }
      if (inFlight != null) {
        inFlight.abandon();
      }
      rejection = failures.current();
      rejected = failures.rejected();
      started = new InFlightExchange(usable != null, exchange.limit());
      inFlight = started;
    } finally {
      lock.unlock();
    }
    CallInfo caller = call.info();
    try {
      executor.execute(() -> context.run(() -> perform(started, caller, rejected, rejection)));
    } catch (RuntimeException | Error e) {
      end(started, exchange.notStarted(e), null);
      started.listenersNotified();
    }
    return started;
  }

  /** What is known, or in-flight, guarded by the lock; null when an exchange must be started. */
  private @Nullable InFlightExchange withoutStart(@Nullable AccessToken usable) {
    Result<AccessToken> known = known(usable);
    if (known != null) {
      return InFlightExchange.ended(known);
    }
    return inFlight == null || inFlight.isOverdue() ? null : inFlight;
  }

  /**
   * What is known without an exchange, guarded by the lock: the token that another thread obtained,
   * the caller's while the next renewal is not due, or the failure that is remembered; null for
   * none of them.
   */
  private @Nullable Result<AccessToken> known(@Nullable AccessToken usable) {
    AccessToken token = current;
    Phase phase = phase(token);
    if (token != null && (phase == Phase.FRESH || (usable == null && phase != Phase.EXPIRED))) {
      return token.asResult();
    }
    if (usable != null) {
      boolean isTooSoon = noRenewalBefore != null && time.elapsed().compareTo(noRenewalBefore) < 0;
      return isTooSoon ? usable.asResult() : null;
    }
    Failure<AccessToken> failure = failures.current();
    // The credentials may have changed: the exchange itself compares them.
    boolean mayHaveOtherCredentials =
        failures.rejected() != null && !exchange.hasFixedCredentials();
    return mayHaveOtherCredentials ? null : failure;
  }

  private void perform(
      InFlightExchange started,
      CallInfo caller,
      @Nullable Authorization rejected,
      @Nullable Failure<AccessToken> rejection) {
    started.begin();
    Outcome outcome = exchange.exchange(started.limit(), rejected, rejection);
    started.end();
    end(started, outcome.result(), outcome.credentials());
    // Last, because a listener may block.
    if (outcome.result() != rejection) {
      exchange.notifyListeners(caller, started.isRenewal(), outcome);
    }
    started.listenersNotified();
  }

  /**
   * An exchange ended, perhaps long after it was abandoned.
   *
   * @param credentials what was exchanged; null when nothing was sent, which is not remembered
   */
  private void end(
      InFlightExchange started, Result<AccessToken> ended, @Nullable Authorization credentials) {
    Result<AccessToken> result = ended;
    lock.lock();
    try {
      boolean isAbandoned = inFlight != started;
      if (!isAbandoned) {
        inFlight = null;
      }
      if (result instanceof Result.Success<AccessToken> exchanged) {
        if (!isAbandoned || phase(current) == Phase.EXPIRED) {
          current = exchanged.value();
          noRenewalBefore = null;
          failures.clear();
        }
      } else if (!isAbandoned) {
        Failure<AccessToken> failure = (Failure<AccessToken>) result;
        Duration pause = max(RENEWAL_RETRY_INTERVAL, FailureMemory.requested(failure));
        noRenewalBefore = time.elapsed().plus(pause);
        if (credentials != null) {
          result = failures.add(failure, credentials, started.isRenewal());
        }
      }
    } finally {
      lock.unlock();
    }
    started.complete(result);
  }

  private Result<AccessToken> awaitRenewalOrUse(
      AccessToken token, InFlightExchange renewal, Deadline deadline, CallEvents call) {
    Deadline part = Deadline.after(deadline.remaining().dividedBy(FALLBACK_PART));
    try {
      Result<AccessToken> renewed = renewal.await(part);
      if (renewed instanceof Result.Success) {
        return renewed;
      }
    } catch (InterruptedException e) {
      return interrupted(e);
    }
    return phase(token) == Phase.EXPIRED ? token(deadline, call) : token.asResult();
  }

  private Result<AccessToken> interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return exchange.failed(cause);
  }

  private Phase phase(@Nullable AccessToken token) {
    return token == null ? Phase.EXPIRED : token.phase(time.elapsedNanos());
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
