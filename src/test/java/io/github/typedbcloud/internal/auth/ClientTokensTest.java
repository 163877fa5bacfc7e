package io.github.typedbcloud.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.Jwt;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server sees of a client's tokens. */
final class ClientTokensTest {

  private final MockCloud cloud = new MockCloud();
  private final ManualTime time = new ManualTime();
  private final TypeDBCloudClient client = cloud.client().timeSource(time).build();
  private final ClustersApi clusters = client.clusters(Fixtures.PROJECT);

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  @Test
  void exchange_thousandThreads_happensOnce() {
    CountDownLatch allWait = new CountDownLatch(1);
    cloud.respondToExchanges(
        exchange -> {
          await(allWait);
          return MockCloud.text(200, "the-token");
        });
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));

    ParallelTasks<List<Cluster>> crowd = ParallelTasks.of(1_000, clusters::list);
    crowd.awaitAllWaiting();
    allWait.countDown();

    assertThat(crowd.results()).hasSize(1_000).containsOnly(List.of());
    assertThat(cloud.exchanges()).hasSize(1);
    assertThat(cloud.calls()).hasSize(1_000);
  }

  @Test
  void unauthorized_hundredThreads_renewOnce() {
    CountDownLatch allHoldTheOldToken = new CountDownLatch(100);
    cloud.respondToCalls(
        call -> {
          if (!authorization(call).equals("Bearer token-1")) {
            return MockCloud.json(200, "[]");
          }
          allHoldTheOldToken.countDown();
          await(allHoldTheOldToken);
          return MockCloud.json(401, Payloads.error("EXPIRED", "expired"));
        });

    assertThat(ParallelTasks.of(100, clusters::list).results())
        .hasSize(100)
        .containsOnly(List.of());

    assertThat(cloud.exchanges()).hasSize(2);
    assertThat(cloud.calls().stream().map(ClientTokensTest::authorization))
        .hasSize(200)
        .satisfies(
            headers -> {
              assertThat(headers).filteredOn("Bearer token-1"::equals).hasSize(100);
              assertThat(headers).filteredOn("Bearer token-2"::equals).hasSize(100);
            });
  }

  @Test
  void unauthorized_twice_isReported() {
    cloud.respondToCalls(call -> MockCloud.json(401, Payloads.error("INVALID", "who are you?")));

    assertThatThrownBy(clusters::list)
        .isInstanceOf(UnauthorizedException.class)
        .hasMessageContaining("INVALID")
        .hasMessageContaining("renewed once")
        .hasFieldOrPropertyWithValue("status", 401);
    assertThat(cloud.calls()).hasSize(2);
    assertThat(cloud.exchanges()).hasSize(2);
  }

  @Test
  void write_unauthorized_isResentOnce() {
    cloud.enqueue(401, Payloads.error("EXPIRED", "expired")).enqueue(200, Payloads.PROJECT_CLUSTER);

    clusters.deploy(Fixtures.freeCluster("api-cluster").build());

    assertThat(cloud.calls())
        .extracting(ClientTokensTest::authorization)
        .containsExactly("Bearer token-1", "Bearer token-2");
    assertThat(cloud.calls()).extracting(RecordedRequest::getMethod).containsOnly("POST");
    assertThat(cloud.calls())
        .extracting(RecordedRequest::getTarget)
        .hasSize(2)
        .containsOnly("/api/org/new-org/projects/default/clusters/deploy");
    assertThat(cloud.calls().get(1).getBody()).isEqualTo(cloud.calls().get(0).getBody());
  }

  @Test
  void write_unauthorizedTwice_isNotResentAgain() {
    cloud.respondToCalls(call -> MockCloud.json(401, ""));

    assertThatThrownBy(() -> clusters.destroy("api-cluster"))
        .isInstanceOf(UnauthorizedException.class);
    assertThat(cloud.calls()).hasSize(2);
  }

  @Test
  void unauthorized_lateForOldToken_keepsNewOne() {
    CountDownLatch lateArrived = new CountDownLatch(1);
    CountDownLatch renewed = new CountDownLatch(1);
    cloud.respondToCalls(
        call -> {
          if (!authorization(call).equals("Bearer token-1")) {
            return MockCloud.json(
                200, Payloads.clusterWithId(call.getTarget().replaceAll(".*/", "")));
          }
          if (call.getTarget().endsWith("/late")) {
            lateArrived.countDown();
            await(renewed);
          } else {
            await(lateArrived);
          }
          return MockCloud.json(401, "");
        });

    ParallelTasks<Cluster> late = ParallelTasks.one(() -> clusters.get("late"));
    await(lateArrived);
    clusters.get("early");
    assertThat(cloud.exchanges()).hasSize(2);
    renewed.countDown();
    late.results();
    clusters.get("afterwards");

    assertThat(cloud.exchanges()).hasSize(2);
    assertThat(cloud.calls())
        .extracting(ClientTokensTest::authorization)
        .containsExactly(
            "Bearer token-1",
            "Bearer token-1",
            "Bearer token-2",
            "Bearer token-2",
            "Bearer token-2");
  }

  @Test
  void exchange_eachVersion_hasItsOwn() {
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));

    clusters.list();
    client.clusters(Fixtures.SPACE).list();
    client.clusters(Scope.space("another", "one")).list();
    clusters.list();

    assertThat(cloud.exchanges())
        .extracting(RecordedRequest::getTarget)
        .containsExactly("/api/auth", "/api/v1/auth");
    assertThat(cloud.exchanges())
        .extracting(ClientTokensTest::authorization)
        .containsOnly("Basic " + MockCloud.CLIENT_ID + ":" + MockCloud.CLIENT_SECRET);
    assertThat(cloud.calls())
        .extracting(ClientTokensTest::authorization)
        .containsExactly("Bearer token-1", "Bearer token-2", "Bearer token-2", "Bearer token-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"the.token", " the.token\r\n", "\"the.token\"", "\n\"the.token\"\n"})
  void token_surroundingText_isStripped(String body) {
    cloud.enqueueExchange(MockCloud.text(200, body)).enqueue(200, "[]");

    clusters.list();

    assertThat(cloud.calls())
        .extracting(ClientTokensTest::authorization)
        .containsExactly("Bearer the.token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>s3cret</html>",
        "{\"token\":\"s3cret\"}",
        "s3cret and more",
        "LONG",
      })
  void exchange_noToken_isUnreadable(String body) {
    cloud.enqueueExchange(
        MockCloud.text(200, body.equals("LONG") ? "s3cret".repeat(10_000) : body));

    assertThatThrownBy(clusters::list)
        .isInstanceOf(UnreadableResponseException.class)
        .hasMessageStartingWith("token exchange of the client's credentials")
        .hasStackTraceContaining("UnreadableResponseException")
        .satisfies(
            failure -> {
              StringBuilder all = new StringBuilder();
              for (Throwable each = failure; each != null; each = each.getCause()) {
                all.append(each);
              }
              assertThat(all).doesNotContain("s3cret").doesNotContain(MockCloud.CLIENT_SECRET);
            });
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void exchange_rejected_isUnauthorized() {
    cloud.enqueueExchange(
        MockCloud.json(400, Payloads.error("INVALID_CLIENT", "no such client ID")));

    assertThatThrownBy(clusters::list)
        .isInstanceOf(UnauthorizedException.class)
        .hasFieldOrPropertyWithValue("status", 400)
        .hasFieldOrPropertyWithValue("code", "INVALID_CLIENT")
        .hasMessageContaining("Check the client ID and the client secret")
        .hasMessageNotContaining(MockCloud.CLIENT_SECRET);
    assertThat(cloud.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 429, 500, 502, 503})
  void exchange_serverError_isApiException(int status) {
    cloud.enqueueExchange(MockCloud.text(status, "<html>Sorry</html>"));

    assertThatThrownBy(clusters::list)
        .isInstanceOf(ApiException.class)
        .isNotInstanceOf(UnauthorizedException.class)
        .hasFieldOrPropertyWithValue("status", status);
    assertThat(cloud.exchanges()).hasSize(1);
  }

  @Test
  void wait_threeHours_needsFewExchanges() {
    Duration begun = time.elapsed();
    cloud.respondToCalls(
        call -> {
          boolean ready = time.elapsed().minus(begun).compareTo(Duration.ofHours(3)) >= 0;
          return MockCloud.json(200, Payloads.cluster(ready ? "running" : "starting"));
        });

    clusters.await("api-cluster", ClusterStatus.RUNNING, WaitOptions.within(Duration.ofHours(4)));

    assertThat(time.elapsed()).isGreaterThanOrEqualTo(Duration.ofHours(3));
    assertThat(cloud.exchanges()).hasSizeBetween(3, 4);
  }

  @Test
  void wallClock_jumps_doNotMatter() {
    cloud.respondToExchanges(exchange -> MockCloud.text(200, Jwt.living(3600)));
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));
    clusters.list();

    time.setWallClock(time.now().plus(Duration.ofDays(1)));
    clusters.list();
    time.setWallClock(time.now().minus(Duration.ofDays(2)));
    clusters.list();
    assertThat(cloud.exchanges()).hasSize(1);

    time.advance(Duration.ofHours(1));
    clusters.list();
    assertThat(cloud.exchanges()).hasSize(2);
  }

  private static String authorization(RecordedRequest request) {
    return request.getHeaders().get("Authorization");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
