package io.github.typedbcloud.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where tasks run, and that stopping one leaves the others alone. */
@Timeout(60)
final class TaskExecutorTest {

  @Test
  void ownThreads_fewDaemons_endWhenIdle() throws Exception {
    int max =
        DaemonThreads.virtual("any") == null
            ? TaskExecutor.MAX_CALLS
            : TaskExecutor.MAX_CALLS_ON_VIRTUAL_THREADS;
    int size = max + 8;
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    Semaphore begun = new Semaphore(0);
    CountDownLatch release = new CountDownLatch(1);
    TaskExecutor tasks = TaskExecutor.on(null, TaskContexts.NONE);
    List<CompletableFuture<Boolean>> futures = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      futures.add(
          submit(
              tasks,
              () -> {
                threads.add(Thread.currentThread());
                begun.release();
                return awaited(release);
              }));
    }
    assertThat(begun.tryAcquire(max, 20, TimeUnit.SECONDS)).isTrue();
    assertThat(begun.availablePermits()).isZero();
    release.countDown();
    for (CompletableFuture<Boolean> future : futures) {
      assertThat(future.get(20, TimeUnit.SECONDS)).isTrue();
    }

    tasks.close();

    assertThat(threads).hasSize(size).allMatch(Thread::isDaemon);
    assertThat(threads.stream().distinct())
        .hasSize(max)
        .allMatch(thread -> thread.getName().matches("typedb-cloud-async-\\d+"));
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(20));
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void close_queuedFails_runningFinishes() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      TaskExecutor tasks = TaskExecutor.on(executor, TaskContexts.NONE);
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      AtomicBoolean ran = new AtomicBoolean();
      CompletableFuture<Boolean> running =
          submit(
              tasks,
              () -> {
                begun.countDown();
                return awaited(release);
              });
      CompletableFuture<Boolean> queued = submit(tasks, () -> ran.getAndSet(true));
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

      tasks.close();

      assertThat(queued).failsWithin(Duration.ofSeconds(20));
      assertThat(running).isNotDone();
      release.countDown();
      assertThat(running.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(executor.submit(ran::get).get(20, TimeUnit.SECONDS)).isFalse();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void cancel_neverInterruptsNextTask() throws Exception {
    // A thread that, unlike those of a pool, does not wipe out an interrupt that is left over.
    BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  queue.take().run();
                }
              } catch (InterruptedException e) {
                // The end.
              }
            });
    thread.start();
    TaskExecutor tasks = TaskExecutor.on(queue::add, TaskContexts.NONE);
    for (int i = 0; i < 20_000; i++) {
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<Boolean> cancelled =
          submit(
              tasks,
              () -> {
                begun.countDown();
                return Thread.currentThread().isInterrupted();
              });
      CompletableFuture<Boolean> next = submit(tasks, () -> Thread.currentThread().isInterrupted());
      if (i % 2 == 0) {
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      }
      cancelled.cancel(true);

      assertThat(next.get(20, TimeUnit.SECONDS)).as("round %s", i).isFalse();
    }
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(20));
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void task_error_reachesFuture() {
    TaskExecutor tasks = TaskExecutor.on(Runnable::run, TaskContexts.NONE);
    AssertionError error = new AssertionError("from the work");

    CompletableFuture<Object> future =
        submit(
            tasks,
            () -> {
              throw error;
            });

    assertThat(future.handle((value, failure) -> failure).join()).isSameAs(error);
  }

  @Test
  void virtualThreads_runAndCancelTasks() throws Exception {
    Method virtual =
        Arrays.stream(Executors.class.getMethods())
            .filter(method -> method.getName().equals("newVirtualThreadPerTaskExecutor"))
            .findAny()
            .orElse(null);
    assumeTrue(virtual != null, "Virtual threads need Java 21 or later.");
    ExecutorService executor = (ExecutorService) virtual.invoke(null);
    try {
      TaskExecutor tasks = TaskExecutor.on(executor, TaskContexts.NONE);
      int size = 1000;
      CountDownLatch begun = new CountDownLatch(size);
      CountDownLatch ended = new CountDownLatch(size);
      CountDownLatch never = new CountDownLatch(1);
      List<CompletableFuture<Boolean>> futures = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        futures.add(
            submit(
                tasks,
                () -> {
                  begun.countDown();
                  try {
                    return awaited(never);
                  } finally {
                    ended.countDown();
                  }
                }));
      }
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

      futures.forEach(future -> future.cancel(true));

      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      executor.shutdownNow();
    }
  }

  private static <T> CompletableFuture<T> submit(TaskExecutor tasks, Supplier<T> work) {
    return tasks.submit(work, Duration.ofHours(1), started -> new IllegalStateException("late"));
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }
}
