package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.internal.concurrent.DaemonThreads;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Cancels the in-flight calls of interrupted threads.
 *
 * <p>A thread that blocks in a socket read does not react to an interrupt. Moving each call to
 * another thread would slow down every call; instead one daemon thread checks the threads of all
 * in-flight calls, while there are any, and ends a moment after the last. Thread-safe.
 */
final class InterruptWatch implements AutoCloseable {

  /** The maximum delay until an interrupt has an effect. */
  private static final long INTERVAL_MILLIS = 25;

  private final Map<Thread, Runnable> cancellations = new ConcurrentHashMap<>();
  private volatile boolean closed;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor scheduler =
      DaemonThreads.timer("typedb-cloud-interrupt-watch");

  /** The calling thread starts a call; it has at most one. */
  void begin(Runnable cancellation) {
    cancellations.put(Thread.currentThread(), cancellation);
    schedule();
  }

  /** The call of the calling thread ended. */
  void end() {
    cancellations.remove(Thread.currentThread());
    endIfUnused();
  }

  /** In-flight calls continue, and react to interrupts; after the last the thread ends. */
  @Override
  public void close() {
    closed = true;
    endIfUnused();
  }

  private void endIfUnused() {
    if (closed && cancellations.isEmpty()) {
      scheduler.shutdownNow();
    }
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      try {
        @SuppressWarnings("unused") // its result is not needed
        Future<?> check = scheduler.schedule(this::check, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // Closed meanwhile: the call ends by its own timeout.
        scheduled.set(false);
      }
    }
  }

  private void check() {
    try {
      cancellations.forEach(this::cancelIfInterrupted);
    } finally {
      scheduled.set(false);
    }
    if (!cancellations.isEmpty()) {
      schedule();
    }
  }

  /** Not on this thread, because it notifies the user's event listeners, which may block. */
  private void cancelIfInterrupted(Thread thread, Runnable cancellation) {
    if (thread.isInterrupted() && cancellations.remove(thread, cancellation)) {
      DaemonThreads.start("typedb-cloud-cancel", cancellation);
    }
  }
}
