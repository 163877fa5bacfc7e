package io.github.typedbcloud.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task whose thread is interrupted when its future is completed by another thread. The interrupt
 * does not reach what the thread runs before or after the task.
 */
final class CancellableTask<T> implements Runnable {

  private final CompletableFuture<T> future = new CompletableFuture<>();
  private final Supplier<T> work;
  private final Consumer<CancellableTask<T>> onDequeue;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock:
  private @Nullable Thread runner;
  private boolean interrupted;

  /**
   * A task.
   *
   * @param onDequeue notified when the task starts, or will never start
   */
  CancellableTask(Supplier<T> work, Consumer<CancellableTask<T>> onDequeue) {
    this.work = work;
    this.onDequeue = onDequeue;
    CompletableFuture<T> unused = future.whenComplete((value, failure) -> stop());
  }

  CompletableFuture<T> future() {
    return future;
  }

  void fail(RuntimeException failure) {
    future.completeExceptionally(failure);
  }

  @Override
  public void run() {
    if (!start()) {
      return;
    }
    Runnable completion;
    try {
      T value = work.get();
      completion = () -> future.complete(value);
    } catch (Throwable e) {
      completion = () -> future.completeExceptionally(e);
    }
    end();
    // Last, because it runs the user's dependent stages.
    completion.run();
  }

  private boolean start() {
    lock.lock();
    try {
      onDequeue.accept(this);
      if (future.isDone()) {
        return false;
      }
      runner = Thread.currentThread();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
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
      if (runner != null) {
        interrupted = true;
        runner.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
