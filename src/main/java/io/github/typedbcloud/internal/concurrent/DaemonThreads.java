package io.github.typedbcloud.internal.concurrent;

import java.lang.reflect.Method;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Creates the client's threads: daemons that take nothing over from the thread that happens to
 * start them. Inheritable thread-locals, the context class loader and the access control context of
 * the first caller would otherwise stay reachable, and visible to later callers, for as long as the
 * thread lives.
 */
public final class DaemonThreads {

  /** How long a thread without work lives. */
  static final Duration IDLE = Duration.ofSeconds(2);

  private static final String POLLING = "typedb-cloud-poll-";

  private DaemonThreads() {}

  /** Starts a thread for one task. */
  public static Thread start(String name, Runnable task) {
    Thread thread = create(name, task);
    thread.start();
    return thread;
  }

  /** A limited number of threads for polls, which end when they are idle. */
  public static ThreadPoolExecutor polling(int max) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            max,
            max,
            IDLE.toNanos(),
            TimeUnit.NANOSECONDS,
            new LinkedBlockingQueue<>(),
            numbered(POLLING));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Whether the current thread makes polls, on which many waits depend. */
  public static boolean isPolling() {
    return Thread.currentThread().getName().startsWith(POLLING);
  }

  /**
   * A timer of one thread, which ends when nothing has been scheduled for a moment. Its tasks must
   * not block, because later ones wait for them.
   */
  public static ScheduledThreadPoolExecutor timer(String name) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, task -> create(name, task));
    timer.setKeepAliveTime(IDLE.toNanos(), TimeUnit.NANOSECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** Creates threads named with a prefix and a number. */
  public static ThreadFactory numbered(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> create(prefix + number.incrementAndGet(), task);
  }

  /** The same with virtual threads; null before Java 21. */
  static @Nullable ThreadFactory virtual(String prefix) {
    ThreadFactory factory;
    try {
      // Found by name, because the release is 17.
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Method name = type.getMethod("name", String.class, long.class);
      Method inherit = type.getMethod("inheritInheritableThreadLocals", boolean.class);
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      builder = inherit.invoke(name.invoke(builder, prefix, 1L), false);
      factory = (ThreadFactory) type.getMethod("factory").invoke(builder);
    } catch (ReflectiveOperationException e) {
      // Absent, or in 19 and 20 a preview that is not enabled.
      return null;
    }
    return task -> withOurClassLoader(factory.newThread(task));
  }

  // "removal": the only way to leave the caller's frames out, up to Java 23. "ThreadPriorityCheck":
  // nothing relies on the priority, and that of the caller must not be taken over.
  @SuppressWarnings({"removal", "ThreadPriorityCheck"})
  private static Thread create(String name, Runnable task) {
    PrivilegedAction<Thread> creation = () -> new Thread(null, task, name, 0, false);
    Thread thread = AccessController.doPrivileged(creation);
    thread.setDaemon(true);
    thread.setPriority(Thread.NORM_PRIORITY);
    return withOurClassLoader(thread);
  }

  private static Thread withOurClassLoader(Thread thread) {
    thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
    return thread;
  }
}
