package io.github.typedbcloud.internal.listeners;

import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.event.RetryScheduled;
import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.event.WaitEnded;
import io.github.typedbcloud.event.WaitPolled;
import io.github.typedbcloud.event.WriteVerified;
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
 * other from hearing of it. Thread-safe.
 */
public final class ListenerDispatcher implements OperationListener {

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
  public ListenerDispatcher(List<OperationListener> users, TimeSource time) {
    List<OperationListener> all = new ArrayList<>();
    all.add(new LoggingListener());
    all.addAll(users);
    this.listeners = List.copyOf(all);
    this.pollsAreHeard = !users.isEmpty();
    this.time = time;
  }

  /** Carries out a call and tells of its beginning and its end. */
  public <T> T observe(ApiRequest request, Function<CallEvents, T> work) {
    CallEvents observation = new CallEvents(this, request, calls.incrementAndGet());
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
  public WaitEvents observeWait(
      Scope scope, Collection<String> clusterIds, @Nullable ClusterStatus goal) {
    return new WaitEvents(this, scope, clusterIds, goal);
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
    return pollsAreHeard || LoggingListener.hearsCalls();
  }

  @Override
  public void callStarted(CallInfo event) {
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
  public void retryScheduled(RetryScheduled event) {
    for (OperationListener listener : listeners) {
      try {
        listener.retryScheduled(event);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  @Override
  public void writeVerified(WriteVerified event) {
    for (OperationListener listener : listeners) {
      try {
        listener.writeVerified(event);
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
    Logger log = LoggerFactory.getLogger(ListenerDispatcher.class);
    log.warn("A listener of the client failed; the call goes on", e);
  }
}
