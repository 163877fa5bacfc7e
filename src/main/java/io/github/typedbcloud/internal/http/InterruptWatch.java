package io.github.typedbcloud.internal.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Cancels the calls of threads that are interrupted.
 *
 * <p>A thread that blocks in the read of a socket does not notice an interrupt. To hand each call
 * to another thread, and wait for that, would cost every call; so the call stays where it is, and
 * one daemon looks after all of them while there are any.
 */
final class InterruptWatch implements AutoCloseable {

  /** How late an interrupt may be noticed. */
  private static final long INTERVAL_MILLIS = 25;

  private final Map<Thread, Runnable> cancellations = new ConcurrentHashMap<>();
  private final AtomicBoolean watching = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor watchman =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "typedb-cloud-interrupt-watch");
            thread.setDaemon(true);
            return thread;
          });

  /** The calling thread begins a call, of which it has at most one. */
  void begin(Runnable cancellation) {
    cancellations.put(Thread.currentThread(), cancellation);
    watch();
  }

  /** The calling thread has ended its call. */
  void end() {
    cancellations.remove(Thread.currentThread());
  }

  /** Calls under way go on, unwatched. */
  @Override
  public void close() {
    watchman.shutdownNow();
  }

  private void watch() {
    if (watching.compareAndSet(false, true)) {
      try {
        @SuppressWarnings("unused") // nobody waits for a look
        Future<?> look = watchman.schedule(this::look, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // Closed a moment ago: the call at hand ends by its own timeout.
        watching.set(false);
      }
    }
  }

  private void look() {
    cancellations.forEach(
        (thread, cancellation) -> {
          if (thread.isInterrupted()) {
            cancellation.run();
          }
        });
    watching.set(false);
    if (!cancellations.isEmpty()) {
      watch();
    }
  }
}
