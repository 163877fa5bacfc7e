package io.github.typedbcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.time.ManualTime;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What closing a client ends, and what it leaves alone. */
class CloseTest {

  private final MockCloud cloud = new MockCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  @ParameterizedTest
  @EnumSource
  void call_closedClient_fails(ApiCall call) {
    TypeDBCloudClient client = cloud.client().build();
    client.close();

    assertThatThrownBy(() -> call.on(client))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This TypeDBCloudClient is closed; build another one.");
    assertThat(cloud.exchanges()).isEmpty();
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void call_closedClientWithToken_fails() {
    cloud.enqueue(200, "[]");
    TypeDBCloudClient client = cloud.client().build();
    ClustersApi clusters = client.clusters(Fixtures.PROJECT);
    clusters.list();
    client.close();

    assertThatThrownBy(clusters::list)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This TypeDBCloudClient is closed; build another one.");
    assertThatThrownBy(() -> clusters.awaitDestroyed("a"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(cloud.calls()).hasSize(1);
  }

  @Test
  void wait_closedClient_failsWithoutPolling() {
    ManualTime time = new ManualTime();
    TypeDBCloudClient client = cloud.client().timeSource(time).build();
    ClustersApi clusters = client.clusters(Fixtures.PROJECT);
    client.close();

    assertThatThrownBy(() -> clusters.await("a", ClusterStatus.RUNNING))
        .isInstanceOf(IllegalStateException.class);
    assertThat(time.elapsed()).isZero();
    assertThat(cloud.exchanges()).isEmpty();
  }

  @Test
  void close_twice_doesNothing() {
    TypeDBCloudClient client = cloud.client().build();
    client.close();

    client.close();

    assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void close_ownConnections_areReleased() {
    AtomicReference<ConnectionPool> pool = new AtomicReference<>();
    cloud.enqueue(200, "[]");
    TypeDBCloudClient client =
        cloud.client().customizeHttpClient(http -> pool.set(http.build().connectionPool())).build();
    client.clusters(Fixtures.PROJECT).list();
    assertThat(pool.get().connectionCount()).isPositive();

    client.close();

    assertThat(pool.get().connectionCount()).isZero();
  }

  @Test
  void close_inFlightCall_mayFinish() {
    AtomicReference<ConnectionPool> pool = new AtomicReference<>();
    AtomicReference<TypeDBCloudClient> client = new AtomicReference<>();
    cloud.enqueue(200, "[]");
    client.set(
        cloud
            .client()
            .customizeHttpClient(
                http -> {
                  pool.set(http.build().connectionPool());
                  http.addInterceptor(
                      chain -> {
                        if (!chain.request().url().encodedPath().endsWith("/auth")) {
                          client.get().close();
                        }
                        return chain.proceed(chain.request());
                      });
                })
            .build());

    assertThat(client.get().clusters(Fixtures.PROJECT).list()).isEmpty();

    assertThat(cloud.calls()).hasSize(1);
    assertThat(pool.get().connectionCount()).isZero();
  }
}
