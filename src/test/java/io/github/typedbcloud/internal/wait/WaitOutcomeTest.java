package io.github.typedbcloud.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.FailedCall;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.error.WaitException.Reason;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.StatusChange;
import io.github.typedbcloud.model.WaitProgress;
import io.github.typedbcloud.time.ManualTime;
import io.github.typedbcloud.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How a wait ends, and what does not end it. */
final class WaitOutcomeTest {

  private static final FailedCall GET = new FailedCall("get", "GET", "/clusters/a", "cluster 'a'");

  private static final String KEY = "/clusters";

  private static final Duration WINDOW = Duration.ofSeconds(10);

  private static final Set<ClusterStatus> FAILURES = Set.of(ClusterStatus.of("failed"));

  private final ManualTime time = new ManualTime();
  private final ScriptedPoll poll = new ScriptedPoll(time);
  private final List<WaitProgress> notified = new ArrayList<>();
  private Consumer<WaitProgress> listener = notified::add;
  private @Nullable RecentWrite ownWrite;

  @ParameterizedTest
  @CsvSource({
    "running, starting starting running",
    "running, resuming running",
    "running, suspending running",
    "RUNNING, Starting Running",
    "suspended, suspending suspended",
    "suspended, SUSPENDED",
    "destroying, running destroying",
    "starting, running suspended starting",
    "running, starting rebalancing '' something-new running",
    "rebalancing, running Rebalancing",
  })
  void await_anyStatusInBetween_reachesTarget(String goal, String statuses) {
    poll.finds(statuses.replace("''", "?").split(" ", -1));

    assertThat(await(ClusterStatus.of(goal))).map(Cluster::status).contains(ClusterStatus.of(goal));
    assertThat(poll.moments()).hasSize(statuses.split(" ", -1).length);
  }

  @ParameterizedTest
  @CsvSource({
    "running, destroying, the cluster is being destroyed",
    "running, suspended, the cluster is suspended; call resume first",
    "suspended, running, the cluster is running; call suspend first",
    "suspended, destroying, the cluster is being destroyed",
    "something-new, destroying, the cluster is being destroyed",
    "running, Suspended, the cluster is suspended; call resume first",
  })
  void await_unreachableStatus_failsAtOnce(String goal, String status, String why) {
    poll.finds(status);

    WaitException end = endOf(ClusterStatus.of(goal));

    assertThat(end.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(end)
        .hasMessageStartingWith("Waiting for cluster 'a' to be " + goal + " ended after 0.0 s")
        .hasMessageContaining(why);
    assertThat(end.cluster()).map(Cluster::status).contains(ClusterStatus.of(status));
    assertThat(poll.moments()).hasSize(1);
    assertThat(notified).singleElement().returns(Duration.ZERO, WaitProgress::nextPoll);
  }

  @Test
  void await_absent_failsAtOnce() {
    poll.findsNothing();

    WaitException end = endOf(ClusterStatus.RUNNING);

    assertThat(end.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(end).hasMessageContaining("there is no such cluster");
    assertThat(end.cluster()).isEmpty();
    assertThat(end.history()).isEmpty();
    assertThat(poll.moments()).hasSize(1);
  }

  /** A service whose reads lag shows the state before an own write for a while. */
  @ParameterizedTest
  @CsvSource({
    "running, absent absent starting running",
    "running, suspended suspended resuming running",
    "running, failed suspended resuming running",
    "running, destroying absent starting running",
    "suspended, running running suspending suspended",
  })
  void await_stateBeforeOwnWrite_continues(String goal, String statuses) {
    ownWrite = new RecentWrite(null, null, WINDOW, WINDOW);
    script(statuses);

    assertThat(await(ClusterStatus.of(goal))).map(Cluster::status).contains(ClusterStatus.of(goal));
  }

  @ParameterizedTest
  @CsvSource({"running, absent", "running, suspended", "running, failed", "suspended, running"})
  void await_stateBeforeOwnWrite_endsAfterWindow(String goal, String status) {
    ownWrite = new RecentWrite(null, null, WINDOW, WINDOW);
    script(status);

    WaitException end = endOf(ClusterStatus.of(goal));

    assertThat(end.reason()).isIn(Reason.UNREACHABLE, Reason.FAILED);
    assertThat(time.elapsed()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
  }

  /** The ID was in use before: reads that lag still show that cluster running. */
  @Test
  void await_earlierClusterOfId_isNotTakenForOwn() {
    Instant created = Instant.parse("2025-01-30T17:00:00Z");
    ownWrite = new RecentWrite(created, null, WINDOW, WINDOW);
    Cluster own = ScriptedPoll.cluster("running").toBuilder().createdAt(created).build();
    poll.finds(own.toBuilder().createdAt(created.minusSeconds(3600)).build()).finds(own);

    assertThat(await(ClusterStatus.RUNNING)).contains(own);
    assertThat(poll.moments()).hasSize(2);
  }

  @Test
  void await_otherClusterOfId_isUnreachable() {
    Instant created = Instant.parse("2025-01-30T17:00:00Z");
    ownWrite = new RecentWrite(created, null, Duration.ZERO, Duration.ZERO);
    poll.finds(
        ScriptedPoll.cluster("running").toBuilder().createdAt(created.plusMillis(1)).build());

    WaitException end = endOf(ClusterStatus.RUNNING);

    assertThat(end.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(end).hasMessageContaining("another cluster has the ID, created at 2025-01-30T17:00");
  }

  @Test
  void awaitDestroyed_redeployedBetweenPolls_isReached() {
    Instant created = Instant.parse("2025-01-30T17:00:00Z");
    Cluster old = ScriptedPoll.cluster("destroying").toBuilder().createdAt(created).build();
    poll.finds(old).finds(old.toBuilder().createdAt(created.plusSeconds(1)).build());

    assertThat(await(null)).isEmpty();
    assertThat(poll.moments()).hasSize(2);
  }

  @Test
  void awaitDestroyed_redeployedBeforeFirstPoll_isReached() {
    Instant created = Instant.parse("2025-01-30T17:00:00Z");
    ownWrite = new RecentWrite(created, null, Duration.ZERO, Duration.ZERO);
    poll.finds(
        ScriptedPoll.cluster("running").toBuilder().createdAt(created.plusMillis(1)).build());

    assertThat(await(null)).isEmpty();
    assertThat(poll.moments()).hasSize(1);
  }

  /** Just deployed, and not visible yet: absence does not show that it was destroyed. */
  @Test
  void awaitDestroyed_notVisibleYet_continues() {
    ownWrite = new RecentWrite(null, null, WINDOW, WINDOW);
    script("absent absent destroying absent");

    assertThat(await(null)).isEmpty();
  }

  /** The second read of a poll is direct. */
  @Test
  void absence_ofSeenCluster_isConfirmed() {
    script("starting absent running");

    assertThat(await(ClusterStatus.RUNNING)).isPresent();
    // The last two are one poll.
    assertThat(poll.moments().stream().map(Duration::toSeconds)).containsExactly(0L, 2L, 2L);
  }

  @Test
  void absence_ofNeverSeenCluster_isNotConfirmed() {
    poll.findsNothing();

    assertThat(await(null)).isEmpty();
    assertThat(poll.moments()).hasSize(1);
  }

  @Test
  void gatewayNotFound_isPassedOver() {
    ApiException gateway = new ApiException(GET, 404, "", "no Route matched", "404", null);
    poll.finds("destroying").fails(gateway).finds("destroying").findsNothing();

    assertThat(await(null)).isEmpty();
    assertThat(poll.moments()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({"running, failed", "suspended, FAILED", "running, Failed"})
  void await_failureStatus_ends(String goal, String status) {
    script("starting " + status);

    WaitException end = endOf(ClusterStatus.of(goal));

    assertThat(end.reason()).isEqualTo(Reason.FAILED);
    assertThat(end).hasMessageContaining("which means failure");
    assertThat(poll.moments()).hasSize(2);
  }

  @Test
  void await_failureStatusItself_isReached() {
    script("starting failed");

    assertThat(await(ClusterStatus.of("failed"))).isPresent();
  }

  @Test
  void awaitDestroyed_failureStatus_continues() {
    script("failed destroying absent");

    assertThat(await(null)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CERTIFICATE", "HOST_NAME", "TLS", "PROXY", "UNKNOWN_HOST"})
  void await_notReachable_ends(TransportException.Reason reason) {
    TransportException failure = noConnection(reason);
    poll.fails(failure);

    assertThatThrownBy(() -> await(ClusterStatus.RUNNING)).isSameAs(failure);
    assertThat(poll.moments()).hasSize(1);
  }

  /** What is configured is right, because the service was reached with it. */
  @ParameterizedTest
  @EnumSource(names = {"TLS", "PROXY", "UNKNOWN_HOST"})
  void await_notReachableLater_isPassedOver(TransportException.Reason reason) {
    poll.finds("starting").fails(noConnection(reason)).finds("running");

    assertThat(await(ClusterStatus.RUNNING)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = {"CERTIFICATE", "HOST_NAME"})
  void await_certificateLater_ends(TransportException.Reason reason) {
    TransportException failure = noConnection(reason);
    poll.finds("starting").fails(failure).finds("running");

    assertThatThrownBy(() -> await(ClusterStatus.RUNNING)).isSameAs(failure);
  }

  private static TransportException noConnection(TransportException.Reason reason) {
    return new TransportException(GET, reason, "no network", new IOException());
  }

  @Test
  void await_vanished_exceptionHasCluster() {
    poll.finds("starting").findsNothing();

    WaitException end = endOf(ClusterStatus.RUNNING);

    assertThat(end.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(end.cluster()).map(Cluster::status).contains(ClusterStatus.STARTING);
  }

  @Test
  void awaitDestroyed_anyStatus_continues() {
    poll.finds("running", "destroying", "suspended").findsNothing();

    assertThat(await(null)).isEmpty();
    assertThat(notified.get(notified.size() - 1).toString()).isEqualTo("a: gone, 9.5 s");
  }

  static Stream<TypeDBCloudException> failuresThatPass() {
    return Stream.concat(
        Stream.of(408, 425, 429, 499, 500, 502, 503, 504, 507, 599).map(WaitOutcomeTest::error),
        Stream.of(
            noConnection(TransportException.Reason.CONNECTION_FAILED),
            new UnreadableResponseException(GET, 200, "half a body", new IOException())));
  }

  @ParameterizedTest
  @MethodSource("failuresThatPass")
  void poll_transientFailure_isIgnored(TypeDBCloudException failure) {
    poll.fails(failure).finds("starting").fails(failure).fails(failure).finds("running");

    assertThat(await(ClusterStatus.RUNNING)).isPresent();

    assertThat(notified).hasSize(5);
    assertThat(notified)
        .extracting(WaitProgress::failure)
        .containsExactly(failure, null, failure, failure, null);
  }

  static Stream<TypeDBCloudException> failuresThatStay() {
    return Stream.of(
        error(400),
        error(302),
        error(410),
        error(451),
        error(501),
        error(511),
        error(525),
        error(526),
        new UnauthorizedException(GET, 401, "", "", "401"),
        new ForbiddenException(GET, 403, "", "", "403"));
  }

  @ParameterizedTest
  @MethodSource("failuresThatStay")
  void poll_finalFailure_endsWait(TypeDBCloudException failure) {
    poll.finds("starting").fails(failure).finds("running");

    assertThatThrownBy(() -> await(ClusterStatus.RUNNING)).isSameAs(failure);

    assertThat(poll.moments()).hasSize(2);
    assertThat(notified).hasSize(2);
    assertThat(notified.get(1).failure()).isSameAs(failure);
    assertThat(notified.get(1).nextPoll()).isZero();
  }

  @Test
  void timeout_afterFailure_hasCauseAndHistory() {
    Instant begun = time.now();
    TransportException failure = noConnection(TransportException.Reason.CONNECTION_FAILED);
    Cluster last = ScriptedPoll.cluster("rebalancing");
    poll.finds("starting", "starting", "rebalancing", "starting").finds(last).fails(failure);

    WaitException end = endOf(ClusterStatus.RUNNING);

    assertThat(end.reason()).isEqualTo(Reason.TIMED_OUT);
    assertThat(end.cluster().orElseThrow()).isSameAs(last);
    assertThat(end.history())
        .containsExactly(
            change("starting", begun, 0),
            change("rebalancing", begun, 5_000),
            change("starting", begun, 9_500),
            change("rebalancing", begun, 16_250));
    assertThat(end).hasCause(failure);
    assertThat(end.getMessage())
        .startsWith(
            "Waiting for cluster 'a' to be running ended after 60.0 s: the timeout elapsed;")
        .contains("Seen: starting after 0.0 s, rebalancing after 5.0 s,")
        .endsWith("The last poll failed: no network");
  }

  @Test
  void timeout_afterSuccess_hasNoCause() {
    poll.fails(error(503)).finds("starting");

    assertThat(endOf(ClusterStatus.RUNNING)).hasNoCause();
  }

  @Test
  void timeout_neverSeen_saysSo() {
    poll.fails(error(503));

    WaitException end = endOf(ClusterStatus.RUNNING);

    assertThat(end).hasMessageContaining("It was never seen.");
    assertThat(end.cluster()).isEmpty();
    assertThat(end.history()).isEmpty();
  }

  @Test
  void listener_eachPoll_isNotified() {
    Cluster starting = ScriptedPoll.cluster("starting");
    Cluster running = ScriptedPoll.cluster("running");
    TransportException failure = noConnection(TransportException.Reason.CONNECTION_FAILED);
    poll.finds(starting).fails(failure).finds(running);

    await(ClusterStatus.RUNNING);

    Duration second = Duration.ofSeconds(1);
    assertThat(notified)
        .containsExactly(
            new WaitProgress("a", 1, Duration.ZERO, starting, null, second.multipliedBy(2)),
            new WaitProgress("a", 2, second.multipliedBy(2), null, failure, second.multipliedBy(3)),
            new WaitProgress("a", 3, second.multipliedBy(5), running, null, Duration.ZERO));
  }

  @Test
  void listener_lastInterval_isNotified() {
    poll.finds("starting");

    endOf(ClusterStatus.RUNNING);

    assertThat(notified.get(notified.size() - 2).elapsed())
        .isEqualTo(Duration.ofMinutes(1).minus(notified.get(notified.size() - 2).nextPoll()));
    assertThat(notified.get(notified.size() - 1).nextPoll()).isZero();
  }

  @Test
  void listener_throws_waitContinues() {
    listener =
        progress -> {
          notified.add(progress);
          throw new IllegalStateException("from the listener");
        };
    poll.finds("starting", "running");

    assertThat(await(ClusterStatus.RUNNING)).isPresent();
    assertThat(notified).hasSize(2);
  }

  @Test
  void interrupt_betweenPolls_endsWait() {
    poll.finds("starting");
    listener = progress -> Thread.currentThread().interrupt();
    PollSchedule hours =
        new PollSchedule(
            Duration.ofDays(1), Duration.ofHours(2), Duration.ofHours(2), Set.of(), listener);
    WaitTarget goal = new WaitTarget("a", "cluster 'a'", ClusterStatus.RUNNING, null);

    WaitException end =
        catchThrowableOfType(
            WaitException.class,
            () ->
                new WaitCoordinator(TimeSource.system(), () -> 0, Runnable::run)
                    .awaitAll(KEY, poll, List.of(goal), hours)
                    .get(0));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(end.reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(end).hasCauseInstanceOf(InterruptedException.class);
    assertThat(end.cluster()).map(Cluster::status).contains(ClusterStatus.STARTING);
    assertThat(end.pending()).containsExactly("a");
    assertThat(poll.moments()).hasSize(1);
  }

  @Test
  void interrupt_before_pollsNothing() {
    poll.finds("starting");
    Thread.currentThread().interrupt();

    WaitException end = endOf(ClusterStatus.RUNNING);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(end.reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(poll.moments()).isEmpty();
  }

  @Test
  void callingThread_listenerAndException_runThere() {
    Thread caller = Thread.currentThread();
    List<Thread> tellers = new ArrayList<>();
    listener = progress -> tellers.add(Thread.currentThread());
    poll.finds("starting");

    WaitException end = endOf(ClusterStatus.RUNNING);

    assertThat(tellers).isNotEmpty().containsOnly(caller);
    assertThat(end.getStackTrace())
        .extracting(StackTraceElement::getClassName)
        .contains(WaitOutcomeTest.class.getName());
  }

  @Test
  void retryAfter_exceptLastPoll_isKept() {
    Duration pause = Duration.ofSeconds(50);
    poll.finds("starting")
        .fails(new ApiException(GET, 429, "", "", "slow down", pause))
        .fails(new ApiException(GET, 503, "", "", "slow down", pause));

    assertThat(endOf(ClusterStatus.RUNNING)).hasMessageContaining("slow down");

    assertThat(poll.moments())
        .containsExactly(
            Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(52), Duration.ofMinutes(1));
    assertThat(notified.get(1).nextPoll()).isEqualTo(pause);
  }

  @Test
  void poll_otherThrowable_reachesCaller() {
    AssertionError broken = new AssertionError("broken");
    PollSource breaking =
        new PollSource() {
          @Override
          public Duration callTimeout() {
            return Duration.ofSeconds(30);
          }

          @Override
          public Optional<Cluster> find(String id, Duration timeout) {
            throw broken;
          }

          @Override
          public List<Cluster> list(Duration timeout) {
            throw broken;
          }
        };
    PollSchedule plan =
        new PollSchedule(
            Duration.ofMinutes(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            FAILURES,
            listener);

    assertThatThrownBy(
            () ->
                new WaitCoordinator(time, () -> 0, Runnable::run)
                    .awaitAll(
                        KEY,
                        breaking,
                        List.of(new WaitTarget("a", "cluster 'a'", null, null)),
                        plan)
                    .get(0))
        .isSameAs(broken);
  }

  private void script(String statuses) {
    for (String status : statuses.split(" ", -1)) {
      if (status.equals("absent")) {
        poll.findsNothing();
      } else {
        poll.finds(status);
      }
    }
  }

  private Optional<Cluster> await(ClusterStatus status) {
    PollSchedule plan =
        new PollSchedule(
            Duration.ofMinutes(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            FAILURES,
            progress -> listener.accept(progress));
    return new WaitCoordinator(time, () -> 0, Runnable::run)
        .awaitAll(KEY, poll, List.of(new WaitTarget("a", "cluster 'a'", status, ownWrite)), plan)
        .get(0);
  }

  private WaitException endOf(ClusterStatus status) {
    WaitException end = catchThrowableOfType(WaitException.class, () -> await(status));
    assertThat(end).isNotNull();
    return end;
  }

  private static ApiException error(int status) {
    return new ApiException(GET, status, "", "", "failed with HTTP " + status);
  }

  private static StatusChange change(String status, Instant begun, long millis) {
    Duration elapsed = Duration.ofMillis(millis);
    return new StatusChange(ClusterStatus.of(status), begun.plus(elapsed), elapsed);
  }
}
