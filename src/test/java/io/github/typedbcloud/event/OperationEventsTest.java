package io.github.typedbcloud.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.support.Events;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.LogListener;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.support.SimulatedCloud;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The events and log lines of calls, token exchanges and waits. */
final class OperationEventsTest {

  private final SimulatedCloud cloud = new SimulatedCloud();
  private final Events events = new Events();
  private final TypeDBCloudClient client = cloud.builder().listener(events).build();
  private final ClustersApi clusters = client.clusters(SimulatedCloud.SPACE);
  private final LogListener log = new LogListener();

  @AfterEach
  void close() {
    log.close();
    client.close();
    cloud.close();
  }

  @Test
  void call_succeeds_emitsStartAttemptEnd() {
    clusters.deploy(Fixtures.paidCluster("a").build());

    CallInfo call = events.of(CallInfo.class).get(0);
    URI url = URI.create(cloud.simulator.url());
    assertThat(call)
        .isEqualTo(new CallInfo(call.number(), "deploy", SimulatedCloud.SPACE, "a", url, null));
    assertThat(events.all())
        .containsExactly(
            call,
            new TokenExchanged(call, "/api/v1/auth", false, 200, Duration.ZERO, null),
            new AttemptEnded(
                call,
                "deploy",
                "POST",
                "/api/v1/team/{team}/spaces/{space}/clusters/deploy",
                1,
                200,
                Duration.ZERO,
                null),
            new CallEnded(call, 1, 200, Duration.ZERO, null));
  }

  @Test
  void call_rejected_emitsFailureOfCaller() {
    assertThatThrownBy(() -> clusters.get("nothing")).isInstanceOf(NotFoundException.class);

    CallEnded ended = events.of(CallEnded.class).get(0);
    assertThat(ended.failure()).isInstanceOf(NotFoundException.class);
    assertThat(ended.outcome()).isEqualTo("NotFoundException");
    assertThat(ended.status()).isEqualTo(404);
    assertThat(clusters.find("nothing")).isEmpty();
    assertThat(events.of(CallEnded.class).get(1).outcome()).isEqualTo("success");
  }

  @Test
  void call_invalidRequest_emitsNothing() {
    assertThatThrownBy(() -> clusters.deploy(Fixtures.paidCluster("Not An Id").build()))
        .isInstanceOf(InvalidRequestException.class);

    assertThat(events.all()).isEmpty();
  }

  @Test
  void read_retried_emitsPauseAndReason() {
    cloud.simulator.faults().on(Operation.LIST).next(Fault.respond(503));
    Duration before = cloud.time.elapsed();

    clusters.list();

    assertThat(events.of(AttemptEnded.class))
        .extracting(AttemptEnded::attempt, AttemptEnded::status)
        .containsExactly(tuple(1, 503), tuple(2, 200));
    RetryScheduled retry = events.of(RetryScheduled.class).get(0);
    assertThat(events.of(RetryScheduled.class)).hasSize(1);
    assertThat(retry.attempt()).isEqualTo(2);
    assertThat(retry.operation()).isEqualTo("list");
    assertThat(retry.pause()).isEqualTo(cloud.time.elapsed().minus(before));
    assertThat(retry.reason()).contains("list of the clusters in space my-team/default", "503");
    assertThat(retry.call().clusterId()).isNull();
    CallEnded ended = events.of(CallEnded.class).get(0);
    assertThat(ended.attempts()).isEqualTo(2);
    assertThat(ended.duration()).isEqualTo(retry.pause());
    assertThat(log.text())
        .contains(
            "Call " + retry.call().number() + ": list of the clusters in space my-team/default",
            ". Retrying the list in " + retry.pause().toMillis() + " ms, attempt 2 of 4",
            "operation=list ",
            " attempt=2 ",
            " maxAttempts=4 ");
  }

  @Test
  void write_lostResponse_emitsVerified() {
    cloud.simulator.faults().on(Operation.DEPLOY).next(Fault.loseResponse());

    Cluster deployed = clusters.deploy(Fixtures.paidCluster("a").build());

    assertThat(deployed.id()).isEqualTo("a");
    assertThat(events.of(WriteVerified.class))
        .extracting(WriteVerified::outcome)
        .containsExactly(WriteVerified.Outcome.APPLIED);
    assertThat(events.of(AttemptEnded.class))
        .extracting(AttemptEnded::operation, AttemptEnded::status)
        .containsExactly(tuple("deploy", 0), tuple("get", 200));
    assertThat(events.of(AttemptEnded.class).get(0).failure()).isNotNull();
    assertThat(events.of(CallEnded.class))
        .extracting(CallEnded::attempts, CallEnded::status, CallEnded::outcome)
        .containsExactly(tuple(2, 0, "success"));
    assertThat(log.text())
        .contains(": deploy of cluster 'a'", "Verified by reading: it was applied");
  }

  @Test
  void write_notApplied_emitsRetry() {
    cloud.simulator.faults().on(Operation.DEPLOY).next(Fault.loseRequest());

    clusters.deploy(Fixtures.paidCluster("a").build());

    assertThat(events.of(WriteVerified.class))
        .extracting(WriteVerified::outcome)
        .containsExactly(WriteVerified.Outcome.NOT_VISIBLE);
    assertThat(events.of(AttemptEnded.class))
        .extracting(AttemptEnded::operation)
        .containsExactly("deploy", "get", "deploy");
    assertThat(events.of(RetryScheduled.class))
        .extracting(RetryScheduled::operation, RetryScheduled::attempt, RetryScheduled::status)
        .containsExactly(tuple("deploy", 2, 0));
    assertThat(events.all().indexOf(events.of(WriteVerified.class).get(0)))
        .isLessThan(events.all().indexOf(events.of(RetryScheduled.class).get(0)));
  }

  @Test
  void write_rejectedAndVerified_hasStatusOfWrite() {
    cloud.clusters(SimulatedCloud.SPACE).deploy(Fixtures.paidCluster("a").build());

    assertThatThrownBy(
            () -> clusters.deploy(Fixtures.paidCluster("a").machineType("c2d-highcpu-4").build()))
        .isInstanceOf(ConflictException.class);

    assertThat(events.of(AttemptEnded.class))
        .extracting(AttemptEnded::status)
        .startsWith(409)
        .endsWith(200);
    assertThat(events.of(CallEnded.class)).extracting(CallEnded::status).containsExactly(409);
  }

  @Test
  void rename_readAndWriteFailOnce_eachHasItsAttempts() {
    cloud.clusters(SimulatedCloud.SPACE).deploy(Fixtures.paidCluster("a").build());
    cloud.simulator.faults().on(Operation.GET).next(Fault.respond(503));
    cloud.simulator.faults().on(Operation.UPDATE).next(Fault.respond(429));

    clusters
        .with(RequestOptions.builder().maxAttempts(2).build())
        .update("a", UpdateClusterRequest.builder().id("b").build());

    assertThat(events.of(RetryScheduled.class))
        .extracting(
            RetryScheduled::operation,
            RetryScheduled::attempt,
            RetryScheduled::maxAttempts,
            RetryScheduled::status)
        .containsExactly(tuple("get", 2, 2, 503), tuple("update", 2, 2, 429));
    assertThat(log.text()).contains("Retrying the get in ", "Retrying the update in ");
  }

  @Test
  void rename_readFailsAndWriteIsLost_eachHasItsAttempts() {
    cloud.clusters(SimulatedCloud.SPACE).deploy(Fixtures.paidCluster("a").build());
    cloud.simulator.faults().on(Operation.GET).next(Fault.respond(503));
    cloud.simulator.faults().on(Operation.UPDATE).next(Fault.loseRequest());

    clusters
        .with(RequestOptions.builder().maxAttempts(2).build())
        .update("a", UpdateClusterRequest.builder().id("b").build());

    assertThat(events.of(RetryScheduled.class))
        .extracting(RetryScheduled::operation, RetryScheduled::attempt)
        .containsExactly(tuple("get", 2), tuple("update", 2));
  }

  @Test
  void rename_readFails_hasStatusOfRead() {
    assertThatThrownBy(
            () -> clusters.update("none", UpdateClusterRequest.builder().id("b").build()))
        .isInstanceOf(NotFoundException.class);

    assertThat(events.of(CallEnded.class))
        .extracting(ended -> ended.call().operation(), CallEnded::status)
        .containsExactly(tuple("update", 404));
  }

  @Test
  void exchange_failsOnce_retryHasItsStatus() {
    cloud.simulator.faults().on(Operation.EXCHANGE_TOKEN).next(Fault.respond(503));

    clusters.list();

    assertThat(events.of(RetryScheduled.class))
        .extracting(RetryScheduled::operation, RetryScheduled::status)
        .containsExactly(tuple("list", 503));
  }

  @Test
  void write_unknownOutcome_emitsUnknown() {
    cloud.simulator.faults().on(Operation.DEPLOY).next(Fault.loseResponse());
    cloud.simulator.faults().on(Operation.GET).always(Fault.respond(400));

    assertThatThrownBy(() -> clusters.deploy(Fixtures.paidCluster("a").build()))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(events.of(WriteVerified.class))
        .extracting(WriteVerified::outcome)
        .containsExactly(WriteVerified.Outcome.UNKNOWN);
    assertThat(events.of(CallEnded.class).get(0).outcome()).isEqualTo("OutcomeUnknownException");
  }

  @Test
  void attempt_everyRequest_emitsEvent() {
    cloud
        .simulator
        .faults()
        .on(Operation.DEPLOY, Operation.GET)
        .randomly(0.3, 7, Fault.loseResponse());
    for (int i = 0; i < 50; i++) {
      String id = "c" + i;
      clusters.deploy(Fixtures.paidCluster(id).build());
      clusters.get(id);
    }

    long exchanges = cloud.simulator.receivedCount(Operation.EXCHANGE_TOKEN);
    assertThat(events.of(AttemptEnded.class))
        .hasSize((int) (cloud.simulator.receivedCount() - exchanges));
    assertThat(events.of(CallInfo.class)).hasSize(100).doesNotHaveDuplicates();
    assertThat(events.of(CallEnded.class)).hasSize(100);
    assertThat(events.of(CallEnded.class).stream().mapToInt(CallEnded::attempts).sum())
        .isEqualTo(events.of(AttemptEnded.class).size());
  }

  @Test
  void tokenExchange_each_emitsEvent() {
    clusters.list();
    cloud.time.advance(Duration.ofMinutes(56));
    clusters.list();
    cloud.simulator.expireAccessTokens();
    cloud.time.advance(Duration.ofHours(2));
    clusters.list();
    cloud.simulator.revokeApiToken(cloud.simulator.clientId());
    cloud.time.advance(Duration.ofHours(2));
    assertThatThrownBy(clusters::list).hasMessageContaining("token exchange");

    List<TokenExchanged> exchanges = events.of(TokenExchanged.class);
    assertThat(exchanges.get(0).renewal()).isFalse();
    assertThat(exchanges).extracting(TokenExchanged::renewal).contains(true);
    TokenExchanged last = exchanges.get(exchanges.size() - 1);
    assertThat(last.failure()).contains("token exchange", "400");
  }

  @Test
  void wait_succeeds_emitsPollsAndEnd() {
    clusters.deploy(Fixtures.paidCluster("a").build());
    events.forget();

    clusters.await("a", ClusterStatus.RUNNING);

    WaitInfo wait = events.of(WaitInfo.class).get(0);
    assertThat(events.all()).first().isEqualTo(wait);
    assertThat(wait)
        .isEqualTo(
            new WaitInfo(wait.number(), SimulatedCloud.SPACE, List.of("a"), ClusterStatus.RUNNING));
    assertThat(events.of(CallInfo.class)).extracting(CallInfo::waitInfo).containsOnly(wait);
    List<WaitPolled> polls = events.of(WaitPolled.class);
    assertThat(polls.get(0).progress().cluster().status()).isEqualTo(ClusterStatus.STARTING);
    assertThat(polls.get(polls.size() - 1).progress().cluster().status())
        .isEqualTo(ClusterStatus.RUNNING);
    assertThat(polls).extracting(WaitPolled::waitInfo).containsOnly(wait);
    WaitEnded ended = events.of(WaitEnded.class).get(0);
    assertThat(events.all()).last().isEqualTo(ended);
    assertThat(ended.waitInfo()).isEqualTo(wait);
    assertThat(ended.failure()).isNull();
    assertThat(ended.duration())
        .isEqualTo(polls.get(polls.size() - 1).progress().elapsed())
        .isPositive();
    assertThat(log.text())
        .contains(
            "Wait " + wait.number() + ": wait for running of [a] in space my-team/default: started",
            ": wait for running of [a] in space my-team/default: succeeded after ");
  }

  @Test
  void waitListener_ofOptions_isNotifiedToo() {
    clusters.deploy(Fixtures.paidCluster("a").build());

    List<String> heard = new CopyOnWriteArrayList<>();

    clusters.await(
        "a",
        ClusterStatus.RUNNING,
        WaitOptions.builder().listener(progress -> heard.add(progress.clusterId())).build());

    assertThat(heard).hasSameSizeAs(events.of(WaitPolled.class)).isNotEmpty();
  }

  @Test
  void wait_fails_emitsFailureOfCaller() {
    assertThatThrownBy(() -> clusters.await("nothing", ClusterStatus.RUNNING))
        .isInstanceOf(WaitException.class);

    assertThat(events.of(WaitEnded.class).get(0).failure()).isInstanceOf(WaitException.class);
  }

  @Test
  void async_callAndWait_emitTheSame() {
    clusters.async().deployAndAwait(Fixtures.paidCluster("a").build()).join();
    clusters.async().destroyAndAwait("a").join();

    assertThat(events.of(CallEnded.class))
        .extracting(ended -> ended.call().operation())
        .contains("deploy", "get", "destroy");
    assertThat(events.of(WaitEnded.class)).hasSize(2);
    assertThat(events.of(WaitEnded.class).get(1).waitInfo().awaitedStatus()).isNull();
    assertThat(events.of(WaitPolled.class)).isNotEmpty();
  }

  @Test
  void threads_many_eventsAreDistinct() {
    ParallelTasks.of(32, clusters::list).results();

    assertThat(events.of(CallInfo.class)).hasSize(32).doesNotHaveDuplicates();
    assertThat(events.of(CallEnded.class).stream().map(CallEnded::call).distinct()).hasSize(32);
  }

  @Test
  void listener_throws_changesNothing() {
    Events after = new Events();
    OperationListener failing =
        new OperationListener() {
          @Override
          public void callStarted(CallInfo call) {
            throw new IllegalStateException("of the listener");
          }

          @Override
          public void callEnded(CallEnded event) {
            throw new AssertionError("of the listener");
          }
        };
    try (TypeDBCloudClient other = cloud.builder().listener(failing).listener(after).build()) {
      assertThat(other.clusters(SimulatedCloud.SPACE).list()).isEmpty();
    }

    assertThat(after.of(CallEnded.class)).hasSize(1);
    assertThat(log.text()).contains("WARN A listener of the client failed; the call continues");
  }
}
