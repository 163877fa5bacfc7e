package io.github.typedbcloud.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.error.FailedCall;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Clusters of a scope whose polls return only when a test lets them; each is recorded. */
final class GatedScope implements PollSource {

  static final String KEY = "/clusters";

  private static final int ALL = 1_000_000;

  private final ManualTime time;
  private final Map<String, Cluster> clusters = new ConcurrentHashMap<>();
  private final Semaphore begun = new Semaphore(0);
  private final Semaphore gate = new Semaphore(0);
  private final List<Duration> finds = new CopyOnWriteArrayList<>();
  private final List<Duration> lists = new CopyOnWriteArrayList<>();
  private final AtomicReference<Thread> poller = new AtomicReference<>();

  GatedScope(ManualTime time) {
    this.time = time;
  }

  void has(String id, String status) {
    clusters.put(id, Cluster.builder(id).status(ClusterStatus.of(status)).build());
  }

  /** Returns when one more poll is in-flight, which has read the current clusters. */
  void awaitPoll() {
    try {
      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).as("a poll begins").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void letOnePass() {
    gate.release();
  }

  void letAllPass() {
    gate.release(ALL);
  }

  List<Duration> finds() {
    return finds;
  }

  List<Duration> lists() {
    return lists;
  }

  /** The thread of the latest poll. */
  Thread poller() {
    return poller.get();
  }

  @Override
  public Duration callTimeout() {
    return Duration.ofSeconds(30);
  }

  @Override
  public Optional<Cluster> find(String id, Duration timeout) {
    finds.add(time.elapsed());
    Optional<Cluster> found = Optional.ofNullable(clusters.get(id));
    pass();
    return found;
  }

  @Override
  public List<Cluster> list(Duration timeout) {
    lists.add(time.elapsed());
    List<Cluster> found = List.copyOf(clusters.values());
    pass();
    return found;
  }

  private void pass() {
    poller.set(Thread.currentThread());
    begun.release();
    try {
      gate.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException(
          new FailedCall("list", "GET", "/clusters", "the clusters"),
          TransportException.Reason.INTERRUPTED,
          "interrupted",
          e);
    }
  }
}
