package io.github.typedbcloud.internal.listeners;

import io.github.typedbcloud.internal.concurrent.DaemonThreads;
import io.github.typedbcloud.internal.concurrent.TaskContexts;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies listeners of the calls of a polling thread, on which many waits depend: on a thread
 * beside it, for which the polling thread waits a moment. A listener that blocks for longer misses
 * the events up to its return, and stops no wait. Thread-safe.
 */
final class PollNotifier {

  private static final long MAX_NOTIFICATION_SECONDS = 1;

  /** Longer than a poll, so that one thread gets all events of a call. */
  private static final long IDLE_SECONDS = 30;

  private final TaskContexts contexts;
  private final ThreadLocal<Companion> companions = ThreadLocal.withInitial(Companion::new);

  /**
   * A notifier without threads yet.
   *
   * @param contexts carries that of the polling thread to the one beside it
   */
  PollNotifier(TaskContexts contexts) {
    this.contexts = contexts;
  }

  /** Runs a notification, on behalf of the current thread. */
  void run(Runnable notification) {
    TaskContexts.TaskContext context = contexts.capture();
    companions.get().run(() -> context.run(notification));
  }

  /** The thread beside one polling thread, which alone calls it. */
  private static final class Companion {

    private final ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DaemonThreads.numbered("typedb-cloud-poll-listener-"));

    private @Nullable Future<?> last;

    Companion() {
      executor.allowCoreThreadTimeOut(true);
    }

    void run(Runnable notification) {
      if (last != null && !last.isDone()) {
        return;
      }
      Future<?> current = executor.submit(notification);
      last = current;
      try {
        current.get(MAX_NOTIFICATION_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        Logger log = LoggerFactory.getLogger(PollNotifier.class);
        log.warn("A listener of the client blocks; polls go on, and it misses events meanwhile");
      } catch (InterruptedException e) {
        // The poll itself reacts.
        Thread.currentThread().interrupt();
      } catch (ExecutionException e) {
        throw new IllegalStateException("A notification never throws.", e);
      }
    }
  }
}
