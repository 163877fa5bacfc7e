package io.github.typedbcloud.internal.concurrent;

import io.github.typedbcloud.internal.concurrent.TaskContexts.TaskContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the asynchronous calls of one client, on the user's executor or on threads of its own, which
 * are created when they are needed and end when they are idle. Thread-safe.
 *
 * <p>Three kinds of threads do not wait for each other: those of the calls, those that complete the
 * futures and so run the user's code, and a timer that fails what is not completed at its deadline,
 * whatever the executor did with it.
 */
public final class TaskExecutor implements AutoCloseable {

  /** The limit of calls in-flight on platform threads. */
  static final int MAX_CALLS = 32;

  /** The limit on virtual threads: not for their cost, but for that of the connections. */
  static final int MAX_CALLS_ON_VIRTUAL_THREADS = 256;

  /** How long after its deadline a running task may still end by itself, with a better failure. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final String NAME = "typedb-cloud-async-";

  /** Makes the failure of a task that its deadline found incomplete. */
  @FunctionalInterface
  public interface DeadlineFailure {
    /**
     * A new exception.
     *
     * @param started whether the task is running; otherwise it never will
     */
    RuntimeException exception(boolean started);
  }

  private final Executor executor;
  private final @Nullable CallQueue queue;
  private final CallbackThreads callbacks;
  private final TaskContexts contexts;
  private final Runnable release;
  private final ScheduledThreadPoolExecutor timer =
      DaemonThreads.timer("typedb-cloud-async-deadlines");
  private final Set<CancellableTask<?>> queued = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private TaskExecutor(@Nullable Executor user, TaskContexts contexts) {
    this.contexts = contexts;
    Executor threads;
    int maxCalls = MAX_CALLS_ON_VIRTUAL_THREADS;
    ThreadFactory virtual = DaemonThreads.virtual(NAME);
    if (virtual != null) {
      threads = task -> virtual.newThread(task).start();
      release = () -> {};
    } else {
      ThreadPoolExecutor pool = CallbackThreads.pool(DaemonThreads.numbered(NAME));
      threads = pool;
      release = pool::shutdown;
      maxCalls = MAX_CALLS;
    }
    callbacks = new CallbackThreads(threads);
    if (user != null) {
      executor = user;
      queue = null;
    } else {
      queue = new CallQueue(threads, maxCalls);
      executor = queue;
    }
  }

  /**
   * An executor without threads yet.
   *
   * @param executor the user's, which stays open; null for own threads
   * @param contexts carries that of the caller of a task to the task and its callbacks
   */
  public static TaskExecutor on(@Nullable Executor executor, TaskContexts contexts) {
    return new TaskExecutor(executor, contexts);
  }

  /** Runs what may block or belongs to the user, on threads that no call depends on. */
  public Executor callbacks() {
    return callbacks;
  }

  /** The context of the current thread, for work that it causes on others. */
  public TaskContext captureContext() {
    return contexts.capture();
  }

  /**
   * Submits a task, which runs in the context of the current thread, as its callbacks do.
   *
   * @param timeout when the task has not started by then, it never does, and the future fails; a
   *     running task is interrupted, and its future fails, a second later
   * @param atDeadline makes those failures
   * @return completes with the result of the task, on a thread of {@link #callbacks}. When it is
   *     completed before, cancelling included, the task is not started, or its thread is
   *     interrupted. Fails with a {@link RejectedExecutionException} when the executor does not
   *     accept the task, and with an {@link IllegalStateException} when this executor is closed
   *     before the task started.
   */
  public <T> CompletableFuture<T> submit(
      Supplier<T> work, Duration timeout, DeadlineFailure atDeadline) {
    TaskContext context = contexts.capture();
    CancellableTask<T> task =
        new CancellableTask<>(
            work,
            context,
            completion -> callbacks.execute(() -> context.run(completion)),
            this::dequeue);
    queued.add(task);
    if (closed) {
      fail(task);
      return task.future();
    }
    try {
      Future<?> expiry = schedule(() -> expire(task, atDeadline), timeout);
      CompletableFuture<?> unused =
          task.future().whenComplete((value, failure) -> expiry.cancel(false));
      executor.execute(task);
    } catch (Throwable e) {
      // No executor may throw anything else, but the user's can.
      if (closed) {
        fail(task);
      } else {
        task.failIfQueued(
            () ->
                new RejectedExecutionException(
                    "The call was not sent: the client's executor rejected it. Use an executor that"
                        + " is open and has capacity.",
                    e));
      }
    }
    return task.future();
  }

  /** Queued tasks fail, running tasks may finish, and the user's executor stays open. */
  @Override
  public void close() {
    closed = true;
    queued.forEach(TaskExecutor::fail);
    timer.shutdown();
    release.run();
  }

  private void dequeue(CancellableTask<?> task) {
    queued.remove(task);
    if (queue != null) {
      queue.remove(task);
    }
  }

  /** On the thread of the timer, which never runs the user's code. */
  private void expire(CancellableTask<?> task, DeadlineFailure atDeadline) {
    if (task.failIfQueued(() -> atDeadline.exception(false))) {
      return;
    }
    Runnable overdue = () -> task.failIfRunning(() -> atDeadline.exception(true));
    try {
      Future<?> later = schedule(overdue, GRACE);
      CompletableFuture<?> unused =
          task.future().whenComplete((value, failure) -> later.cancel(false));
    } catch (RejectedExecutionException e) {
      // The client was closed meanwhile.
      overdue.run();
    }
  }

  private Future<?> schedule(Runnable action, Duration delay) {
    return timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void fail(CancellableTask<?> task) {
    task.failIfQueued(ClientClosed::exception);
  }
}
