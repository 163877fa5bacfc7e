package io.github.typedbcloud.internal.concurrent;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the context of a thread (trace, MDC, security) to the threads that do its work, by the
 * user's decorator. A decorator that fails costs the context and never the work. Thread-safe.
 */
public final class TaskContexts {

  /** Carries nothing. */
  public static final TaskContexts NONE = new TaskContexts(null);

  /** Runs work in a context. */
  @FunctionalInterface
  public interface TaskContext {

    /** Runs work on the current thread, exactly once; what it throws is thrown. */
    void run(Runnable work);
  }

  private static final TaskContext NO_CONTEXT = Runnable::run;

  /** Set while the current thread is in a decorator, which may call the client. */
  private static final ThreadLocal<@Nullable Boolean> CAPTURING = new ThreadLocal<>();

  private final @Nullable UnaryOperator<Runnable> decorator;

  /**
   * Contexts that a decorator captures.
   *
   * @param decorator of the user; null for none
   */
  public TaskContexts(@Nullable UnaryOperator<Runnable> decorator) {
    this.decorator = decorator;
  }

  /**
   * The context of the current thread, for work that it causes on others. Throws nothing. None for
   * work that the decorator itself causes.
   */
  public TaskContext capture() {
    if (decorator == null || CAPTURING.get() != null) {
      return NO_CONTEXT;
    }
    CAPTURING.set(true);
    try {
      Runnable decorated = decorator.apply(CurrentWork::run);
      if (decorated != null) {
        return work -> run(decorated, work);
      }
      warn("returned null; work runs without the context of its caller", null);
    } catch (Throwable e) {
      warn("failed; work runs without the context of its caller", e);
    } finally {
      CAPTURING.remove();
    }
    return NO_CONTEXT;
  }

  private static void run(Runnable decorated, Runnable work) {
    CurrentWork current = CurrentWork.enter(work);
    try {
      decorated.run();
    } catch (Throwable e) {
      if (current.failure != e) {
        warn("failed on the thread that runs the work", e);
      }
    } finally {
      current.leave();
    }
    if (!current.started) {
      current.start();
      warn("did not run the work, which ran without the context of its caller", null);
    }
    current.rethrow();
  }

  private static void warn(String what, @Nullable Throwable cause) {
    try {
      Logger log = LoggerFactory.getLogger(TaskContexts.class);
      log.warn("The task decorator of the client {}", what, cause);
    } catch (Throwable e) {
      // A log that fails must not prevent the work.
    }
  }

  /** The work that a decorated task runs on the current thread, at most once. */
  private static final class CurrentWork {

    private static final ThreadLocal<@Nullable CurrentWork> CURRENT = new ThreadLocal<>();

    private final Runnable work;
    private final @Nullable CurrentWork outer;
    private boolean started;
    private @Nullable Throwable failure;

    private CurrentWork(Runnable work, @Nullable CurrentWork outer) {
      this.work = work;
      this.outer = outer;
    }

    static CurrentWork enter(Runnable work) {
      CurrentWork current = new CurrentWork(work, CURRENT.get());
      CURRENT.set(current);
      return current;
    }

    void leave() {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }

    /** What the decorator decorates. */
    static void run() {
      CurrentWork current = CURRENT.get();
      if (current != null && !current.started) {
        current.start();
        current.rethrow();
      }
    }

    void start() {
      started = true;
      try {
        work.run();
      } catch (Throwable e) {
        failure = e;
      }
    }

    void rethrow() {
      if (failure != null) {
        throw CurrentWork.<RuntimeException>undeclared(failure);
      }
    }

    /** Kotlin throws checked exceptions undeclared. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E undeclared(Throwable failure) throws E {
      throw (E) failure;
    }
  }
}
