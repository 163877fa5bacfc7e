package io.github.typedbcloud.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.AsyncClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.event.CallInfo;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.LocalResponses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every future is completed: by its deadline, whatever the executor and the listeners do. */
@Timeout(60)
final class AsyncDeadlineTest {

  /** More than run at a time on any JDK. */
  private static final int SLOW_CALLS = 300;

  private static final Duration MAX_WAIT = Duration.ofSeconds(20);

  private static final RequestOptions SHORT = RequestOptions.within(Duration.ofMillis(200));

  private final LocalResponses responses = new LocalResponses();

  @Test
  void deadline_behindSlowCalls_isKept() throws Exception {
    CountDownLatch gate = responses.closeGate();
    try (TypeDBCloudClient client =
        responses.client().requestTimeout(Duration.ofHours(1)).build()) {
      AsyncClustersApi clusters = client.clusters(Fixtures.SPACE).async();
      List<CompletableFuture<?>> slow = new ArrayList<>();
      for (int i = 0; i < SLOW_CALLS; i++) {
        slow.add(clusters.list());
      }

      CompletableFuture<?> read = clusters.with(SHORT).list();
      CompletableFuture<?> write = clusters.with(SHORT).destroy("api-cluster");

      for (CompletableFuture<?> queued : List.of(read, write)) {
        assertThat(failure(queued))
            .isInstanceOf(TransportException.class)
            .hasMessageContaining("its deadline passed before the executor started it")
            .hasMessageContaining("Nothing was sent");
      }
      assertThat(slow).noneMatch(CompletableFuture::isDone);
      gate.countDown();
      for (CompletableFuture<?> future : slow) {
        future.get(20, TimeUnit.SECONDS);
      }
    }
    assertThat(responses.calls()).isEqualTo(SLOW_CALLS);
  }

  @Test
  void executor_dropsTask_failsAtDeadline() {
    try (TypeDBCloudClient client = responses.client().asyncExecutor(task -> {}).build()) {
      assertThat(failure(client.clusters(Fixtures.SPACE).async().with(SHORT).list()))
          .isInstanceOf(TransportException.class)
          .hasMessageStartingWith("list of the clusters in space new-team/default was not sent");
    }
    assertThat(responses.calls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void listener_blocksCall_failsAtDeadline(boolean isRead) {
    CountDownLatch release = new CountDownLatch(1);
    OperationListener blocking =
        new OperationListener() {
          @Override
          public void callStarted(CallInfo call) {
            while (release.getCount() > 0) {
              // Deaf to interrupts.
              Thread.onSpinWait();
            }
          }
        };
    try (TypeDBCloudClient client = responses.client().listener(blocking).build()) {
      AsyncClustersApi clusters = client.clusters(Fixtures.SPACE).async().with(SHORT);
      CompletableFuture<?> future = isRead ? clusters.list() : clusters.destroy("api-cluster");

      assertThat(failure(future))
          .isInstanceOf(isRead ? TransportException.class : OutcomeUnknownException.class)
          .hasMessageContaining("did not end at its deadline");
    } finally {
      release.countDown();
    }
  }

  enum BadExecutor {
    THROWS_EXCEPTION,
    THROWS_ERROR,
    THROWS_AND_RUNS_LATER
  }

  @ParameterizedTest
  @EnumSource
  void executor_throws_callIsNotSent(BadExecutor kind) {
    AtomicReference<Runnable> later = new AtomicReference<>();
    Executor executor =
        task -> {
          later.set(task);
          if (kind == BadExecutor.THROWS_ERROR) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          throw new IllegalStateException("of the executor");
        };
    try (TypeDBCloudClient client = responses.client().asyncExecutor(executor).build()) {
      CompletableFuture<?> future = client.clusters(Fixtures.SPACE).async().list();
      if (kind == BadExecutor.THROWS_AND_RUNS_LATER) {
        later.get().run();
      }

      assertThat(failure(future))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("was not sent");
      assertThat(responses.calls()).isZero();
    }
  }

  @Test
  void executor_runsThenThrows_callIsSentOnce() {
    AtomicBoolean thrown = new AtomicBoolean();
    Executor executor =
        task -> {
          task.run();
          task.run();
          thrown.set(true);
          throw new RejectedExecutionException("too late");
        };
    try (TypeDBCloudClient client = responses.client().asyncExecutor(executor).build()) {
      assertThat(client.clusters(Fixtures.SPACE).async().list())
          .succeedsWithin(MAX_WAIT)
          .isEqualTo(List.of());
    }
    assertThat(thrown).isTrue();
    assertThat(responses.calls()).isEqualTo(1);
  }

  private static Throwable failure(CompletableFuture<?> future) {
    assertThat(future).failsWithin(MAX_WAIT);
    return future.handle((value, failure) -> failure).join();
  }
}
