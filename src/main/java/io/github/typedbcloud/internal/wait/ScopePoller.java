package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that polls for all waits of one scope. It lives from its first wait to the end of its
 * last; a later wait starts another one.
 */
final class ScopePoller {

  private static final Logger LOG = LoggerFactory.getLogger(ScopePoller.class);

  private final PollSource source;
  private final TimeSource time;
  private final DoubleSupplier random;
  private final Consumer<ScopePoller> onEnd;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<PendingWait> waits = new LinkedHashSet<>();
  private @Nullable Duration lastPoll;
  private Duration notBefore = Duration.ZERO;

  /** When the thread will wake up; null while it is awake. */
  private @Nullable Duration asleepUntil;

  private boolean ended;

  /**
   * A poller without waits.
   *
   * @param onEnd notified when the last wait ended, possibly more than once
   */
  ScopePoller(
      PollSource source, TimeSource time, DoubleSupplier random, Consumer<ScopePoller> onEnd) {
    this.source = source;
    this.time = time;
    this.random = random;
    this.onEnd = onEnd;
    // It outlives the caller that starts it, so it must not inherit its thread-locals.
    thread = new Thread(null, this::run, "typedb-cloud-wait", 0, false);
    thread.setDaemon(true);
  }

  /** Starts to poll. Called once, after the first waits joined. */
  void start() {
    thread.start();
  }

  boolean runsOnThisThread() {
    return Thread.currentThread() == thread;
  }

  /** Adds waits together; false when the last wait ended and so did the thread. */
  boolean add(Collection<PendingWait> joining) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      waits.addAll(joining);
      Duration now = time.elapsed();
      joining.forEach(wait -> wait.join(now, lastPoll));
      if (asleepUntil != null && nextPoll(joining).compareTo(asleepUntil) < 0) {
        thread.interrupt();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Removes waits, which may have ended before. After the last one, an in-flight poll ends too. */
  void remove(Collection<PendingWait> leaving) {
    lock.lock();
    try {
      boolean left = false;
      for (PendingWait wait : leaving) {
        left |= waits.remove(wait);
      }
      if (left && waits.isEmpty()) {
        ended = true;
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waits, and the thread. */
  void endAll(WaitOutcome how) {
    List<Runnable> reports;
    lock.lock();
    try {
      ended = true;
      reports = waits.stream().map(wait -> wait.end(how)).toList();
      waits.clear();
      thread.interrupt();
    } finally {
      lock.unlock();
    }
    send(reports);
  }

  private void run() {
    try {
      while (sleepUntilNextPoll()) {
        poll();
      }
    } catch (Throwable e) {
      // Out of memory, or a source of time that fails: no caller may wait for ever.
      endAll(new WaitOutcome.Failed(e));
    } finally {
      onEnd.accept(this);
    }
  }

  /** Sleeps until a wait needs a poll; false when there are no more waits. */
  private boolean sleepUntilNextPoll() {
    while (true) {
      Duration pause;
      lock.lock();
      try {
        asleepUntil = null;
        // An interrupt only wakes this thread up; the fields say why.
        Thread.interrupted();
        if (ended) {
          return false;
        }
        Duration now = time.elapsed();
        Duration next = nextPoll(waits);
        if (next.compareTo(now) <= 0) {
          lastPoll = now;
          return true;
        }
        asleepUntil = next;
        pause = next.minus(now);
      } finally {
        lock.unlock();
      }
      try {
        time.sleep(pause);
      } catch (InterruptedException e) {
        LOG.trace("Woken up to check the waits again");
      }
    }
  }

  private void poll() {
    Set<PendingWait> sharing;
    Set<String> ids = new HashSet<>();
    Duration timeout = null;
    lock.lock();
    try {
      sharing = new LinkedHashSet<>(waits);
      Duration now = time.elapsed();
      for (PendingWait wait : sharing) {
        ids.add(wait.target().clusterId());
        Duration own = wait.pollTimeout(now);
        timeout = timeout == null ? own : Times.min(timeout, own);
      }
    } finally {
      lock.unlock();
    }
    if (timeout != null) {
      send(evaluate(sharing, PollResult.poll(source, ids, timeout)));
    }
  }

  /** Waits that joined while the poll was in-flight are not evaluated with it. */
  private List<Runnable> evaluate(Set<PendingWait> sharing, PollResult result) {
    List<Runnable> reports = new ArrayList<>();
    lock.lock();
    try {
      Duration now = time.elapsed();
      notBefore = Times.after(now, result.retryAfter());
      for (PendingWait wait : sharing) {
        if (waits.contains(wait)) {
          reports.add(wait.evaluate(result, now, notBefore, random));
          if (wait.outcome() != null) {
            waits.remove(wait);
          }
        }
      }
      ended |= waits.isEmpty();
      if (!ended) {
        return reports;
      }
    } finally {
      lock.unlock();
    }
    // Before the end is reported, so that nothing is kept afterwards.
    onEnd.accept(this);
    return reports;
  }

  private Duration nextPoll(Collection<PendingWait> among) {
    Duration shared = waits.size() > 1 ? lastPoll : null;
    return among.stream()
        .map(wait -> wait.nextPoll(notBefore, shared))
        .min(Duration::compareTo)
        .orElseThrow();
  }

  private static void send(List<Runnable> reports) {
    for (Runnable report : reports) {
      try {
        report.run();
      } catch (Throwable e) {
        // The failure of one wait must not reach the others.
        LOG.warn("A poll could not be reported to a wait; the other waits continue", e);
      }
    }
  }
}
