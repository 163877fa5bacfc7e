package io.github.typedbcloud.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work whose thread is interrupted when its future is completed by somebody else. The interrupt
 * never reaches what that thread does before or after.
 */
final class CancellableTask<T> implements Runnable {

  private final CompletableFuture<T> future = new CompletableFuture<>();
  private final Supplier<T> work;
  private final Consumer<CancellableTask<T>> onLeavingQueue;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock:
  private @Nullable Thread runner;
  private boolean interrupted;

  /**
   * A task.
   *
   * @param onLeavingQueue told when it begins, or will never begin
   */
  CancellableTask(Supplier<T> work, Consumer<CancellableTask<T>> onLeavingQueue) {
    this.work = work;
    this.onLeavingQueue = onLeavingQueue;
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
    if (!begin()) {
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
    // Only now, for it runs what the user has attached.
    completion.run();
  }

  private boolean begin() {
    lock.lock();
    try {
      onLeavingQueue.accept(this);
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
      onLeavingQueue.accept(this);
      if (runner != null) {
        interrupted = true;
        runner.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
