package io.github.typedbcloud.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.ForwardingClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.spring.HealthCheck.Status;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(check.result().status()).isEqualTo(Status.UP);
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

    assertThat(probes.results()).hasSize(8).allMatch(result -> result.status() == Status.UP);
    assertThat(lists).hasValue(1);
  }

  @Test
  void failure_ofAnyKind_isDown() {
    ForwardingClustersApi failing =
        new ForwardingClustersApi() {
          @Override
          public List<Cluster> list() {
            throw new IllegalStateException("no network");
          }
        };

    assertThat(new HealthCheck(failing, time).result())
        .extracting(HealthCheck.Result::status, HealthCheck.Result::value)
        .containsExactly(Status.DOWN, "no network");
  }

  @Test
  void stub_withoutList_isUnknown() {
    HealthCheck.Result result = new HealthCheck(new ForwardingClustersApi() {}, time).result();

    assertThat(result.status()).isEqualTo(Status.UNKNOWN);
    assertThat(result.value().toString()).contains("does not override list()");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mock_returnsNull_isUnknown(boolean onlyList) {
    ForwardingClustersApi mock =
        new ForwardingClustersApi() {
          @Override
          public ClustersApi with(RequestOptions options) {
            return onlyList ? this : null;
          }

          @Override
          public List<Cluster> list() {
            return null;
          }
        };

    assertThat(new HealthCheck(mock, time).result().status()).isEqualTo(Status.UNKNOWN);
  }
}
