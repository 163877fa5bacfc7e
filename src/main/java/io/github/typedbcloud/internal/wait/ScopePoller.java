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
 * The waits of one scope and the thread that polls for all of them. It lives from its first wait to
 * its last; who comes later starts another.
 */
final class ScopePoller {

  private static final Logger LOG = LoggerFactory.getLogger(ScopePoller.class);

  private final PollSource reads;
  private final TimeSource time;
  private final DoubleSupplier random;
  private final Consumer<ScopePoller> onEnd;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<PendingWait> waits = new LinkedHashSet<>();
  private @Nullable Duration lastPoll;
  private Duration notBefore = Duration.ZERO;

  /** Until when the thread sleeps; null while it does anything else. */
  private @Nullable Duration asleepUntil;

  private boolean ended;

  /**
   * Polls for nobody yet.
   *
   * @param onEnd told once nobody waits here any more, possibly more than once
   */
  ScopePoller(
      PollSource reads, TimeSource time, DoubleSupplier random, Consumer<ScopePoller> onEnd) {
    this.reads = reads;
    this.time = time;
    this.random = random;
    this.onEnd = onEnd;
    // It outlives the caller that starts it, and so inherits nothing of that thread.
    thread = new Thread(null, this::run, "typedb-cloud-wait", 0, false);
    thread.setDaemon(true);
  }

  /** Begins to poll. Called once, after the first waits have joined. */
  void start() {
    thread.start();
  }

  boolean runsOnThisThread() {
    return Thread.currentThread() == thread;
  }

  /** Takes waits in together; false when the last wait has left and nobody polls any more. */
  boolean join(Collection<PendingWait> joining) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      waits.addAll(joining);
      Duration now = time.elapsed();
      joining.forEach(wait -> wait.join(now, lastPoll));
      if (asleepUntil != null && nextDue(joining).compareTo(asleepUntil) < 0) {
        thread.interrupt();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Lets waits go that may have ended before. After the last one, a poll under way ends too. */
  void leave(Collection<PendingWait> leaving) {
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
    List<Runnable> news;
    lock.lock();
    try {
      ended = true;
      news = waits.stream().map(wait -> wait.end(how)).toList();
      waits.clear();
      thread.interrupt();
    } finally {
      lock.unlock();
    }
    deliver(news);
  }

  private void run() {
    try {
      while (sleepUntilDue()) {
        poll();
      }
    } catch (Throwable e) {
      // Out of memory, or a source of time that fails: nobody may wait for ever.
      endAll(new WaitOutcome.Failed(e));
    } finally {
      onEnd.accept(this);
    }
  }

  /** Returns when a wait is due; false when nobody waits any more. */
  private boolean sleepUntilDue() {
    while (true) {
      Duration pause;
      lock.lock();
      try {
        asleepUntil = null;
        // An interrupt wakes this thread up; what it is for is told by the fields.
        Thread.interrupted();
        if (ended) {
          return false;
        }
        Duration now = time.elapsed();
        Duration next = nextDue(waits);
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
        LOG.trace("Woken up to look again");
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
        ids.add(wait.goal().clusterId());
        Duration patience = wait.patience(now);
        timeout = timeout == null ? patience : Times.min(timeout, patience);
      }
    } finally {
      lock.unlock();
    }
    if (timeout != null) {
      deliver(judge(sharing, PollResult.of(reads, ids, timeout)));
    }
  }

  /** Those who joined while the poll was under way are not judged by it. */
  private List<Runnable> judge(Set<PendingWait> sharing, PollResult reading) {
    List<Runnable> news = new ArrayList<>();
    lock.lock();
    try {
      Duration now = time.elapsed();
      notBefore = Times.after(now, reading.pause());
      for (PendingWait wait : sharing) {
        if (waits.contains(wait)) {
          news.add(wait.judge(reading, now, notBefore, random));
          if (wait.end() != null) {
            waits.remove(wait);
          }
        }
      }
      ended |= waits.isEmpty();
      if (!ended) {
        return news;
      }
    } finally {
      lock.unlock();
    }
    // Before anybody hears of the end, so that nothing is kept once they do.
    onEnd.accept(this);
    return news;
  }

  private Duration nextDue(Collection<PendingWait> among) {
    Duration shared = waits.size() > 1 ? lastPoll : null;
    return among.stream()
        .map(wait -> wait.due(notBefore, shared))
        .min(Duration::compareTo)
        .orElseThrow();
  }

  private static void deliver(List<Runnable> news) {
    for (Runnable piece : news) {
      try {
        piece.run();
      } catch (Throwable e) {
        // One who waits must not keep the news from the others.
        LOG.warn("A wait could not be told of its poll; the others go on", e);
      }
    }
  }
}
