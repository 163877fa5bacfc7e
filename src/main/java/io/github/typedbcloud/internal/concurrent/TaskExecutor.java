package io.github.typedbcloud.internal.concurrent;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the asynchronous calls of one client, on the user's executor or on threads of its own, which
 * are created when they are needed and end when they are idle. Thread-safe.
 */
public final class TaskExecutor implements AutoCloseable {

  private static final int MAX_THREADS = 32;

  private static final long IDLE_SECONDS = 30;

  private final Executor executor;
  private final Runnable release;
  private final Set<CancellableTask<?>> queued = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private TaskExecutor(Executor executor, Runnable release) {
    this.executor = executor;
    this.release = release;
  }

  /**
   * An executor without threads yet.
   *
   * @param executor the user's, which stays open; null for own threads
   */
  public static TaskExecutor on(@Nullable Executor executor) {
    if (executor != null) {
      return new TaskExecutor(executor, () -> {});
    }
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            daemons());
    pool.allowCoreThreadTimeOut(true);
    return new TaskExecutor(pool, pool::shutdown);
  }

  /** The executor that runs the tasks. */
  public Executor executor() {
    return executor;
  }

  /**
   * Submits a task.
   *
   * @return completes with the result of the task. When it is completed before, cancelling
   *     included, the task is not started, or its thread is interrupted. Fails with a {@link
   *     RejectedExecutionException} when the executor rejects the task, and with an {@link
   *     IllegalStateException} when this executor is closed before the task started.
   */
  public <T> CompletableFuture<T> submit(Supplier<T> work) {
    CancellableTask<T> task = new CancellableTask<>(work, queued::remove);
    queued.add(task);
    if (closed) {
      reject(task);
      return task.future();
    }
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      task.fail(
          new RejectedExecutionException(
              "The call was not sent: the client's executor rejected it. Use an executor that is open"
                  + " and has capacity.",
              e));
    }
    return task.future();
  }

  /** Queued tasks fail, running tasks may finish, and the user's executor stays open. */
  @Override
  public void close() {
    closed = true;
    queued.forEach(TaskExecutor::reject);
    release.run();
  }

  private static void reject(CancellableTask<?> task) {
    task.fail(ClientClosed.exception());
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "typedb-cloud-async-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
