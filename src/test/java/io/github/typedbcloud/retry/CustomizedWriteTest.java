package io.github.typedbcloud.retry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A user's interceptor or call factory changes neither how often a write is sent nor its result.
 */
final class CustomizedWriteTest {

  private final MockCloud cloud = new MockCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  /** Where a user can change a request. */
  enum Place {
    INTERCEPTOR {
      @Override
      TypeDBCloudClient.Builder change(
          TypeDBCloudClient.Builder client, UnaryOperator<Request> change) {
        return client.customizeHttpClient(http -> http.addInterceptor(changing(change)));
      }
    },
    NETWORK_INTERCEPTOR {
      @Override
      TypeDBCloudClient.Builder change(
          TypeDBCloudClient.Builder client, UnaryOperator<Request> change) {
        return client.customizeHttpClient(http -> http.addNetworkInterceptor(changing(change)));
      }
    },
    CALL_FACTORY {
      @Override
      TypeDBCloudClient.Builder change(
          TypeDBCloudClient.Builder client, UnaryOperator<Request> change) {
        return client.callFactory(http -> request -> http.newCall(change.apply(request)));
      }
    },
    INTERCEPTOR_OF_CALL_FACTORY {
      @Override
      TypeDBCloudClient.Builder change(
          TypeDBCloudClient.Builder client, UnaryOperator<Request> change) {
        return client.callFactory(
            http -> http.newBuilder().addInterceptor(changing(change)).build());
      }
    };

    abstract TypeDBCloudClient.Builder change(
        TypeDBCloudClient.Builder client, UnaryOperator<Request> change);

    private static Interceptor changing(UnaryOperator<Request> change) {
      return chain -> chain.proceed(change.apply(chain.request()));
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void replacedBody_responseLost_outcomeUnknown(Place place) {
    cloud.enqueue(lost());
    try (TypeDBCloudClient client =
        place.change(cloud.client(), CustomizedWriteTest::withOtherBody).build()) {
      assertThatThrownBy(() -> deploy(client))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("was sent and its response was lost: ");
    }
    assertThat(cloud.calls())
        .filteredOn(CustomizedWriteTest::isWrite)
        .extracting(call -> call.getBody().utf8())
        .containsExactly(Payloads.DEPLOY_REQUEST);
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void replacedBody_applied_succeeds(Place place) {
    cloud.enqueue(200, ApiCall.PROJECT_DEPLOY.response());
    try (TypeDBCloudClient client =
        place.change(cloud.client(), CustomizedWriteTest::withOtherBody).build()) {
      deploy(client);
    }
    assertThat(cloud.calls()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void replacedBody_connectFails_isNotSent(Place place) {
    cloud.enqueue(new MockResponse.Builder().body("[]").setHeader("Connection", "close").build());
    try (TypeDBCloudClient client =
        place.change(cloud.client(), CustomizedWriteTest::withOtherBody).build()) {
      client.clusters(Fixtures.PROJECT).list();
      cloud.close();

      assertThatThrownBy(() -> deploy(client))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("Nothing was sent");
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void newRequest_isNotSent(Place place) {
    try (TypeDBCloudClient client =
        place.change(cloud.client(), CustomizedWriteTest::newRequest).build()) {
      assertThatThrownBy(() -> deploy(client))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("replaced the request: derive it with newBuilder()")
          .hasMessageContaining("Nothing was sent");
    }
    assertThat(cloud.calls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void newRequest_ofExchangeToo_saysWhatToDo(Place place) {
    try (TypeDBCloudClient client =
        place
            .change(
                cloud.client(),
                request ->
                    new Request.Builder()
                        .url(request.url())
                        .headers(request.headers())
                        .method(request.method(), request.body())
                        .build())
            .build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("replaced the request: derive it with newBuilder()");
    }
    assertThat(cloud.exchanges()).isEmpty();
  }

  @Test
  void bodyRead_forSignature_connectFails_isNotSent() {
    cloud.enqueue(new MockResponse.Builder().body("[]").setHeader("Connection", "close").build());
    try (TypeDBCloudClient client =
        Place.INTERCEPTOR.change(cloud.client(), CustomizedWriteTest::signed).build()) {
      client.clusters(Fixtures.PROJECT).list();
      cloud.close();

      assertThatThrownBy(() -> deploy(client))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("Nothing was sent");
    }
  }

  @Test
  void bodyRead_forSignature_isSentWhole() {
    cloud.enqueue(200, ApiCall.PROJECT_DEPLOY.response());
    try (TypeDBCloudClient client =
        Place.INTERCEPTOR.change(cloud.client(), CustomizedWriteTest::signed).build()) {
      deploy(client);
    }
    RecordedRequest deploy = cloud.calls().get(0);
    assertThat(deploy.getBody().size()).isPositive();
    assertThat(deploy.getHeaders().get("Signature"))
        .isEqualTo(String.valueOf(deploy.getBody().size()));
  }

  @Test
  void interceptorProceedsTwice_writeIsSentOnce() {
    cloud.enqueue(503, "").enqueue(200, ApiCall.PROJECT_SUSPEND.response());
    try (TypeDBCloudClient client =
        cloud
            .client()
            .customizeHttpClient(http -> http.addInterceptor(CustomizedWriteTest::twice))
            .build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).suspend("api-cluster"))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("sent the request a second time, which was stopped");
    }
    assertThat(cloud.calls()).filteredOn(CustomizedWriteTest::isWrite).hasSize(1);
  }

  @Test
  void interceptorProceedsTwice_otherBodies_writeIsSentOnce() {
    cloud.enqueue(503, "").enqueue(200, ApiCall.PROJECT_SUSPEND.response());
    try (TypeDBCloudClient client =
        cloud
            .client()
            .customizeHttpClient(
                http ->
                    http.addInterceptor(CustomizedWriteTest::twice)
                        .addInterceptor(Place.changing(CustomizedWriteTest::withOtherBody)))
            .build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).suspend("api-cluster"))
          .isInstanceOf(OutcomeUnknownException.class);
    }
    assertThat(cloud.calls()).filteredOn(CustomizedWriteTest::isWrite).hasSize(1);
  }

  @Test
  void interceptorProceedsTwice_readIsSentTwice() {
    cloud.enqueue(503, "").enqueue(200, "[]");
    try (TypeDBCloudClient client =
        cloud
            .client()
            .customizeHttpClient(http -> http.addInterceptor(CustomizedWriteTest::twice))
            .build()) {
      assertThat(client.clusters(Fixtures.PROJECT).list()).isEmpty();
    }
    assertThat(cloud.calls()).hasSize(2);
  }

  @Test
  void callFactory_afterTimeout_isCalledForTheNewPool() {
    AtomicInteger clients = new AtomicInteger();
    try (TypeDBCloudClient client =
        hasty()
            .callFactory(
                http -> {
                  int number = clients.incrementAndGet();
                  return request ->
                      http.newCall(
                          request.newBuilder().header("Client", String.valueOf(number)).build());
                })
            .build()) {
      failOnce(client);

      assertThat(client.clusters(Fixtures.PROJECT).list()).isEmpty();
    }
    assertThat(clients).hasValue(2);
    assertThat(cloud.calls())
        .extracting(call -> call.getHeaders().get("Client"))
        .containsExactly("1", "2");
  }

  @Test
  void callFactory_failsAfterTimeout_oldPoolIsUsed() {
    AtomicInteger clients = new AtomicInteger();
    try (TypeDBCloudClient client =
        hasty()
            .callFactory(
                http -> {
                  if (clients.incrementAndGet() > 1) {
                    throw new IllegalStateException("no telemetry any more");
                  }
                  return http;
                })
            .build()) {
      failOnce(client);

      assertThat(client.clusters(Fixtures.PROJECT).list()).isEmpty();
    }
    assertThat(clients).hasValue(2);
    assertThat(cloud.calls()).hasSize(2);
  }

  @Test
  void callFactory_failsForCall_isNotSent() {
    try (TypeDBCloudClient client =
        cloud
            .client()
            .callFactory(
                http ->
                    request -> {
                      if (request.method().equals("DELETE")) {
                        throw new IllegalStateException("no calls on Sundays");
                      }
                      return http.newCall(request);
                    })
            .build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).destroy("api-cluster"))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("no calls on Sundays")
          .hasMessageContaining("Nothing was sent");
    }
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void callFactory_returnsNull_buildFails() {
    TypeDBCloudClient.Builder builder = cloud.client().callFactory(http -> null);

    assertThatThrownBy(builder::build)
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("call factory");
  }

  private static Cluster deploy(TypeDBCloudClient client) {
    return client.clusters(Fixtures.PROJECT).deploy(Fixtures.freeCluster("api-cluster").build());
  }

  /** A client whose reads from the network time out soon. */
  private TypeDBCloudClient.Builder hasty() {
    return cloud
        .client()
        .requestTimeout(Duration.ofMinutes(1))
        .attemptTimeout(Duration.ofSeconds(30))
        .customizeHttpClient(http -> http.readTimeout(Duration.ofMillis(250)));
  }

  /** Makes a call that times out, after which the client continues with a new pool. */
  private void failOnce(TypeDBCloudClient client) {
    cloud
        .enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build())
        .enqueue(200, "[]");
    assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
        .isInstanceOf(TransportException.class);
  }

  private static Response twice(Interceptor.Chain chain) throws IOException {
    if (chain.request().url().encodedPath().endsWith("/auth")) {
      return chain.proceed(chain.request());
    }
    chain.proceed(chain.request()).close();
    return chain.proceed(chain.request());
  }

  /** As long as the original, because OkHttp sets its length before network interceptors. */
  private static Request withOtherBody(Request request) {
    return isWrite(request)
        ? request
            .newBuilder()
            .method(request.method(), RequestBody.create(content(request).readByteArray()))
            .build()
        : request;
  }

  private static Request newRequest(Request request) {
    return isWrite(request)
        ? new Request.Builder()
            .url(request.url())
            .headers(request.headers())
            .method(request.method(), RequestBody.create("{}".getBytes(UTF_8)))
            .build()
        : request;
  }

  private static Request signed(Request request) {
    if (!isWrite(request)) {
      return request;
    }
    return request
        .newBuilder()
        .header("Signature", String.valueOf(content(request).size()))
        .build();
  }

  private static Buffer content(Request request) {
    Buffer content = new Buffer();
    try {
      request.body().writeTo(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content;
  }

  private static boolean isWrite(Request request) {
    return !request.method().equals("GET") && !request.url().encodedPath().endsWith("/auth");
  }

  private static boolean isWrite(RecordedRequest request) {
    return !request.getMethod().equals("GET");
  }

  private static MockResponse lost() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
  }
}
