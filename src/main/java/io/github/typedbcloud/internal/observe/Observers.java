package io.github.typedbcloud.internal.observe;

import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.ObservedCall;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.event.Retrying;
import io.github.typedbcloud.event.Settled;
import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.event.WaitEnded;
import io.github.typedbcloud.event.WaitPolled;
import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All who look on at one client. It tells each of every event, and what one of them throws keeps no
 * other from hearing of it. Safe for use by many threads.
 */
public final class Observers implements OperationListener {

  private final boolean pollsAreHeard;
  private final List<OperationListener> listeners;
  private final TimeSource time;
  private final AtomicLong calls = new AtomicLong();

  /**
   * Those who look on.
   *
   * @param users told in this order, after the log
   * @param time measures how long things take
   */
  public Observers(List<OperationListener> users, TimeSource time) {
    List<OperationListener> all = new ArrayList<>();
    all.add(new OperationLog());
    all.addAll(users);
    this.listeners = List.copyOf(all);
    this.pollsAreHeard = !users.isEmpty();
    this.time = time;
  }

  /** Carries out a call and tells of its beginning and its end. */
  public <T> T observe(ApiRequest request, Function<Observation, T> work) {
    Observation observation = new Observation(this, request, calls.incrementAndGet());
    observation.started();
    try {
      T result = work.apply(observation);
      observation.ended(null);
      return result;
    } catch (RuntimeException | Error e) {
      observation.ended(e);
      throw e;
    }
  }

  /** A wait that begins now. */
  public WaitObservation observeWait(
      Scope scope, Collection<String> clusterIds, @Nullable ClusterStatus goal) {
    return new WaitObservation(this, scope, clusterIds, goal);
  }

  /** Whether anybody wants to hear of the polls of waits; the log does not, polls are calls. */
  public boolean pollsAreHeard() {
    return pollsAreHeard;
  }

  /** By which durations are measured. */
  Duration elapsed() {
    return time.elapsed();
  }

  /** The same in nanoseconds. */
  long elapsedNanos() {
    return time.elapsedNanos();
  }

  /** Whether anybody, the log included, wants to hear of calls that go well. */
  boolean hearCalls() {
    return pollsAreHeard || OperationLog.hearsCalls();
  }

  @Override
  public void callStarted(ObservedCall event) {
    for (OperationListener listener : listeners) {
      try {
        listener.callStarted(event);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  @Override
  public void attemptEnded(AttemptEnded event) {
    for (OperationListener listener : listeners) {
      try {
        listener.attemptEnded(event);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  @Override
  public void retrying(Retrying event) {
    for (OperationListener listener : listeners) {
      try {
        listener.retrying(event);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  @Override
  public void settled(Settled event) {
    for (OperationListener listener : listeners) {
      try {
        listener.settled(event);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  @Override
  public void callEnded(CallEnded event) {
    for (OperationListener listener : listeners) {
      try {
        listener.callEnded(event);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  @Override
  public void tokenExchanged(TokenExchanged event) {
    for (OperationListener listener : listeners) {
      try {
        listener.tokenExchanged(event);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  @Override
  public void waitPolled(WaitPolled event) {
    for (OperationListener listener : listeners) {
      try {
        listener.waitPolled(event);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  @Override
  public void waitEnded(WaitEnded event) {
    for (OperationListener listener : listeners) {
      try {
        listener.waitEnded(event);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Nobody who looks on decides how a call ends. */
  private static void failed(Throwable e) {
    Logger log = LoggerFactory.getLogger(Observers.class);
    log.warn("A listener of the client failed; the call goes on", e);
  }
}
