package io.github.typedbcloud.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ForwardingClustersApi;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A probe does not load the service, and always has a result. */
final class HealthCheckTest {

  private final ManualTime time = new ManualTime();

  @Test
  void result_withinTenSeconds_isNotCheckedAgain() {
    AtomicInteger lists = new AtomicInteger();
    HealthCheck check =
        new HealthCheck(
            new ForwardingClustersApi() {
              @Override
              public List<Cluster> list() {
                lists.incrementAndGet();
                return List.of();
              }
            },
            time);

    check.result();
    time.advance(Duration.ofMillis(9_999));
    check.result();
    assertThat(lists).hasValue(1);
    time.advance(Duration.ofMillis(1));
    assertThat(check.result().failure()).isNull();
    assertThat(lists).hasValue(2);
  }

  @Test
  void result_ofConcurrentProbes_isOfOneRequest() {
    AtomicInteger lists = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(8);
    HealthCheck check =
        new HealthCheck(
            new ForwardingClustersApi() {
              @Override
              public List<Cluster> list() {
                lists.incrementAndGet();
                try {
                  assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return List.of();
              }
            },
            time);

    ParallelTasks<HealthCheck.Result> probes =
        ParallelTasks.of(
            8,
            () -> {
              begun.countDown();
              return check.result();
            });

    assertThat(probes.results()).hasSize(8).allMatch(result -> result.failure() == null);
    assertThat(lists).hasValue(1);
  }

  @Test
  void failure_ofAnyKind_isResult() {
    assertThat(new HealthCheck(new ForwardingClustersApi() {}, time).result().failure())
        .contains("does not override list()");
  }
}
