package io.github.typedbcloud.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.ParallelTasks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Name resolution and the selection of a proxy count against the deadline of a call. */
class LookupTimeoutTest {

  private static final Duration DEADLINE = Duration.ofMillis(300);
  private static final Duration SOON = Duration.ofSeconds(5);

  private final MockCloud cloud = new MockCloud();
  private final CountDownLatch resolverWorks = new CountDownLatch(1);
  private final AtomicInteger lookups = new AtomicInteger();

  @AfterEach
  void close() {
    resolverWorks.countDown();
    cloud.close();
  }

  @Test
  void nameResolution_hangs_endsAtDeadline() {
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));
    try (TypeDBCloudClient client = client(http -> http.dns(this::hangingLookup))) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      long startedAt = System.nanoTime();

      assertThatThrownBy(clusters::list).isInstanceOf(TransportException.class);

      assertThat(since(startedAt)).isLessThan(SOON);
      assertThat(cloud.exchanges()).isEmpty();
      resolverWorks.countDown();
      assertThat(clusters.with(RequestOptions.within(SOON)).list()).isEmpty();
    }
  }

  @Test
  void nameResolution_hangs_manyCallsShareOneLookup() {
    try (TypeDBCloudClient client = client(http -> http.dns(this::hangingLookup))) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);

      for (int round = 0; round < 3; round++) {
        assertThat(ParallelTasks.of(16, clusters::list).failures())
            .hasOnlyElementsOfType(TransportException.class);
      }

      assertThat(lookups).hasValue(1);
    }
  }

  @Test
  void nameResolution_tooSlow_isTimeout() {
    try (TypeDBCloudClient client =
        builder(http -> http.dns(this::hangingLookup))
            .requestTimeout(SOON)
            .attemptTimeout(DEADLINE)
            .maxAttempts(1)
            .build()) {
      assertThatThrownBy(client.clusters(Fixtures.PROJECT)::list)
          .isInstanceOfSatisfying(
              TransportException.class,
              e -> assertThat(e.reason()).isEqualTo(TransportException.Reason.TIMED_OUT))
          .hasMessageContaining("no response within 0.3 s");
    }
  }

  @Test
  void interceptor_cyclicCause_endsCall() {
    IOException first = new IOException("first");
    IOException second = new IOException("second", first);
    first.initCause(second);
    try (TypeDBCloudClient client =
        builder(
                http ->
                    http.addInterceptor(
                        chain -> {
                          throw first;
                        }))
            .maxAttempts(1)
            .build()) {
      assertThatThrownBy(client.clusters(Fixtures.PROJECT)::list)
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("got no response: IOException");
    }
  }

  @Test
  void nameResolution_callerInterrupted_endsAtOnce() {
    try (TypeDBCloudClient client = client(http -> http.dns(this::hangingLookup))) {
      ClustersApi clusters =
          client.clusters(Fixtures.PROJECT).with(RequestOptions.within(Duration.ofMinutes(1)));
      ParallelTasks<Object> call = ParallelTasks.one(clusters::list);
      call.awaitAllWaiting();
      call.interrupt();

      assertThat(call.failures()).hasOnlyElementsOfType(TransportException.class);
    }
  }

  @Test
  void nameResolution_fails_saysSo() {
    try (TypeDBCloudClient client =
        builder(
                http ->
                    http.dns(
                        host -> {
                          throw new UnknownHostException(host + ": no such name");
                        }))
            .requestTimeout(SOON)
            .maxAttempts(1)
            .build()) {
      assertThatThrownBy(client.clusters(Fixtures.PROJECT)::list)
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("localhost: no such name")
          .cause()
          .isInstanceOf(UnknownHostException.class);
    }
  }

  @Test
  void proxySelection_hangs_endsAtDeadline() {
    cloud.respondToCalls(call -> MockCloud.json(200, "[]"));
    ProxySelector hanging =
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            lookups.incrementAndGet();
            awaitResolver();
            return List.of(Proxy.NO_PROXY);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        };
    try (TypeDBCloudClient client = client(http -> http.proxySelector(hanging))) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      long startedAt = System.nanoTime();

      assertThatThrownBy(clusters::list).isInstanceOf(TransportException.class);

      assertThat(since(startedAt)).isLessThan(SOON);
      assertThat(lookups).hasValue(1);
      resolverWorks.countDown();
      assertThat(clusters.with(RequestOptions.within(SOON)).list()).isEmpty();
    }
  }

  private List<InetAddress> hangingLookup(String host) throws UnknownHostException {
    lookups.incrementAndGet();
    awaitResolver();
    return Dns.SYSTEM.lookup(host);
  }

  private void awaitResolver() {
    while (resolverWorks.getCount() > 0) {
      try {
        resolverWorks.await();
      } catch (InterruptedException e) {
        // Like the resolver of the JVM, it does not react.
      }
    }
  }

  private TypeDBCloudClient client(Consumer<OkHttpClient.Builder> change) {
    return builder(change).build();
  }

  private TypeDBCloudClient.Builder builder(Consumer<OkHttpClient.Builder> change) {
    return TypeDBCloudClient.builder()
        .baseUrl(cloud.url().replace("127.0.0.1", "localhost"))
        .credentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET)
        .requestTimeout(DEADLINE)
        .customizeHttpClient(change);
  }

  private static Duration since(long startedAt) {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }
}
