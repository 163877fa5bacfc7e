package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TransportException.Reason;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Libraries on the class path that do not match: no other attempt would help. */
final class LinkageErrorTest {

  private static final String ADVICE = "Libraries on the class path do not match";

  private final MockCloud cloud = new MockCloud();
  private final AtomicInteger requests = new AtomicInteger();

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void read_failsToLink_isNotRetried() {
    try (TypeDBCloudClient client = client(this::failCalls)) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
          .isInstanceOfSatisfying(
              TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DEPENDENCIES))
          .hasMessageContaining("NoSuchMethodError")
          .hasMessageContaining(ADVICE)
          .hasMessageNotContaining("network");
    }
    assertThat(requests).hasValue(1);
  }

  @Test
  void write_failsToLinkBeforeSending_nothingWasSent() {
    try (TypeDBCloudClient client = client(this::failCalls)) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).suspend("a"))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("Nothing was sent")
          .hasMessageContaining(ADVICE);
    }
    assertThat(requests).hasValue(1);
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void write_failsToLinkAfterSending_outcomeUnknown() {
    cloud.respondToCalls(call -> MockCloud.json(200, ApiCall.PROJECT_SUSPEND.response()));
    try (TypeDBCloudClient client = client(this::failAfterCalls)) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).suspend("a"))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining(ADVICE)
          .hasMessageContaining("It may or may not have been applied")
          .hasRootCauseInstanceOf(NoSuchMethodError.class);
    }
    assertThat(cloud.calls()).filteredOn(call -> call.getMethod().equals("POST")).hasSize(1);
  }

  @Test
  void exchange_failsToLink_isNotRetried() {
    Interceptor failing =
        chain -> {
          requests.incrementAndGet();
          throw new NoClassDefFoundError("okio/Socket");
        };
    try (TypeDBCloudClient client = client(failing)) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
          .isInstanceOfSatisfying(
              TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DEPENDENCIES))
          .hasMessageContaining("okio/Socket")
          .hasMessageContaining(ADVICE);
    }
    assertThat(requests).hasValue(1);
  }

  @Test
  void asyncAndWait_failToLink_endAtOnce() {
    try (TypeDBCloudClient client = client(this::failCalls)) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      assertThatThrownBy(() -> clusters.async().list().join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(TransportException.class)
          .hasMessageContaining(ADVICE);
      assertThatThrownBy(() -> clusters.awaitDestroyed("a")).hasMessageContaining(ADVICE);
    }
    assertThat(requests).hasValue(2);
  }

  private TypeDBCloudClient client(Interceptor interceptor) {
    return cloud.client().customizeHttpClient(http -> http.addInterceptor(interceptor)).build();
  }

  private Response failCalls(Interceptor.Chain chain) throws java.io.IOException {
    if (chain.request().url().encodedPath().endsWith("/auth")) {
      return chain.proceed(chain.request());
    }
    requests.incrementAndGet();
    throw new NoSuchMethodError("okio.Okio.socket");
  }

  private Response failAfterCalls(Interceptor.Chain chain) throws java.io.IOException {
    Response response = chain.proceed(chain.request());
    if (chain.request().url().encodedPath().endsWith("/auth")) {
      return response;
    }
    response.close();
    throw new NoSuchMethodError("okio.Okio.socket");
  }
}
