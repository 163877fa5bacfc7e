package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.time.ManualTime;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A simulator that tests share, with a reset between them. */
@Timeout(60)
class SimulatorResetTest {

  private static final Duration TRANSITION = Duration.ofMinutes(1);
  private static final CloudScope SCOPE = CloudScope.space("my-team", "default");
  private static final ClusterSettings SETTINGS =
      new ClusterSettings(
          "seeded", 1, 10, false, "3.5.1", "gcp", "europe-west2", "c2d-highcpu-2", "standard-rwo");

  private final ManualTime time = new ManualTime();
  private final Instant start = time.now();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .time(time)
          .transitionTime(TRANSITION)
          .apiToken("ci", "s3cret", AccessLevel.READ)
          .start();
  private final Caller space = Caller.space(simulator);
  private final ClusterStore store =
      new ClusterStore(
          List.of(SCOPE),
          time,
          () ->
              Settings.DEFAULT.with(all -> all.transitionTimes = TransitionTimes.all(TRANSITION)));

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void everything_reset_isAsAtTheStart() {
    Response first = space.deploy(Bodies.paid("a"));
    simulator.faults().on(Operation.DEPLOY).always(Fault.applyLate(TRANSITION));
    space.deploy(Bodies.paid("late"));
    simulator.faults().lifecycle().stuckIn();
    simulator.addSpace("my-team", "new");
    simulator.addSpace("my-team", "new");
    simulator.addProject("other", "new");
    time.setWallClock(Instant.EPOCH);
    simulator.reset();

    assertThat(simulator.received()).isEmpty();
    assertThat(simulator.faults().rules()).isEmpty();
    assertThat(simulator.faults().occurrences()).isZero();
    assertThat(simulator.clock().now()).isEqualTo(start);
    time.advance(TRANSITION);
    assertThat(space.list().body()).isEqualTo("[]");
    space.at("/api/v1/team/my-team/spaces/new").list().isError(404, "space_not_found");
    assertThat(simulator.clustersOfSpace("my-team", "default").created()).isEmpty();
    assertThatThrownBy(() -> simulator.clustersOfProject("other", "new"))
        .isInstanceOf(IllegalArgumentException.class);
    time.setWallClock(start);
    assertThat(space.deploy(Bodies.paid("a")).body()).isEqualTo(first.body());
  }

  @Test
  void history_reset_isNotShownByStaleReads() {
    space.deploy(Bodies.paid("a"));
    time.advance(TRANSITION);
    simulator.clusterControlOfSpace("my-team", "default").remove("a");
    simulator.faults().on(Operation.LIST).next(Fault.staleReads(TRANSITION.dividedBy(2)));
    assertThat(space.list().json()).hasSize(1);
    simulator.reset(ResetPart.STATE);
    simulator.faults().on(Operation.LIST).next(Fault.staleReads(TRANSITION.dividedBy(2)));
    simulator.faults().on(Operation.GET).next(Fault.staleReads(1));
    assertThat(space.list().body()).isEqualTo("[]");
    space.get("a").isError(404, "cluster_not_found");
  }

  @Test
  void parts_reset_leaveTheOthers() {
    simulator.faults().on(Operation.GET).always(Fault.respond(503));
    space.deploy(Bodies.paid("a"));
    space.get("a");
    time.advance(TRANSITION);
    long requests = simulator.receivedCount();
    simulator.reset(ResetPart.CLOCK);
    assertThat(time.now()).isEqualTo(start);
    assertThat(simulator.receivedCount()).isEqualTo(requests);
    simulator.reset(ResetPart.REQUESTS);
    assertThat(simulator.receivedCount()).isZero();
    assertThat(simulator.faults().rules()).hasSize(1);
    simulator.reset(ResetPart.FAULTS);
    assertThat(simulator.faults().rules()).isEmpty();
    space.get("a").isCluster("a", "running");
    simulator.reset();
    simulator.reset(new ResetPart[0]);
    space.get("a").isError(404, "cluster_not_found");
  }

  @Test
  void apiTokens_reset_accessTokensStayValidWhereTheirsIsBack() {
    Caller ci = space.with(Caller.token(simulator, "ci", "s3cret"));
    simulator.addApiToken("new", "s3cret", AccessLevel.ADMIN);
    Caller added = space.with(Caller.token(simulator, "new", "s3cret"));
    simulator.revokeApiToken("ci");
    simulator.addApiToken("ci", "s3cret", AccessLevel.ADMIN);
    Caller stronger = space.with(Caller.token(simulator, "ci", "s3cret"));
    simulator.reset();
    assertThat(space.list().status()).isEqualTo(200);
    assertThat(ci.list().status()).isEqualTo(200);
    added.list().isError(401, "invalid_access_token");
    stronger.list().isError(401, "invalid_access_token");
    ci.deploy(Bodies.paid("a")).isError(403, "insufficient_access_level");
    assertThat(Caller.token(simulator, "ci", "s3cret")).isNotEmpty();
    String basic = "Basic new:s3cret";
    Caller.send(simulator.url(), "POST", "/api/auth", basic, "").isError(400, "invalid_client_id");
  }

  @Test
  void clock_reset_nothingExpiresOrMovesOn() {
    space.deploy(Bodies.paid("a"));
    time.advance(TRANSITION.dividedBy(2));
    simulator.reset(ResetPart.CLOCK);
    space.get("a").isCluster("a", "starting");
    time.advance(TRANSITION.dividedBy(2));
    space.get("a").isCluster("a", "running");
  }

  @Test
  void seededClusters_reset_beginAgain() {
    add(SETTINGS, Status.of("suspending"), start);
    add(SETTINGS.withId("b"), Status.of("upgrading"), Instant.EPOCH);
    store.markStart();
    time.advance(TRANSITION);
    assertThat(store.get(SCOPE, "seeded", null).status()).isEqualTo(Status.SUSPENDED);
    store.remove(SCOPE, "b");
    assertThatThrownBy(() -> add(SETTINGS, Status.RUNNING, start))
        .isInstanceOf(ApiError.class)
        .hasMessageStartingWith("409 ");
    store.reset();
    assertThat(store.all()).extracting(SimulatedCluster::number).containsExactly(1L, 2L);
    SimulatedCluster seeded = store.get(SCOPE, "seeded", null);
    assertThat(seeded.status()).isEqualTo(Status.SUSPENDING);
    assertThat(seeded.createdAt()).isEqualTo(start);
    assertThat(seeded.serverStatus()).isEqualTo("running");
    assertThat(store.get(SCOPE, "b", null).status().text()).isEqualTo("upgrading");
    time.advance(TRANSITION.minusNanos(1));
    assertThat(store.get(SCOPE, "seeded", null).status()).isEqualTo(Status.SUSPENDING);
    time.advance(Duration.ofNanos(1));
    assertThat(store.get(SCOPE, "seeded", null).status()).isEqualTo(Status.SUSPENDED);
  }

  @Test
  void lifecycleFault_sameMomentAfterReset_isCountedAgain() {
    try (TypeDBCloudSimulator quick =
        TypeDBCloudSimulator.builder().time(time).transitionTime(Duration.ZERO).start()) {
      LifecycleFaults.Rule rule = quick.faults().lifecycle().stuckIn();
      for (int i = 1; i <= 2; i++) {
        quick.secondClientOfSpace("my-team", "default").deploy("a");
        assertThat(rule.occurrences()).isEqualTo(i);
        quick.reset(ResetPart.STATE);
      }
    }
  }

  @Test
  void reset_concurrentWrites_landBeforeOrAfter() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String id = "c" + i;
        writers.add(
            executor.submit(
                () -> {
                  for (int n = 0; n < 50; n++) {
                    assertThat(space.deploy(Bodies.paid(id)).status()).isIn(200, 409);
                    assertThat(space.clone(id, id + "-" + n).status()).isIn(200, 400, 404, 409);
                    assertThat(space.destroy(id).status()).isIn(200, 404);
                  }
                }));
      }
      for (int i = 0; i < 100; i++) {
        simulator.reset();
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    } finally {
      executor.shutdownNow();
    }
    simulator.reset();
    assertThat(space.list().body()).isEqualTo("[]");
    assertThat(simulator.clustersOfSpace("my-team", "default").created()).isEmpty();
  }

  private void add(ClusterSettings settings, Status status, Instant createdAt) {
    store.addAll(
        List.of(), List.of(new ClusterStore.NewCluster(SCOPE, settings, status, createdAt)));
  }

  @Test
  void reset_beforeARequestIsProcessed_dropsIt() {
    space.deploy(Bodies.paid("a"));
    simulator
        .faults()
        .on(Operation.DEPLOY)
        .next(Fault.before(() -> simulator.reset(ResetPart.STATE)));
    assertThatThrownBy(() -> space.deploy(Bodies.paid("b")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(space.list().json()).isEmpty();
    simulator
        .faults()
        .on(Operation.DEPLOY)
        .next(Fault.before(() -> simulator.reset(ResetPart.REQUESTS, ResetPart.CLOCK)));
    space.deploy(Bodies.paid("b")).isCluster("b", "starting");
  }

  @Test
  void durations_beyond100Years_areRejected() {
    Duration most = Duration.ofDays(36_500);
    Duration more = most.plusNanos(1);
    TypeDBCloudSimulator.Builder builder = TypeDBCloudSimulator.builder();
    for (ThrowingCallable set :
        List.<ThrowingCallable>of(
            () -> builder.startingTime(more),
            () -> builder.transitionTime(more),
            () -> builder.accessTokenLifetime(more),
            () -> simulator.addApiToken("x", "y", AccessLevel.READ, more),
            () -> Fault.delayRequest(more),
            () -> Fault.applyLate(more),
            () -> Fault.staleReads(more),
            () -> Fault.dateOffset(more.negated()))) {
      assertThatThrownBy(set)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the maximum is 36500 days");
    }
    try (TypeDBCloudSimulator longest =
        builder.time(time).transitionTime(most).accessTokenLifetime(most).start()) {
      Caller caller = Caller.space(longest);
      longest.faults().on(Operation.DEPLOY).next(Fault.applyLate(most));
      caller.deploy(Bodies.paid("a")).isCluster("a", "starting");
      caller.deploy(Bodies.paid("b")).isCluster("b", "starting");
      time.advance(most);
      assertThat(Caller.space(longest).get("b").status()).isEqualTo(200);
      longest.reset();
      assertThat(Caller.space(longest).list().json()).isEmpty();
    }
  }
}
