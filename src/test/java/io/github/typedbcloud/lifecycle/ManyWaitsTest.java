package io.github.typedbcloud.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.typedbcloud.AsyncClustersApi;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waits for many clusters, and calls that wait, against a service that counts requests. */
final class ManyWaitsTest {

  private final SimulatedCloud cloud =
      new SimulatedCloud(settings -> settings.transitionTime(Duration.ofMinutes(3)));
  private final Queue<String> gets = new ConcurrentLinkedQueue<>();

  /** Polls pass once this is open; most tests begin with it open. */
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private final TypeDBCloudClient client =
      TypeDBCloudClient.builder()
          .baseUrl(cloud.simulator.url())
          .credentials(cloud.simulator.clientId(), cloud.simulator.clientSecret())
          .timeSource(cloud.time)
          .customizeHttpClient(
              http ->
                  http.addInterceptor(
                      chain -> {
                        if (chain.request().method().equals("GET")) {
                          passGate();
                          gets.add(chain.request().url().encodedPath());
                        }
                        return chain.proceed(chain.request());
                      }))
          .build();
  private final ClustersApi clusters = client.clusters(SimulatedCloud.SPACE);

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  @Test
  void awaitAll_manyClusters_costOne() {
    List<String> ids = IntStream.range(0, 50).mapToObj(i -> "c" + i).toList();
    ids.forEach(id -> clusters.deploy(Fixtures.paidCluster(id).build()));

    List<Cluster> running = clusters.awaitAll(ids, ClusterStatus.RUNNING);

    assertThat(running).extracting(Cluster::id).containsExactlyElementsOf(ids);
    assertThat(running).extracting(Cluster::status).containsOnly(ClusterStatus.RUNNING);
    assertThat(gets)
        .hasSizeBetween(10, 25)
        .containsOnly("/api/v1/team/my-team/spaces/default/clusters");
  }

  @Test
  void asyncWaits_thousand_costTwoThreads() throws Exception {
    List<String> ids = IntStream.range(0, 1000).mapToObj(i -> "c" + i).toList();
    ids.forEach(id -> clusters.deploy(Fixtures.paidCluster(id).build()));
    AsyncClustersApi async = clusters.async();
    gate = new CountDownLatch(1);
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    List<CompletableFuture<Cluster>> waits =
        ids.stream().map(id -> async.await(id, ClusterStatus.RUNNING)).toList();
    List<String> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread))
            .map(Thread::getName)
            .filter(name -> name.matches("typedb-cloud-(wait|poll-\\d+|async.*)"))
            .toList();
    waits.get(500).cancel(false);
    gate.countDown();

    // One that schedules, one that polls.
    assertThat(threads)
        .hasSize(2)
        .contains("typedb-cloud-wait")
        .anyMatch(name -> name.startsWith("typedb-cloud-poll-"));
    for (int i = 0; i < waits.size(); i++) {
      if (i != 500) {
        Cluster running = waits.get(i).get(20, TimeUnit.SECONDS);
        assertThat(running.id()).isEqualTo(ids.get(i));
        assertThat(running.status()).isEqualTo(ClusterStatus.RUNNING);
      }
    }
    assertThat(waits.get(500)).isCancelled();
    assertThat(gets).hasSizeBetween(10, 25);
  }

  @Test
  void awaitAll_timeout_namesPending() {
    clusters.deployAndAwait(Fixtures.paidCluster("early").build());
    clusters.deploy(Fixtures.paidCluster("late").build());

    WaitException end =
        catchThrowableOfType(
            WaitException.class,
            () ->
                clusters.awaitAll(
                    List.of("early", "late"),
                    ClusterStatus.RUNNING,
                    WaitOptions.within(Duration.ofMinutes(1))));

    assertThat(end.reason()).isEqualTo(WaitException.Reason.TIMED_OUT);
    assertThat(end.pending()).containsExactly("late");
    assertThat(end).hasMessageEndingWith("1 of 2 clusters are pending: late.");
  }

  @Test
  void awaitAll_noOrInvalidIds_sendsNothing() {
    assertThat(clusters.awaitAll(List.of(), ClusterStatus.RUNNING)).isEmpty();
    clusters.awaitAllDestroyed(List.of());
    assertThat(
            catchThrowableOfType(
                InvalidRequestException.class,
                () -> clusters.awaitAll(List.of("a", ".."), ClusterStatus.RUNNING)))
        .isNotNull();
    assertThat(gets).isEmpty();
  }

  @Test
  void andAwait_wholeLife_succeeds() {
    assertThat(clusters.deployAndAwait(Fixtures.paidCluster("a").build()).status())
        .isEqualTo(ClusterStatus.RUNNING);
    assertThat(clusters.suspendAndAwait("a").status()).isEqualTo(ClusterStatus.SUSPENDED);
    assertThat(clusters.resumeAndAwait("a").status()).isEqualTo(ClusterStatus.RUNNING);
    Cluster copy = clusters.cloneAndAwait("a", "copy");
    assertThat(copy.id()).isEqualTo("copy");
    assertThat(copy.status()).isEqualTo(ClusterStatus.RUNNING);
    clusters.destroyAndAwait("a");
    clusters.destroy("copy");
    clusters.awaitAllDestroyed(List.of("a", "copy"));
    assertThat(clusters.list()).isEmpty();
  }

  private void passGate() {
    try {
      assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
