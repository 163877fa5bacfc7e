package io.github.typedbcloud.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.support.Events;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.LogListener;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.support.SimulatedCloud;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tracing.OpenTelemetryListener;

/** What the context of a caller reaches, and what a request carries. */
final class ContextTest {

  private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

  private final SimulatedCloud cloud = new SimulatedCloud();

  @AfterEach
  void close() {
    TENANT.remove();
    cloud.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deployAndAwait_withParent_isOneTree(boolean async) {
    InMemorySpanExporter exporter = InMemorySpanExporter.create();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder().setTracerProvider(provider).build();
      try (TypeDBCloudClient client =
          cloud
              .builder()
              .listener(new OpenTelemetryListener(telemetry))
              .taskDecorator(task -> Context.current().wrap(task))
              .build()) {
        ClustersApi clusters = client.clusters(SimulatedCloud.SPACE);
        cloud.simulator.faults().on(Operation.DEPLOY).next(Fault.respond(503));
        WaitOptions options =
            WaitOptions.builder()
                .listener(progress -> cloud.time.advance(Duration.ofHours(2)))
                .timeout(Duration.ofDays(1))
                .build();
        Span request = telemetry.getTracer("test").spanBuilder("request").startSpan();
        Context.current()
            .with(request)
            .wrap(
                () -> {
                  if (async) {
                    clusters
                        .async()
                        .deployAndAwait(Fixtures.paidCluster("a").build(), options)
                        .join();
                  } else {
                    clusters.deployAndAwait(Fixtures.paidCluster("a").build(), options);
                  }
                })
            .run();
        request.end();
      }
      assertThatSpansAreOneTree(exporter.getFinishedSpanItems());
    }
  }

  private static void assertThatSpansAreOneTree(List<SpanData> spans) {
    Map<String, String> names =
        spans.stream().collect(Collectors.toMap(SpanData::getSpanId, SpanData::getName));
    Set<String> edges =
        spans.stream()
            .map(span -> names.get(span.getParentSpanId()) + " > " + span.getName())
            .collect(Collectors.toSet());
    assertThat(spans.stream().map(SpanData::getTraceId).distinct()).hasSize(1);
    assertThat(spans.stream().filter(span -> span.getParentSpanId().equals(SpanId.getInvalid())))
        .hasSize(1);
    assertThat(edges)
        .containsExactlyInAnyOrder(
            "null > request",
            "request > typedb.cloud deploy",
            "typedb.cloud deploy > typedb.cloud token exchange",
            "request > typedb.cloud wait",
            "typedb.cloud wait > typedb.cloud get",
            "typedb.cloud get > typedb.cloud token exchange");
  }

  private static Runnable withTenant(Runnable task) {
    String tenant = TENANT.get();
    return () -> {
      String outer = TENANT.get();
      TENANT.set(tenant);
      try {
        task.run();
      } finally {
        TENANT.set(outer);
      }
    };
  }

  /** Where the user's code ran, and the tenant that it saw. */
  private Map<String, Set<String>> tenantsOf(UnaryOperator<Runnable> decorator) {
    Map<String, Set<String>> seen = new ConcurrentHashMap<>();
    Function<String, Runnable> see =
        where ->
            () ->
                seen.computeIfAbsent(where, key -> ConcurrentHashMap.newKeySet())
                    .add(String.valueOf(TENANT.get()));
    OperationListener listener =
        new OperationListener() {
          @Override
          public void callStarted(CallInfo call) {
            see.apply(call.waitInfo() == null ? "call" : "poll").run();
          }

          @Override
          public void tokenExchanged(TokenExchanged event) {
            see.apply("exchange").run();
          }

          @Override
          public void waitEnded(WaitEnded event) {
            see.apply("wait").run();
          }
        };
    try (TypeDBCloudClient client =
        cloud
            .builder()
            .listener(listener)
            .taskDecorator(decorator)
            .customizeHttpClient(
                http ->
                    http.addInterceptor(
                        chain -> {
                          see.apply("request").run();
                          return chain.proceed(chain.request());
                        }))
            .build()) {
      TENANT.set("mine");
      WaitOptions options =
          WaitOptions.builder().listener(progress -> see.apply("waitListener").run()).build();
      client
          .clusters(SimulatedCloud.SPACE)
          .async()
          .deployAndAwait(Fixtures.paidCluster("a").build(), options)
          .join();
    }
    assertThat(cloud.simulator.receivedCount(Operation.DEPLOY)).isEqualTo(1);
    return seen;
  }

  @Test
  void decorator_asyncCallAndWait_reachesAllThreads() {
    assertThat(tenantsOf(ContextTest::withTenant))
        .containsOnlyKeys("call", "poll", "exchange", "wait", "request", "waitListener")
        .allSatisfy((where, tenants) -> assertThat(tenants).as(where).containsExactly("mine"));
  }

  @Test
  void decorator_fails_workIsDoneOnceWithoutContext() {
    List<UnaryOperator<Runnable>> failing =
        List.of(
            task -> {
              throw new IllegalStateException("of the decorator");
            },
            task -> null,
            task -> () -> {},
            task ->
                () -> {
                  throw new IllegalStateException("before the task");
                });
    for (UnaryOperator<Runnable> decorator : failing) {
      cloud.simulator.reset();
      try (LogListener log = new LogListener()) {
        assertThat(tenantsOf(decorator))
            .allSatisfy((where, tenants) -> assertThat(tenants).as(where).containsExactly("null"));
        assertThat(log.text()).contains("WARN The task decorator of the client ");
      }
    }
  }

  @Test
  void decorator_runsTwiceAndThrowsAfterwards_workIsDoneOnce() {
    Map<String, Set<String>> seen =
        tenantsOf(
            task ->
                () -> {
                  task.run();
                  task.run();
                  throw new IllegalStateException("after the task");
                });

    assertThat(seen).containsKeys("call", "poll", "exchange", "wait");
  }

  @Test
  void numbers_twoClients_areUnique() {
    Events events = new Events();
    try (TypeDBCloudClient one = cloud.builder().listener(events).build();
        TypeDBCloudClient two = cloud.builder().listener(events).build()) {
      for (TypeDBCloudClient client : List.of(one, two)) {
        ClustersApi clusters = client.clusters(SimulatedCloud.SPACE);
        clusters.ensure(Fixtures.paidCluster("a").build());
        clusters.await("a", ClusterStatus.RUNNING);
      }
    }

    assertThat(events.of(CallInfo.class)).extracting(CallInfo::number).doesNotHaveDuplicates();
    assertThat(events.of(WaitInfo.class))
        .extracting(WaitInfo::number)
        .hasSizeGreaterThan(1)
        .doesNotHaveDuplicates();
  }

  @Test
  void taskDecorator_callsTheClient_getsAResponse() {
    AtomicReference<TypeDBCloudClient> self = new AtomicReference<>();
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    UnaryOperator<Runnable> calling =
        task -> {
          sizes.add(self.get().clusters(SimulatedCloud.SPACE).list().size());
          return task;
        };
    try (TypeDBCloudClient client = cloud.builder().taskDecorator(calling).build()) {
      self.set(client);

      assertThat(client.clusters(SimulatedCloud.SPACE).list()).isEmpty();
    }

    assertThat(sizes).containsExactly(0);
    assertThat(cloud.simulator.receivedCount(Operation.EXCHANGE_TOKEN)).isEqualTo(1);
  }

  /** The second caller needs the token too, and must not wait for the decorator of the first. */
  @Test
  void taskDecorator_blocks_delaysItsOwnCallAlone() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    UnaryOperator<Runnable> blocking =
        task -> {
          if (TENANT.get() != null) {
            blocked.countDown();
            awaitUninterruptibly(release);
          }
          return task;
        };
    try (TypeDBCloudClient client = cloud.builder().taskDecorator(blocking).build()) {
      ClustersApi clusters = client.clusters(SimulatedCloud.SPACE);
      ParallelTasks<Integer> slow =
          ParallelTasks.one(
              () -> {
                TENANT.set("slow");
                return clusters.list().size();
              });
      blocked.await();

      assertThat(clusters.list()).isEmpty();

      release.countDown();
      assertThat(slow.results()).containsExactly(0);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void taskDecorator_several_areAllApplied() {
    List<String> order = new CopyOnWriteArrayList<>();
    UnaryOperator<Runnable> first = decorator("first", order);
    UnaryOperator<Runnable> second = decorator("second", order);
    try (TypeDBCloudClient client =
        cloud.builder().taskDecorator(first).taskDecorator(second).build()) {
      client.clusters(SimulatedCloud.SPACE).list();
    }

    // Around the token exchange.
    assertThat(order).containsExactly("second", "first");
  }

  private static UnaryOperator<Runnable> decorator(String name, List<String> order) {
    return task ->
        () -> {
          order.add(name);
          task.run();
        };
  }

  @Test
  void callFactory_everyRequest_isUsedAndTagged() {
    List<Request> requests = new CopyOnWriteArrayList<>();
    AtomicInteger clients = new AtomicInteger();
    Function<OkHttpClient, okhttp3.Call.Factory> factory =
        client -> {
          clients.incrementAndGet();
          return request -> {
            requests.add(request);
            return client.newCall(request);
          };
        };
    try (TypeDBCloudClient client = cloud.builder().callFactory(factory).build()) {
      client.clusters(SimulatedCloud.SPACE).list();
    }

    assertThat(clients).hasValue(1);
    assertThat(requests).hasSize(2);
    assertThat(requests.get(0).tag(CallInfo.class)).isNull();
    assertThat(requests.get(1).tag(CallInfo.class))
        .extracting(CallInfo::operation)
        .isEqualTo("list");
  }
}
