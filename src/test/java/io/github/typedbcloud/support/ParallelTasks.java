package io.github.typedbcloud.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Threads that all do their work at the same moment. */
public final class ParallelTasks<T> {

  /** Long enough for a busy machine; nothing that succeeds takes it. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(20);

  private final List<Thread> threads = new ArrayList<>();
  private final List<FutureTask<T>> works = new ArrayList<>();

  private ParallelTasks() {}

  /** One thread that has begun. */
  public static <T> ParallelTasks<T> one(Callable<T> work) {
    return of(1, work);
  }

  /** Threads that do the same. */
  public static <T> ParallelTasks<T> of(int size, Callable<T> work) {
    return each(size, number -> work);
  }

  /** Threads of which each has work of its own, by its number from 0. */
  public static <T> ParallelTasks<T> each(int size, IntFunction<Callable<T>> works) {
    ParallelTasks<T> crowd = new ParallelTasks<>();
    CountDownLatch gate = new CountDownLatch(1);
    IntStream.range(0, size)
        .forEach(
            number -> {
              Callable<T> work = works.apply(number);
              FutureTask<T> task =
                  new FutureTask<>(
                      () -> {
                        gate.await();
                        return work.call();
                      });
              Thread thread = new Thread(task, "crowd-" + number);
              thread.setDaemon(true);
              crowd.works.add(task);
              crowd.threads.add(thread);
              thread.start();
            });
    gate.countDown();
    return crowd;
  }

  /** Returns when every thread waits for something with a timeout, as one for a token does. */
  public void awaitAllWaiting() {
    long begun = System.nanoTime();
    while (threads.stream().anyMatch(thread -> thread.getState() != Thread.State.TIMED_WAITING)) {
      assertThat(System.nanoTime() - begun)
          .as("nanoseconds until all wait: %s", threads.stream().map(Thread::getState).toList())
          .isLessThan(MAX_WAIT.toNanos());
      Thread.onSpinWait();
    }
  }

  /** Interrupts all. */
  public void interrupt() {
    threads.forEach(Thread::interrupt);
  }

  /** What the threads came to, all of which must succeed. */
  public List<T> results() {
    List<T> results = new ArrayList<>();
    for (FutureTask<T> work : works) {
      try {
        results.add(end(work));
      } catch (ExecutionException e) {
        throw new AssertionError("a thread failed", e.getCause());
      }
    }
    return results;
  }

  /** What the threads threw, all of which must fail. */
  public List<Throwable> failures() {
    List<Throwable> failures = new ArrayList<>();
    for (FutureTask<T> work : works) {
      try {
        throw new AssertionError("a thread succeeded: " + end(work));
      } catch (ExecutionException e) {
        failures.add(e.getCause());
      }
    }
    return failures;
  }

  private static <T> T end(FutureTask<T> work) throws ExecutionException {
    try {
      return work.get(MAX_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("a thread did not end", e);
    }
  }
}
