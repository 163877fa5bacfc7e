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
 * Runs the tasks of one client, on an executor of the user's or on threads of its own, which come
 * with the first tasks and go when they are idle. Thread-safe.
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
   * Tasks, and no thread yet.
   *
   * @param executor of the user's, which stays open; null for threads of our own
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

  /** Where the tasks run. */
  public Executor executor() {
    return executor;
  }

  /**
   * Runs something, sometime.
   *
   * @return ends as the work does. However it is completed before, cancelling included, the work is
   *     not begun any more, or its thread is interrupted. Fails with a {@link
   *     RejectedExecutionException} when the executor does not take it, and with an {@link
   *     IllegalStateException} when these tasks are closed before it has begun.
   */
  public <T> CompletableFuture<T> submit(Supplier<T> work) {
    CancellableTask<T> task = new CancellableTask<>(work, queued::remove);
    queued.add(task);
    if (closed) {
      refuse(task);
      return task.future();
    }
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      task.fail(
          new RejectedExecutionException(
              "The call was not sent: the executor of this client does not take it. Give the client"
                  + " an executor that is open and has room.",
              e));
    }
    return task.future();
  }

  /** What is queued fails; what runs may finish. An executor of the user's stays open. */
  @Override
  public void close() {
    closed = true;
    queued.forEach(TaskExecutor::refuse);
    release.run();
  }

  private static void refuse(CancellableTask<?> task) {
    task.fail(new IllegalStateException("This TypeDBCloudClient is closed; build another one."));
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
