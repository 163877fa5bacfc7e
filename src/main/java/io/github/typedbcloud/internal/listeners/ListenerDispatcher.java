package io.github.typedbcloud.internal.listeners;

import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.event.RetryScheduled;
import io.github.typedbcloud.event.TokenExchanged;
import io.github.typedbcloud.event.WaitEnded;
import io.github.typedbcloud.event.WaitInfo;
import io.github.typedbcloud.event.WaitPolled;
import io.github.typedbcloud.event.WriteVerified;
import io.github.typedbcloud.internal.api.ApiCall;
import io.github.typedbcloud.internal.concurrent.DaemonThreads;
import io.github.typedbcloud.internal.concurrent.TaskContexts;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies the log and the user's listeners of every event of a client, without a lock. An
 * exception of one listener reaches neither the call nor the other listeners, and one that blocks
 * stops no other thread. Thread-safe.
 */
public final class ListenerDispatcher implements OperationListener {

  /** Of all clients, so that the calls in one log or trace differ. */
  private static final AtomicLong CALLS = new AtomicLong();

  /** The same for waits. */
  private static final AtomicLong WAITS = new AtomicLong();

  private final boolean hasUserListeners;
  private final List<OperationListener> listeners;
  private final TimeSource time;
  private final URI baseUrl;
  private final PollNotifier polls;

  /**
   * A dispatcher.
   *
   * @param userListeners notified in this order, after the log
   * @param time measures durations
   * @param baseUrl of the service
   * @param contexts carries that of a poll to the thread that notifies the listeners of it
   */
  public ListenerDispatcher(
      List<OperationListener> userListeners,
      TimeSource time,
      String baseUrl,
      TaskContexts contexts) {
    List<OperationListener> all = new ArrayList<>();
    all.add(new LoggingListener());
    all.addAll(userListeners);
    this.listeners = List.copyOf(all);
    this.hasUserListeners = !userListeners.isEmpty();
    this.time = time;
    this.baseUrl = URI.create(baseUrl);
    this.polls = new PollNotifier(contexts);
  }

  /**
   * The events of a call, which starts now.
   *
   * @param waitInfo the wait whose poll it is; null for none
   */
  public CallEvents callStarted(ApiCall<?> call, @Nullable WaitInfo waitInfo) {
    CallEvents events = new CallEvents(this, call, CALLS.incrementAndGet(), waitInfo);
    events.started();
    return events;
  }

  /** The events of a wait, which starts now. */
  public WaitEvents waitStarted(
      Scope scope, Collection<String> clusterIds, @Nullable ClusterStatus awaitedStatus) {
    WaitInfo info =
        new WaitInfo(WAITS.incrementAndGet(), scope, List.copyOf(clusterIds), awaitedStatus);
    WaitEvents events = new WaitEvents(this, info);
    waitStarted(info);
    return events;
  }

  /** Whether polls of waits need events; the log needs none, because polls are calls. */
  public boolean wantsPolls() {
    return hasUserListeners;
  }

  /** Whether calls that succeed at once need events. */
  boolean wantsCalls() {
    return hasUserListeners || LoggingListener.wantsCalls();
  }

  /** The URL of the service. */
  URI baseUrl() {
    return baseUrl;
  }

  /** The clock that measures durations. */
  Duration elapsed() {
    return time.elapsed();
  }

  /** The same in nanoseconds. */
  long elapsedNanos() {
    return time.elapsedNanos();
  }

  @Override
  public void callStarted(CallInfo event) {
    notifyEach(listener -> listener.callStarted(event));
  }

  @Override
  public void attemptEnded(AttemptEnded event) {
    notifyEach(listener -> listener.attemptEnded(event));
  }

  @Override
  public void retryScheduled(RetryScheduled event) {
    notifyEach(listener -> listener.retryScheduled(event));
  }

  @Override
  public void writeVerified(WriteVerified event) {
    notifyEach(listener -> listener.writeVerified(event));
  }

  @Override
  public void callEnded(CallEnded event) {
    notifyEach(listener -> listener.callEnded(event));
  }

  @Override
  public void tokenExchanged(TokenExchanged event) {
    notifyEach(listener -> listener.tokenExchanged(event));
  }

  @Override
  public void waitStarted(WaitInfo event) {
    notifyEach(listener -> listener.waitStarted(event));
  }

  @Override
  public void waitPolled(WaitPolled event) {
    notifyEach(listener -> listener.waitPolled(event));
  }

  @Override
  public void waitEnded(WaitEnded event) {
    notifyEach(listener -> listener.waitEnded(event));
  }

  private void notifyEach(Consumer<OperationListener> notification) {
    if (hasUserListeners && DaemonThreads.isPolling()) {
      polls.run(() -> notifyHere(notification));
    } else {
      notifyHere(notification);
    }
  }

  private void notifyHere(Consumer<OperationListener> notification) {
    for (OperationListener listener : listeners) {
      try {
        notification.accept(listener);
      } catch (Throwable e) {
        Logger log = LoggerFactory.getLogger(ListenerDispatcher.class);
        log.warn("A listener of the client failed; the call continues", e);
      }
    }
  }
}
