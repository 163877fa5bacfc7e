package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.time.ManualTime;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What another client does between the requests of a client, and within one. */
@Timeout(60)
class SecondClientTest {

  private static final Duration TRANSITION = Duration.ofMinutes(1);

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(time).transitionTime(TRANSITION).start();
  private final Faults faults = simulator.faults();
  private final Caller space = Caller.space(simulator);
  private final SecondClient other = simulator.secondClientOfSpace("my-team", "default");

  @AfterEach
  void close() {
    simulator.close();
  }

  private SecondClient of(ApiVersion version) {
    return version == ApiVersion.PROJECTS
        ? simulator.secondClientOfProject("my-org", "default")
        : other;
  }

  @ParameterizedTest
  @EnumSource
  void before_runsBeforeProcessing(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    faults.on(Operation.DEPLOY).next(Fault.before(() -> of(version).deploy("a")));
    caller.deploy(Bodies.paid("a")).isError(409, "id_already_in_use");
    caller.get("a").isCluster("a", "starting");
  }

  @ParameterizedTest
  @EnumSource
  void after_runsBetweenProcessingAndResponse(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    of(version).deploy("a");
    time.advance(TRANSITION);
    faults.on(Operation.SUSPEND).next(Fault.after(() -> of(version).destroy("a")));
    caller.suspend("a").isCluster("a", "suspending");
    caller.get("a").isCluster("a", "destroying");
  }

  @Test
  void actions_allRules_runInOrderAroundRequest() {
    List<String> order = new ArrayList<>();
    faults.on().next(Fault.after(() -> order.add("after 1 " + other.snapshot().statuses())));
    faults.on().next(Fault.before(() -> order.add("before 1 " + other.snapshot().statuses())));
    faults.on().next(Fault.before(() -> order.add("before 2")));
    faults.on().next(Fault.after(() -> order.add("after 2")));
    space.deploy(Bodies.paid("a"));
    assertThat(order).containsExactly("before 1 {}", "before 2", "after 1 {a=starting}", "after 2");
  }

  @Test
  void actions_unprocessedOrLost_stillRun() {
    List<String> order = new ArrayList<>();
    faults.on(Operation.DEPLOY).next(2, Fault.before(() -> order.add("before")));
    faults.on(Operation.DEPLOY).next(2, Fault.after(() -> order.add("after")));
    faults.on(Operation.DEPLOY).next(Fault.respond(503));
    faults.on(Operation.DEPLOY).next(Fault.loseResponse());
    assertThat(space.deploy(Bodies.paid("a")).status()).isEqualTo(503);
    assertThatThrownBy(() -> space.deploy(Bodies.paid("a")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(order).containsExactly("before", "after", "before", "after");
  }

  @Test
  void after_addsRule_nextRequestMeetsIt() {
    faults
        .on(Operation.DEPLOY)
        .next(Fault.after(() -> faults.on(Operation.GET).always(Fault.staleReads(1))));
    space.deploy(Bodies.paid("a"));
    space.get("a").isError(404, "cluster_not_found");
    space.get("a").isCluster("a", "starting");
  }

  @Test
  void action_blocked_blocksNoOtherRequest() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    faults
        .on(Operation.DEPLOY)
        .next(
            Fault.before(
                () -> {
                  entered.countDown();
                  try {
                    release.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
    Thread blocked = new Thread(() -> space.deploy(Bodies.paid("a")));
    blocked.start();
    entered.await();
    space.deploy(Bodies.paid("b")).isCluster("b", "starting");
    faults.on(Operation.LIST).next(Fault.respond(503));
    assertThat(space.list().status()).isEqualTo(503);
    assertThat(other.snapshot().statuses().toString()).isEqualTo("{b=starting}");
    release.countDown();
    blocked.join();
    space.get("a").isCluster("a", "starting");
  }

  @Test
  void action_throws_connectionIsClosed() {
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    faults
        .on(Operation.DEPLOY)
        .next(
            Fault.before(
                () -> {
                  Thread.currentThread()
                      .setUncaughtExceptionHandler((thread, problem) -> uncaught.set(problem));
                  throw new IllegalStateException("on purpose");
                }));
    assertThatThrownBy(() -> space.deploy(Bodies.paid("a")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(space.list().body()).isEqualTo("[]");
    while (uncaught.get() == null) {
      Thread.onSpinWait();
    }
    assertThat(uncaught.get()).hasMessage("on purpose");
  }

  @ParameterizedTest
  @EnumSource
  void secondClient_lifecycle_followsRules(ApiVersion version) {
    Caller caller = Caller.of(version, simulator);
    SecondClient client = of(version);
    client.deploy("a");
    assertRejected("HTTP 409 id_already_in_use", () -> client.deploy("a"));
    assertRejected("HTTP 400 invalid_cluster_status", () -> client.suspend("a"));
    assertRejected("HTTP 404 cluster_not_found", () -> client.destroy("b"));
    assertRejected("HTTP 400 malformed_json", () -> client.deployRequest("{"));
    time.advance(TRANSITION);
    client.suspend("a");
    caller.get("a").isCluster("a", "suspending");
    time.advance(TRANSITION);
    client.resume("a");
    caller.get("a").isCluster("a", "resuming");
    client.destroy("a");
    caller.get("a").isCluster("a", "destroying");
    client.deployRequest(Bodies.free("free"));
    assertThat(client.snapshot().statuses().toString()).isEqualTo("{a=destroying, free=starting}");
    assertThat(simulator.receivedCount()).as("exchange and reads").isEqualTo(5);
  }

  @Test
  void secondClient_spaces_cloneUpdateAndRename() {
    other.deploy("a");
    other.clone("a", "b");
    other.rename("a", "c");
    other.update("c", "{\"storageSizeGB\":20}");
    assertThat(other.snapshot().statuses().toString()).isEqualTo("{c=starting, b=starting}");
    assertThat(space.get("c").json().path("storageSizeGB").intValue()).isEqualTo(20);
    assertRejected("HTTP 409 id_already_in_use", () -> other.rename("b", "c"));
    SecondClient project = simulator.secondClientOfProject("my-org", "default");
    project.deploy("a");
    assertRejected("UPDATE is not offered for projects", () -> project.rename("a", "b"));
    assertRejected("CLONE is not offered for projects", () -> project.clone("a", "b"));
    assertThatThrownBy(() -> simulator.secondClientOfSpace("my-team", "unknown"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(project).hasToString("SecondClient[project my-org/default]");
  }

  @Test
  void secondClient_pendingWrite_isRejected() {
    other.deploy("a");
    time.advance(TRANSITION);
    faults.on().always(Fault.applyLate(TRANSITION));
    space.suspend("a").isCluster("a", "suspending");
    assertRejected("HTTP 400 write_in_progress", () -> other.destroy("a"));
    other.deploy("b");
    space.get("b").isCluster("b", "starting");
  }

  private static void assertRejected(String message, Runnable write) {
    assertThatThrownBy(write::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(message);
  }
}
