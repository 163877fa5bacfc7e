package io.github.typedbcloud.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.typedbcloud.AsyncClustersApi;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The asynchronous operations are the synchronous ones, but for the thread. */
@Timeout(60)
final class AsyncOperationsTest {

  /** Methods that stay on the calling thread, or return something else by their nature. */
  private static final List<String> NOT_ASYNCHRONOUS = List.of("validate", "with", "async");

  private static final Map<Class<?>, Object> ARGUMENTS =
      Map.of(
          String.class, "api-cluster",
          DeployClusterRequest.class, Fixtures.freeCluster("api-cluster").build(),
          UpdateClusterRequest.class, UpdateClusterRequest.builder().storageSizeGB(20).build(),
          ClusterStatus.class, ClusterStatus.RUNNING,
          Collection.class, List.of("api-cluster"),
          WaitOptions.class, WaitOptions.within(Duration.ZERO),
          RequestOptions.class, RequestOptions.within(Duration.ofSeconds(20)));

  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client = cloud.client().build();

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  @ParameterizedTest
  @EnumSource(ApiCall.class)
  void async_operations_sendTheSame(ApiCall call) {
    cloud.enqueue(200, call.response()).enqueue(200, call.response());
    ClustersApi clusters = client.clusters(call.scope());

    Object synchronous = call.on(clusters);
    Object asynchronous = call.on(joining(clusters.async()));

    assertThat(asynchronous).isEqualTo(synchronous);
    RecordedRequest first = cloud.calls().get(0);
    RecordedRequest second = cloud.calls().get(1);
    assertThat(second.getRequestLine()).isEqualTo(first.getRequestLine()).contains(call.path());
    assertThat(second.getHeaders()).isEqualTo(first.getHeaders());
    assertThat(second.getBody()).isEqualTo(first.getBody());
  }

  @ParameterizedTest
  @EnumSource(ApiCall.class)
  void async_failure_isSameException(ApiCall call) {
    cloud.respondToCalls(request -> MockCloud.text(418, "short and stout"));
    ClustersApi clusters = client.clusters(call.scope());

    Throwable synchronous = catchThrowable(() -> call.on(clusters));

    assertThatThrownBy(() -> call.on(joining(clusters.async())))
        .hasSameClassAs(synchronous)
        .hasMessage(synchronous.getMessage());
  }

  @Test
  void async_everyMethod_exists() {
    List<String> twins =
        Arrays.stream(AsyncClustersApi.class.getMethods())
            .filter(method -> !NOT_ASYNCHRONOUS.contains(method.getName()))
            .map(
                method ->
                    signature(
                        method,
                        ((ParameterizedType) method.getGenericReturnType())
                            .getActualTypeArguments()[0]))
            .toList();

    assertThat(
            Arrays.stream(ClustersApi.class.getMethods())
                .filter(method -> !NOT_ASYNCHRONOUS.contains(method.getName()))
                .map(
                    method ->
                        signature(
                            method,
                            method.getReturnType() == void.class
                                ? Void.class
                                : method.getGenericReturnType())))
        .containsExactlyInAnyOrderElementsOf(twins)
        .hasSize(31);
  }

  static Stream<Method> methods() {
    return Arrays.stream(AsyncClustersApi.class.getMethods())
        .filter(method -> method.getParameterCount() > 0);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void async_null_throwsAtOnce(Method method) {
    AsyncClustersApi clusters = client.clusters(Fixtures.SPACE).async();
    for (int missing = 0; missing < method.getParameterCount(); missing++) {
      Object[] arguments = Arrays.stream(method.getParameterTypes()).map(ARGUMENTS::get).toArray();
      arguments[missing] = null;

      assertThatThrownBy(() -> invoke(method, clusters, arguments))
          .as("argument %s", missing)
          .isInstanceOf(NullPointerException.class)
          .hasMessageEndingWith(" must not be null");
    }
    assertThat(cloud.calls()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void async_invalidId_failsFuture(Method method) throws Exception {
    List<Class<?>> types = List.of(method.getParameterTypes());
    if (!types.contains(String.class) && !types.contains(Collection.class)) {
      return;
    }
    AsyncClustersApi clusters = client.clusters(Fixtures.SPACE).async();
    Object[] arguments =
        types.stream()
            .map(
                type ->
                    type == String.class
                        ? ".."
                        : type == Collection.class ? List.of("..") : ARGUMENTS.get(type))
            .toArray();

    assertThat(failure((CompletableFuture<?>) invoke(method, clusters, arguments)))
        .isInstanceOf(InvalidRequestException.class);
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void async_composite_failsAsItsStage() {
    String absent = Payloads.error("cluster_not_found", "There is none.");
    cloud.enqueue(200, Payloads.SPACE_CLUSTER).enqueue(404, absent).enqueue(404, absent);
    AsyncClustersApi clusters = client.clusters(Fixtures.SPACE).async();

    assertThat(failure(clusters.resumeAndAwait("api-cluster"))).isInstanceOf(WaitException.class);
    assertThat(failure(clusters.resumeAndAwait("api-cluster")))
        .isInstanceOf(NotFoundException.class);
    assertThat(cloud.calls()).hasSize(3);
  }

  @Test
  void async_options_areKept() throws Exception {
    cloud.enqueue(200, "[]");
    AsyncClustersApi clusters =
        client
            .clusters(Fixtures.SPACE)
            .async()
            .with(RequestOptions.builder().header("X-Request-Id", "4711").build());

    assertThat(clusters.list().get(20, TimeUnit.SECONDS)).isEmpty();

    assertThat(cloud.calls().get(0).getHeaders().get("X-Request-Id")).isEqualTo("4711");
    assertThat(clusters).hasToString("clusters of space new-team/default, asynchronously");
  }

  @Test
  void async_queueTime_counts() {
    List<Runnable> queue = new ArrayList<>();
    try (TypeDBCloudClient queuing = cloud.client().asyncExecutor(queue::add).build()) {
      AsyncClustersApi clusters =
          queuing.clusters(Fixtures.SPACE).with(RequestOptions.within(Duration.ofNanos(1))).async();

      CompletableFuture<?> read = clusters.list();
      CompletableFuture<?> write = clusters.destroy("api-cluster");
      queue.forEach(Runnable::run);

      assertThat(failure(read)).isInstanceOf(TransportException.class);
      assertThat(failure(write)).isInstanceOf(TransportException.class);
      assertThat(cloud.calls()).isEmpty();
    }
  }

  @Test
  void async_executorRejects_failsFuture() {
    RejectedExecutionException full = new RejectedExecutionException("full");
    try (TypeDBCloudClient refusing =
        cloud
            .client()
            .asyncExecutor(
                task -> {
                  throw full;
                })
            .build()) {
      assertThat(failure(refusing.clusters(Fixtures.SPACE).async().list()))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("was not sent")
          .hasCause(full);
      assertThat(cloud.calls()).isEmpty();
    }
  }

  @Test
  void async_closedClient_failsFuture() {
    AsyncClustersApi clusters = client.clusters(Fixtures.SPACE).async();
    client.close();

    for (CompletableFuture<?> future :
        List.of(
            clusters.list(),
            clusters.await("a", ClusterStatus.RUNNING),
            clusters.destroyAndAwait("a"))) {
      assertThat(failure(future))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is closed; build another one");
    }
    assertThat(cloud.calls()).isEmpty();
  }

  /** The synchronous view of the asynchronous one. */
  private static ClustersApi joining(AsyncClustersApi clusters) {
    return (ClustersApi)
        Proxy.newProxyInstance(
            ClustersApi.class.getClassLoader(),
            new Class<?>[] {ClustersApi.class},
            (proxy, method, arguments) -> {
              Method twin =
                  AsyncClustersApi.class.getMethod(method.getName(), method.getParameterTypes());
              try {
                return ((CompletableFuture<?>) twin.invoke(clusters, arguments))
                    .get(20, TimeUnit.SECONDS);
              } catch (ExecutionException e) {
                throw e.getCause();
              }
            });
  }

  private static Object invoke(Method method, AsyncClustersApi clusters, Object... arguments)
      throws Exception {
    try {
      return method.invoke(clusters, arguments);
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }

  private static String signature(Method method, Type result) {
    return result.getTypeName()
        + " "
        + method.getName()
        + Arrays.toString(method.getGenericParameterTypes());
  }

  /** What the future itself fails with, and not a dependent one. */
  private static Throwable failure(CompletableFuture<?> future) {
    List<Throwable> failures = new ArrayList<>();
    assertThat(future).failsWithin(Duration.ofSeconds(20));
    CompletableFuture<?> unused = future.whenComplete((value, failure) -> failures.add(failure));
    return failures.get(0);
  }
}
