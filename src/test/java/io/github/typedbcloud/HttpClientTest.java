package io.github.typedbcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users can change about the HTTP client, and what they cannot. */
class HttpClientTest {

  private final MockCloud cloud = new MockCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void interceptor_ofUser_seesExchangeAndCall() {
    List<String> seen = new ArrayList<>();
    cloud.enqueue(200, "[]");
    try (TypeDBCloudClient client =
        cloud
            .client()
            .customizeHttpClient(
                http ->
                    http.addInterceptor(
                        chain -> {
                          seen.add(chain.request().url().encodedPath());
                          return chain.proceed(chain.request());
                        }))
            .build()) {
      client.clusters(Fixtures.PROJECT).list();
    }

    assertThat(seen).containsExactly("/api/auth", "/api/org/new-org/projects/default/clusters");
  }

  @Test
  void customizers_several_areAppliedInOrder() {
    List<String> order = new ArrayList<>();
    TypeDBCloudClient.Builder builder =
        cloud
            .client()
            .customizeHttpClient(http -> order.add("first"))
            .customizeHttpClient(http -> order.add("second"));
    builder.build().close();

    assertThat(order).containsExactly("first", "second");
  }

  @Test
  void interceptor_failsBeforeSending_isTransport() {
    try (TypeDBCloudClient client = failingInterceptor(false)) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).suspend("a"))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("Nothing was sent")
          .hasRootCauseMessage("a bug of the user's");
    }
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void interceptor_failsAfterWrite_outcomeUnknown() {
    cloud.respondToCalls(call -> MockCloud.json(200, ApiCall.PROJECT_SUSPEND.response()));
    try (TypeDBCloudClient client = failingInterceptor(true)) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).suspend("a"))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("and reading the cluster failed too: get of cluster 'a' in ")
          .hasRootCauseMessage("a bug of the user's");
    }
    assertThat(cloud.calls()).filteredOn(call -> call.getMethod().equals("POST")).hasSize(1);
  }

  @Test
  void httpClient_ofUser_staysOpen() throws IOException {
    OkHttpClient mine =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    chain.proceed(chain.request().newBuilder().header("X-Mine", "yes").build()))
            .build();
    cloud.enqueue(200, "[]").enqueue(200, "[]");

    TypeDBCloudClient client = cloud.client().httpClient(mine).build();
    client.clusters(Fixtures.PROJECT).list();
    client.close();

    assertThat(cloud.calls().get(0).getHeaders().get("X-Mine")).isEqualTo("yes");
    assertThat(mine.connectionPool().connectionCount()).isEqualTo(1);
    assertThat(mine.dispatcher().executorService().isShutdown()).isFalse();
    try (Response response =
        mine.newCall(new Request.Builder().url(cloud.url() + "/mine").build()).execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(mine.connectionPool().connectionCount()).as("in one pool").isEqualTo(2);
    mine.connectionPool().evictAll();
  }

  @Test
  void redirects_enabledByUser_stayOff() {
    OkHttpClient mine =
        new OkHttpClient.Builder().followRedirects(true).followSslRedirects(true).build();
    try (MockCloud elsewhere = new MockCloud();
        TypeDBCloudClient client =
            cloud
                .client()
                .httpClient(mine)
                .customizeHttpClient(http -> http.followRedirects(true).followSslRedirects(true))
                .build()) {
      cloud.enqueue(
          new MockResponse.Builder().code(302).setHeader("Location", elsewhere.url()).build());

      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(302));
      assertThat(elsewhere.calls()).isEmpty();
    }
    mine.connectionPool().evictAll();
  }

  @Test
  void proxy_ofUser_isUsed() {
    try (MockCloud proxy = new MockCloud();
        TypeDBCloudClient client =
            cloud
                .client()
                .customizeHttpClient(
                    http ->
                        http.proxy(
                            new Proxy(
                                Proxy.Type.HTTP,
                                new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(),
                                    URI.create(proxy.url()).getPort()))))
                .build()) {
      proxy.enqueue(200, "[]");

      client.clusters(Fixtures.PROJECT).list();

      assertThat(proxy.calls().get(0).getTarget())
          .isEqualTo(cloud.url() + "/api/org/new-org/projects/default/clusters");
      assertThat(cloud.calls()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void proxy_ofSystem_isNotUsedForHttp(boolean isClientOfUser) {
    ProxySelector before = ProxySelector.getDefault();
    try (MockCloud proxy = new MockCloud()) {
      ProxySelector.setDefault(
          ProxySelector.of(
              new InetSocketAddress(
                  InetAddress.getLoopbackAddress(), URI.create(proxy.url()).getPort())));
      TypeDBCloudClient.Builder builder = cloud.client();
      if (isClientOfUser) {
        builder.httpClient(new OkHttpClient());
      }
      cloud.enqueue(200, "[]");
      try (TypeDBCloudClient client = builder.build()) {
        assertThat(client.clusters(Fixtures.PROJECT).list()).isEmpty();
      }
      assertThat(proxy.exchanges()).isEmpty();
      assertThat(proxy.calls()).isEmpty();
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  /** Set by name: one proxy on a client, or a selector in the customizer. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void proxy_ofUsersClientOrSelector_isUsed(boolean isSelector) {
    try (MockCloud proxy = new MockCloud()) {
      InetSocketAddress address =
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), URI.create(proxy.url()).getPort());
      TypeDBCloudClient.Builder builder = cloud.client();
      if (isSelector) {
        builder.customizeHttpClient(http -> http.proxySelector(ProxySelector.of(address)));
      } else {
        builder.httpClient(
            new OkHttpClient.Builder().proxy(new Proxy(Proxy.Type.HTTP, address)).build());
      }
      proxy.enqueue(200, "[]");
      try (TypeDBCloudClient client = builder.build()) {
        client.clusters(Fixtures.PROJECT).list();
      }
      assertThat(proxy.calls()).hasSize(1);
      assertThat(cloud.calls()).isEmpty();
    }
  }

  @Test
  void timeout_slowExchange_isCovered() {
    cloud.enqueueExchange(stalled());
    try (TypeDBCloudClient client = impatient()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).suspend("a"))
          .isInstanceOf(TransportException.class)
          .hasMessageStartingWith("token exchange of the client's credentials");
    }
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void timeout_slowBody_isCovered() {
    cloud.enqueue(
        new MockResponse.Builder().body("[]").onResponseBody(SocketEffect.Stall.INSTANCE).build());
    try (TypeDBCloudClient client = impatient()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
          .hasMessageContaining("no response within 0.");
    }
  }

  @Test
  void timeout_manualTimeOfOthers_doesNotCount() {
    ManualTime time = new ManualTime();
    cloud.enqueue(200, "[]");
    try (TypeDBCloudClient client =
        cloud
            .client()
            .timeSource(time)
            .requestTimeout(Duration.ofSeconds(30))
            .customizeHttpClient(
                http ->
                    http.addInterceptor(
                        chain -> {
                          time.advance(Duration.ofSeconds(30));
                          return chain.proceed(chain.request());
                        }))
            .build()) {
      assertThat(client.clusters(Fixtures.PROJECT).list()).isEmpty();
    }
    assertThat(cloud.calls()).hasSize(1);
  }

  @Test
  void timeout_outOfRange_isRejected() {
    TypeDBCloudClient.Builder builder = TypeDBCloudClient.builder();
    for (Duration error :
        List.of(
            Duration.ZERO,
            Duration.ofNanos(-1),
            Duration.ofDays(365).plusNanos(1),
            ChronoUnit.FOREVER.getDuration())) {
      assertThatThrownBy(() -> builder.requestTimeout(error))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("use more than zero and at most 365 days");
    }
    cloud.enqueue(200, "[]");
    try (TypeDBCloudClient client = cloud.client().requestTimeout(Duration.ofDays(365)).build()) {
      assertThat(client.clusters(Fixtures.PROJECT).list()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Integer.MAX_VALUE, Long.MAX_VALUE})
  void responseLimit_outOfRange_isRejected(long bytes) {
    assertThatThrownBy(() -> TypeDBCloudClient.builder().maxResponseBytes(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use 1 to 2147483646");
  }

  @ParameterizedTest
  @ValueSource(longs = {1024, Integer.MAX_VALUE - 1})
  void responseLimit_inRange_isAccepted(long bytes) {
    cloud.enqueue(200, "[]");
    try (TypeDBCloudClient client = cloud.client().maxResponseBytes(bytes).build()) {
      assertThat(client.clusters(Fixtures.PROJECT).list()).isEmpty();
    }
  }

  private TypeDBCloudClient impatient() {
    return cloud.client().requestTimeout(Duration.ofMillis(500)).build();
  }

  private static MockResponse stalled() {
    return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
  }

  private TypeDBCloudClient failingInterceptor(boolean afterSending) {
    return cloud
        .client()
        .timeSource(new ManualTime())
        .customizeHttpClient(
            http ->
                http.addInterceptor(
                    chain -> {
                      if (chain.request().url().encodedPath().endsWith("/auth")) {
                        return chain.proceed(chain.request());
                      }
                      if (afterSending) {
                        chain.proceed(chain.request()).close();
                      }
                      throw new IllegalStateException("a bug of the user's");
                    }))
        .build();
  }
}
