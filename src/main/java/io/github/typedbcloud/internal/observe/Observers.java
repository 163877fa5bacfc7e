package io.github.typedbcloud.internal.observe;

import io.github.typedbcloud.event.ObservedCall;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who look on at one client. Safe for use by many threads. */
public final class Observers {

  private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

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
    Observation observation =
        new Observation(
            this,
            new ObservedCall(
                calls.incrementAndGet(),
                request.operation().title(),
                Objects.requireNonNull(request.scope()),
                request.clusterId()));
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

  /** Tells all of one event; what one of them throws keeps no other from hearing of it. */
  public void tell(Consumer<OperationListener> event) {
    for (OperationListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (Throwable e) {
        // Nobody who looks on decides how a call ends.
        LOG.warn("A listener of the client failed; the call goes on", e);
      }
    }
  }

  /** By which durations are measured. */
  public Duration elapsed() {
    return time.elapsed();
  }
}
