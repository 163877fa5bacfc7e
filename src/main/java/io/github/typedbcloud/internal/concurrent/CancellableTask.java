package io.github.typedbcloud.internal.concurrent;

import io.github.typedbcloud.internal.concurrent.TaskContexts.TaskContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task whose thread is interrupted when its future is completed by another thread. The interrupt
 * does not reach what the thread runs before or after the task. The future is completed on another
 * executor, because that runs the user's dependent stages.
 */
final class CancellableTask<T> implements Runnable {

  private enum State {
    QUEUED,
    RUNNING,
    ENDED
  }

  private final CompletableFuture<T> future = new CompletableFuture<>();
  private final Supplier<T> work;
  private final TaskContext context;
  private final Executor callbacks;
  private final Consumer<CancellableTask<T>> onDequeue;

  private final ReentrantLock lock = new ReentrantLock();

  /** Completes the future with the result of the work; of the thread that runs it. */
  private Runnable completion = () -> {};

  // Guarded by the lock:
  private State state = State.QUEUED;
  private @Nullable Thread runner;
  private boolean interrupted;

  /**
   * A task.
   *
   * @param context in which the work runs
   * @param callbacks completes the future
   * @param onDequeue notified when the task starts, or will never start; possibly more than once
   */
  CancellableTask(
      Supplier<T> work,
      TaskContext context,
      Executor callbacks,
      Consumer<CancellableTask<T>> onDequeue) {
    this.work = work;
    this.context = context;
    this.callbacks = callbacks;
    this.onDequeue = onDequeue;
    CompletableFuture<T> unused = future.whenComplete((value, failure) -> stop());
  }

  CompletableFuture<T> future() {
    return future;
  }

  /** Fails the future unless the task has started; then it never will. */
  boolean failIfQueued(Supplier<? extends Throwable> failure) {
    lock.lock();
    try {
      if (state != State.QUEUED) {
        return false;
      }
      state = State.ENDED;
      onDequeue.accept(this);
    } finally {
      lock.unlock();
    }
    callbacks.execute(() -> future.completeExceptionally(failure.get()));
    return true;
  }

  /** Fails the future although the task is running, and interrupts it. */
  void failIfRunning(Supplier<? extends Throwable> failure) {
    lock.lock();
    try {
      if (state != State.RUNNING) {
        return;
      }
      // Not left to the future, because its dependent stages may block before it gets here.
      interruptRunner();
    } finally {
      lock.unlock();
    }
    callbacks.execute(() -> future.completeExceptionally(failure.get()));
  }

  @Override
  public void run() {
    if (!start()) {
      return;
    }
    context.run(this::work);
    end();
    callbacks.execute(completion);
  }

  private void work() {
    try {
      T value = work.get();
      completion = () -> future.complete(value);
    } catch (Throwable e) {
      completion = () -> future.completeExceptionally(e);
    }
  }

  private boolean start() {
    lock.lock();
    try {
      onDequeue.accept(this);
      if (state != State.QUEUED || future.isDone()) {
        return false;
      }
      state = State.RUNNING;
      runner = Thread.currentThread();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      state = State.ENDED;
      runner = null;
      if (interrupted) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  private void stop() {
    lock.lock();
    try {
      onDequeue.accept(this);
      interruptRunner();
    } finally {
      lock.unlock();
    }
  }

  private void interruptRunner() {
    if (runner != null) {
      interrupted = true;
      runner.interrupt();
    }
  }
}
