package io.github.typedbcloud.internal.wait;

import static io.github.typedbcloud.internal.wait.GatedScope.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.error.WaitException.Reason;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.WaitProgress;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.time.ManualTime;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many waits in one scope: what they share, and what each keeps to itself. */
@Timeout(60)
final class ScopePollerTest {

  private final ManualTime time = new ManualTime();
  private final GatedScope scope = new GatedScope(time);
  private final WaitCoordinator waits = new WaitCoordinator(time, () -> 0, Runnable::run);

  @AfterEach
  void close() {
    waits.close();
  }

  @Test
  void waits_thousand_pollLikeOne() {
    List<CompletableFuture<List<Optional<Cluster>>>> thousand = watchThousand();
    scope.letOnePass(); // of the first wait alone, which the rest joined too late for
    for (int poll = 0; poll < 5; poll++) {
      scope.awaitPoll();
      scope.letOnePass();
    }
    scope.awaitPoll();
    thousand.get(7).cancel(false);
    assertThat(thousand.get(7)).isCancelled();
    IntStream.range(0, 1000).forEach(i -> scope.has("c" + i, "running"));
    scope.letAllPass();

    for (int i = 0; i < 1000; i++) {
      if (i != 7) {
        assertThat(result(thousand.get(i))).map(Cluster::id).contains("c" + i);
      }
    }
    assertThat(scope.finds()).containsExactly(Duration.ZERO);
    assertThat(scope.lists().stream().map(Duration::toMillis))
        .containsExactly(2_000L, 4_000L, 7_000L, 11_500L, 18_250L, 28_375L, 43_375L);
  }

  @Test
  void lastPolls_ofMany_areOne() {
    scope.has("a", "starting");
    List<CompletableFuture<List<Optional<Cluster>>>> all = new ArrayList<>();
    all.add(watch("a", Duration.ofSeconds(20)));
    scope.awaitPoll();
    for (int i = 0; i < 100; i++) {
      all.add(watch("a", Duration.ofSeconds(20).plusMillis(i)));
    }
    scope.letAllPass();

    all.forEach(
        future ->
            assertThat(failure(future))
                .isInstanceOfSatisfying(
                    WaitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT)));
    assertThat(scope.finds()).hasSizeLessThanOrEqualTo(9);
    assertThat(time.elapsed()).isBetween(Duration.ofMillis(20_099), Duration.ofMillis(21_099));
  }

  /**
   * On the machine's clock, because the manual one stands still while a poll is in-flight. The poll
   * ignores its timeout, as a blocked interceptor does.
   */
  @Test
  void poll_hangs_eachWaitKeepsItsTimeout() {
    GatedScope other = new GatedScope(time);
    scope.has("a", "starting");
    CompletableFuture<List<Optional<Cluster>>> patient = watch("a", Duration.ofHours(1));
    CompletableFuture<List<Optional<Cluster>>> alone =
        waits.awaitAllAsync(
            "/other", other, List.of(goal("a")), plan(Duration.ofSeconds(1), p -> {}));
    scope.awaitPoll();
    CompletableFuture<List<Optional<Cluster>>> joined = watch("a", Duration.ofSeconds(1));

    for (CompletableFuture<List<Optional<Cluster>>> hasty : List.of(alone, joined)) {
      assertThat(failure(hasty))
          .isInstanceOfSatisfying(
              WaitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT));
    }

    assertThat(patient).isNotDone();
    scope.has("a", "running");
    scope.letAllPass();
    assertThat(result(patient)).isPresent();
  }

  /** The caller has gone, so nothing needs to be polled for its other waits. */
  @Test
  void groupFailed_otherWaits_areNotPolled() throws Exception {
    scope.has("b", "starting");
    scope.letAllPass();

    assertThat(
            catchThrowableOfType(
                    WaitException.class,
                    () ->
                        waits.awaitAll(
                            KEY,
                            scope,
                            List.of(goal("a"), goal("b")),
                            plan(Duration.ofHours(1), p -> {})))
                .reason())
        .isEqualTo(Reason.UNREACHABLE);

    ends(scope.poller());
    assertThat(scope.lists()).hasSize(1);
    assertThat(time.elapsed()).isZero();
  }

  @Test
  void poll_startedBeforeWait_doesNotEndIt() {
    scope.has("a", "suspended");
    CompletableFuture<List<Optional<Cluster>>> before = watch("a", Duration.ofHours(1));
    scope.awaitPoll();
    scope.has("a", "running");
    CompletableFuture<List<Optional<Cluster>>> after = watch("a", Duration.ofHours(1));
    scope.letAllPass();

    assertThat(failure(before)).hasMessageContaining("the cluster is suspended");
    assertThat(result(after)).map(Cluster::status).contains(ClusterStatus.RUNNING);
    assertThat(scope.finds()).containsExactly(Duration.ZERO, Duration.ofSeconds(2));
  }

  @Test
  void thread_untilLastWait_lives() throws Exception {
    scope.has("a", "running");
    scope.has("b", "starting");
    CompletableFuture<List<Optional<Cluster>>> a = watch("a", Duration.ofHours(1));
    scope.awaitPoll();
    CompletableFuture<List<Optional<Cluster>>> b = watch("b", Duration.ofHours(1));
    scope.letOnePass();
    assertThat(result(a)).isPresent();
    scope.awaitPoll();
    Thread thread = scope.poller();
    assertThat(thread.getName()).startsWith("typedb-cloud-poll-");
    assertThat(thread.isDaemon()).isTrue();
    assertThat(waits.scopes()).isEqualTo(1);

    b.cancel(false);

    ends(thread);
    assertThat(waits.scopes()).isZero();
    assertThat(scope.finds()).hasSize(2);
  }

  @Test
  void sleep_joinOrLastLeave_wakesUp() throws Exception {
    WaitCoordinator real = new WaitCoordinator(TimeSource.system(), () -> 0, Runnable::run);
    scope.has("a", "starting");
    CountDownLatch polled = new CountDownLatch(1);
    CompletableFuture<List<Optional<Cluster>>> sleeper =
        real.awaitAllAsync(
            KEY, scope, List.of(goal("a")), plan(Duration.ofDays(1), p -> polled.countDown()));
    scope.letAllPass();
    assertThat(polled.await(20, TimeUnit.SECONDS)).isTrue();
    PollSchedule once =
        new PollSchedule(
            Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1), Set.of(), p -> {});

    assertThat(failure(real.awaitAllAsync(KEY, scope, List.of(goal("a")), once)))
        .isInstanceOf(WaitException.class);
    assertThat(sleeper).isNotDone();
    sleeper.cancel(true);

    ends(scope.poller());
    assertThat(real.scopes()).isZero();
  }

  @Test
  void interrupt_ofOneWait_keepsOther() {
    scope.has("a", "starting");
    ParallelTasks<Optional<Cluster>> one =
        ParallelTasks.one(
            () ->
                waits
                    .awaitAll(KEY, scope, List.of(goal("a")), plan(Duration.ofHours(1), p -> {}))
                    .get(0));
    scope.awaitPoll();
    CompletableFuture<List<Optional<Cluster>>> other = watch("a", Duration.ofHours(1));
    one.interrupt();
    assertThat(one.failures())
        .singleElement()
        .isInstanceOfSatisfying(
            WaitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED));

    scope.has("a", "running");
    scope.letAllPass();

    assertThat(result(other)).isPresent();
  }

  @Test
  void interrupt_ofOnlyWait_endsPoll() throws Exception {
    ParallelTasks<Optional<Cluster>> one =
        ParallelTasks.one(
            () ->
                waits
                    .awaitAll(KEY, scope, List.of(goal("a")), plan(Duration.ofHours(1), p -> {}))
                    .get(0));
    scope.awaitPoll();

    one.interrupt();

    assertThat(one.failures()).singleElement().isInstanceOf(WaitException.class);
    ends(scope.poller());
    assertThat(waits.scopes()).isZero();
  }

  @Test
  void close_allWaits_endAtOnce() throws Exception {
    scope.has("a", "starting");
    ParallelTasks<Optional<Cluster>> blocked =
        ParallelTasks.one(
            () ->
                waits
                    .awaitAll(KEY, scope, List.of(goal("a")), plan(Duration.ofHours(1), p -> {}))
                    .get(0));
    scope.awaitPoll();
    CompletableFuture<List<Optional<Cluster>>> watched = watch("b", Duration.ofHours(1));

    waits.close();

    assertThat(blocked.failures())
        .singleElement()
        .isInstanceOf(IllegalStateException.class)
        .hasFieldOrPropertyWithValue(
            "message", "This TypeDBCloudClient is closed; build another one.");
    assertThat(failure(watched)).isInstanceOf(IllegalStateException.class);
    assertThat(failure(watch("a", Duration.ZERO))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                waits
                    .awaitAll(KEY, scope, List.of(goal("a")), plan(Duration.ofHours(1), p -> {}))
                    .get(0))
        .isInstanceOf(IllegalStateException.class);
    ends(scope.poller());
    assertThat(waits.scopes()).isZero();
  }

  @Test
  void waits_startedWhileOthersEnd_complete() {
    scope.has("a", "running");
    scope.has("b", "running");
    scope.letAllPass();

    List<Integer> done =
        ParallelTasks.each(
                8,
                number ->
                    () -> {
                      for (int i = 0; i < 500; i++) {
                        String id = (number + i) % 2 == 0 ? "a" : "b";
                        PollSchedule plan = plan(Duration.ofDays(1000), p -> {});
                        if (i % 3 == 0) {
                          waits.awaitAllAsync(KEY, scope, List.of(goal(id)), plan).cancel(false);
                        }
                        assertThat(waits.awaitAll(KEY, scope, List.of(goal(id)), plan).get(0))
                            .isPresent();
                      }
                      return number;
                    })
            .results();

    assertThat(done).hasSize(8);
    assertThat(waits.scopes()).isZero();
  }

  @Test
  void executor_rejects_waitsComplete() {
    scope.has("a", "running");
    scope.letAllPass();
    WaitCoordinator error =
        new WaitCoordinator(
            time,
            () -> 0,
            task -> {
              throw new RejectedExecutionException("shut down");
            });
    Consumer<WaitProgress> failing =
        progress -> {
          throw new UnsupportedOperationException("from the listener");
        };

    assertThat(
            result(
                error.awaitAllAsync(
                    KEY, scope, List.of(goal("a")), plan(Duration.ofHours(1), failing))))
        .isPresent();
  }

  /** An executor that runs tasks on the caller's thread makes the polling thread the caller. */
  @Test
  void listener_onPollingThread_canWait() {
    scope.has("a", "starting");
    scope.has("b", "running");
    scope.letAllPass();
    CompletableFuture<Cluster> found = new CompletableFuture<>();
    PollSchedule outer =
        plan(
            Duration.ZERO,
            p ->
                found.complete(
                    waits
                        .awaitAll(KEY, scope, List.of(goal("b")), plan(Duration.ZERO, q -> {}))
                        .get(0)
                        .orElseThrow()));
    CompletableFuture<List<Optional<Cluster>>> other = watch("a", Duration.ofDays(1));

    failure(waits.awaitAllAsync(KEY, scope, List.of(goal("a")), outer));

    assertThat(found.join().id()).isEqualTo("b");
    other.cancel(false);
  }

  @Test
  void awaitAll_results_areInOrder() {
    scope.has("a", "running");
    scope.has("b", "running");
    scope.letAllPass();

    assertThat(
            waits.awaitAll(
                KEY,
                scope,
                List.of(goal("b"), goal("a"), goal("b")),
                plan(Duration.ofHours(1), p -> {})))
        .map(found -> found.orElseThrow().id())
        .containsExactly("b", "a", "b");
    assertThat(scope.lists()).hasSize(1);
    assertThat(scope.finds()).isEmpty();
  }

  @Test
  void awaitAll_oneFails_othersEnd() throws Exception {
    scope.has("a", "running");
    scope.has("b", "suspended");
    IntStream.range(0, 20).forEach(i -> scope.has("c" + i, "starting"));
    List<WaitTarget> goals = new ArrayList<>(List.of(goal("a"), goal("b")));
    IntStream.range(0, 20).forEach(i -> goals.add(goal("c" + i)));
    scope.letAllPass();

    WaitException end =
        catchThrowableOfType(
            WaitException.class,
            () -> waits.awaitAll(KEY, scope, goals, plan(Duration.ofHours(1), p -> {})));

    assertThat(end.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(end.pending()).hasSize(21).startsWith("b", "c0").doesNotContain("a");
    assertThat(end)
        .hasMessageStartingWith("Waiting for cluster 'b' to be running ended after 0.0 s")
        .hasMessageContaining("21 of 22 clusters are pending: b, c0, c1,")
        .hasMessageEndingWith("c8 and 11 more.");
    ends(scope.poller());
    assertThat(waits.scopes()).isZero();
  }

  private List<CompletableFuture<List<Optional<Cluster>>>> watchThousand() {
    IntStream.range(0, 1000).forEach(i -> scope.has("c" + i, "starting"));
    List<CompletableFuture<List<Optional<Cluster>>>> futures = new ArrayList<>();
    futures.add(watch("c0", Duration.ofHours(1)));
    scope.awaitPoll();
    IntStream.range(1, 1000).forEach(i -> futures.add(watch("c" + i, Duration.ofHours(1))));
    return futures;
  }

  private CompletableFuture<List<Optional<Cluster>>> watch(String id, Duration timeout) {
    return waits.awaitAllAsync(KEY, scope, List.of(goal(id)), plan(timeout, p -> {}));
  }

  private static PollSchedule plan(Duration timeout, Consumer<WaitProgress> listener) {
    return new PollSchedule(
        timeout, Duration.ofSeconds(2), Duration.ofSeconds(15), Set.of(), listener);
  }

  private static WaitTarget goal(String id) {
    return new WaitTarget(id, "cluster '" + id + "'", ClusterStatus.RUNNING, null);
  }

  private static void ends(Thread thread) throws InterruptedException {
    thread.join(Duration.ofSeconds(20).toMillis());
    assertThat(thread.isAlive()).as("the thread that polls lives on").isFalse();
  }

  private static Optional<Cluster> result(CompletableFuture<List<Optional<Cluster>>> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join().get(0);
  }

  private static Throwable failure(CompletableFuture<List<Optional<Cluster>>> future) {
    try {
      throw new AssertionError("it succeeded: " + future.get(20, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (Exception e) {
      throw new AssertionError("it did not end", e);
    }
  }
}
