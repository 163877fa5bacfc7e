package io.github.typedbcloud.internal.concurrent;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that complete futures and so run what the user chained to them. Their number has no
 * limit, so that nothing depends on the end of a callback: it may block, and may join another call
 * of the same client. {@link CallQueue} keeps the number of blocked ones small. Thread-safe.
 */
final class CallbackThreads implements Executor {

  private static final ThreadLocal<Boolean> IN_CALLBACK = new ThreadLocal<>();

  private final Executor threads;

  /**
   * Callback threads.
   *
   * @param threads runs each task at once, on a thread that nothing else needs
   */
  CallbackThreads(Executor threads) {
    this.threads = threads;
  }

  /** Whether the current thread runs a callback, of any client. */
  static boolean isCurrentThread() {
    return IN_CALLBACK.get() != null;
  }

  /**
   * Runs a callback. When the JVM cannot start another thread, or the pool of a closed client takes
   * none, it runs on the calling thread: a future that is never completed would be worse.
   */
  @Override
  public void execute(Runnable callback) {
    try {
      threads.execute(() -> run(callback));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      run(callback);
    }
  }

  private static void run(Runnable callback) {
    Boolean outer = IN_CALLBACK.get();
    IN_CALLBACK.set(true);
    try {
      callback.run();
    } finally {
      if (outer == null) {
        IN_CALLBACK.remove();
      }
    }
  }

  /** Threads without a limit that are reused, and end when they are idle. */
  static ThreadPoolExecutor pool(ThreadFactory factory) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        DaemonThreads.IDLE.toNanos(),
        TimeUnit.NANOSECONDS,
        new SynchronousQueue<>(),
        factory);
  }
}
