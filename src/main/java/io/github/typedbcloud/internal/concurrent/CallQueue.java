package io.github.typedbcloud.internal.concurrent;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs a limited number of calls at a time, and queues the others. Calls that callbacks make
 * overtake the others, because their callbacks may block a thread until they end; one call in
 * {@value #CALLBACK_SHARE} is of the others all the same, so that callbacks which always make new
 * calls do not keep the others waiting for ever. Thread-safe.
 */
final class CallQueue implements Executor {

  private static final int CALLBACK_SHARE = 8;

  private final Executor threads;
  private final int maxRunning;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock; in their order, and quick to remove from:
  private final Set<Runnable> calls = new LinkedHashSet<>();
  private final Set<Runnable> callsOfCallbacks = new LinkedHashSet<>();
  private int running;
  private int turn;

  /**
   * A queue without calls.
   *
   * @param threads runs each task at once
   */
  CallQueue(Executor threads, int maxRunning) {
    this.threads = threads;
    this.maxRunning = maxRunning;
  }

  /** Runs a call as soon as fewer than the limit are running. */
  @Override
  public void execute(Runnable call) {
    lock.lock();
    try {
      (CallbackThreads.isCurrentThread() ? callsOfCallbacks : calls).add(call);
      if (running == maxRunning) {
        return;
      }
      running++;
    } finally {
      lock.unlock();
    }
    try {
      threads.execute(this::runCalls);
    } catch (RuntimeException | Error e) {
      lock.lock();
      try {
        running--;
        // Otherwise another thread has taken it, or will.
        if (running == 0 && removeLocked(call)) {
          throw e;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Removes a call that need not run any more. */
  void remove(Runnable call) {
    lock.lock();
    try {
      removeLocked(call);
    } finally {
      lock.unlock();
    }
  }

  private boolean removeLocked(Runnable call) {
    return calls.remove(call) || callsOfCallbacks.remove(call);
  }

  private void runCalls() {
    for (Runnable call = next(); call != null; call = next()) {
      // A listener of the call before may have left it set.
      Thread.interrupted();
      call.run();
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      turn = (turn + 1) % CALLBACK_SHARE;
      boolean othersFirst = callsOfCallbacks.isEmpty() || (turn == 0 && !calls.isEmpty());
      Iterator<Runnable> first = (othersFirst ? calls : callsOfCallbacks).iterator();
      if (!first.hasNext()) {
        running--;
        return null;
      }
      Runnable call = first.next();
      first.remove();
      return call;
    } finally {
      lock.unlock();
    }
  }
}
