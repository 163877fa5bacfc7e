package io.github.typedbcloud.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.typedbcloud.AsyncClustersApi;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.junit.TypeDBCloudTest.ScopeKind;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.AccessLevel;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Faults;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.time.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes that use the extensions, and checks their results. */
final class TypeDBCloudExtensionTest {

  @TypeDBCloudTest
  static final class Injected {
    private static final Set<String> URLS = ConcurrentHashMap.newKeySet();
    private ManualTime ofBeforeEach;

    @BeforeEach
    void take(ManualTime time) {
      ofBeforeEach = time;
    }

    @Test
    void parameters_all_areInjected(
        TypeDBCloudSimulator simulator,
        TypeDBCloudClient client,
        ClustersApi clusters,
        AsyncClustersApi async,
        Scope scope,
        Faults faults,
        ManualTime time) {
      assertThat(client.baseUrl()).isEqualTo(simulator.url());
      assertThat(scope).isEqualTo(Scope.space("my-team", "default"));
      assertThat(time).isSameAs(ofBeforeEach);
      faults.on(Operation.DEPLOY).next(Fault.loseResponse());
      assertThat(clusters.deployAndAwait(Fixtures.paidCluster("a").build()).status())
          .isEqualTo(ClusterStatus.RUNNING);
      assertThat(time.elapsed()).isPositive();
      assertThat(async.get("a").join().id()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void simulator_eachTest_startsEmpty(
        int unusedRun, ClustersApi clusters, TypeDBCloudSimulator simulator) {
      assertThat(clusters.list()).isEmpty();
      assertThat(URLS.add(simulator.url())).isTrue();
      clusters.deploy(Fixtures.paidCluster("a").build());
    }

    @Test
    @TypeDBCloudTest(accessLevel = AccessLevel.READ, scope = ScopeKind.PROJECT)
    void method_hasItsOwnSettings(ClustersApi clusters, Scope scope) {
      assertThat(scope).isEqualTo(Scope.project("my-org", "default"));
      assertThat(clusters.list()).isEmpty();
      Assertions.assertThatThrownBy(() -> clusters.deploy(Fixtures.paidCluster("a").build()))
          .isInstanceOf(ForbiddenException.class);
    }

    @Nested
    final class Inner {
      @Test
      void nestedClass_inheritsSettings(ClustersApi clusters) {
        assertThat(clusters.list()).isEmpty();
      }
    }
  }

  @TypeDBCloudTest
  @Execution(ExecutionMode.CONCURRENT)
  static final class Parallel {
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    @Test
    void sample_first_passes(ClustersApi clusters) throws Exception {
      work(clusters);
    }

    @Test
    void sample_second_passes(ClustersApi clusters) throws Exception {
      work(clusters);
    }

    /** Both tests deploy a cluster of the same ID at once; each simulator has one. */
    private static void work(ClustersApi clusters) throws Exception {
      BOTH.await(30, TimeUnit.SECONDS);
      clusters.deploy(Fixtures.paidCluster("same").build());
      BOTH.await(30, TimeUnit.SECONDS);
      assertThat(clusters.list()).extracting(Cluster::id).containsExactly("same");
    }
  }

  @TypeDBCloudTest
  static final class Failing {
    @Test
    void sample_failing_fails(ClustersApi clusters) {
      clusters.deploy(Fixtures.paidCluster("printed-cluster").build());
      throw new AssertionError("on purpose");
    }
  }

  @TypeDBCloudTest
  static final class InjectedIntoBeforeAll {
    @BeforeAll
    static void early(ClustersApi clusters) {
      Assertions.fail("never called with " + clusters);
    }

    @Test
    void sample_setUpFails_isNotReached() {}
  }

  @TypeDBCloudTest(transitionMillis = 300)
  static final class OwnClient {
    @Test
    void sample_ownClient_waits(TypeDBCloudSimulator simulator, ManualTime time) {
      try (TypeDBCloudClient own = own(simulator).build()) {
        ClustersApi clusters = own.clusters(Scope.space("my-team", "default"));
        assertThat(clusters.deployAndAwait(Fixtures.paidCluster("a").build(), WAIT).status())
            .isEqualTo(ClusterStatus.RUNNING);
        assertThat(time.elapsed()).isLessThan(Duration.ofMinutes(1));
      }
    }

    @Test
    void sample_ownAsyncClient_waits(TypeDBCloudSimulator simulator) {
      try (TypeDBCloudClient own = own(simulator).build()) {
        AsyncClustersApi clusters = own.clusters(Scope.space("my-team", "default")).async();
        assertThat(clusters.deployAndAwait(Fixtures.paidCluster("a").build(), WAIT).join().status())
            .isEqualTo(ClusterStatus.RUNNING);
      }
    }

    /** The own client is used after the clock was advanced by hours. */
    @Test
    void sample_bothClients_wait(
        ClustersApi injected, TypeDBCloudSimulator simulator, ManualTime time) {
      try (TypeDBCloudClient own = own(simulator).build()) {
        time.advance(Duration.ofHours(2));
        injected.deployAndAwait(Fixtures.paidCluster("a").build());
        own.clusters(Scope.space("my-team", "default"))
            .deployAndAwait(Fixtures.paidCluster("b").build(), WAIT);
        assertThat(injected.list()).extracting(Cluster::id).containsExactly("a", "b");
      }
    }

    @Test
    @TypeDBCloudTest(transitionMillis = 3_600_000)
    void sample_ownClientWithManualTime_waitsAtOnce(
        TypeDBCloudSimulator simulator, ManualTime time) {
      try (TypeDBCloudClient own = own(simulator).timeSource(time).build()) {
        own.clusters(Scope.space("my-team", "default"))
            .deployAndAwait(
                Fixtures.paidCluster("a").build(), WaitOptions.within(Duration.ofHours(3)));
      }
    }

    private static final WaitOptions WAIT = WaitOptions.within(Duration.ofSeconds(20));

    private static TypeDBCloudClient.Builder own(TypeDBCloudSimulator simulator) {
      return TypeDBCloudClient.builder()
          .baseUrl(simulator.url())
          .credentials(simulator.clientId(), simulator.clientSecret());
    }
  }

  @TypeDBCloudTest
  static final class InjectedOnly {
    @Test
    void sample_injectedClient_leavesTheClockToTheTest(ClustersApi clusters) {
      clusters.list();
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .doesNotContain("typedb-cloud-test-clock");
    }
  }

  @TypeDBCloudTest(manualTime = false, transitionMillis = 1)
  static final class RealTime {
    @Test
    void sample_manualTime_isAbsent(ManualTime time) {
      Assertions.fail("never called with " + time);
    }

    @Test
    void sample_realTime_waits(ClustersApi clusters) {
      assertThat(clusters.deployAndAwait(Fixtures.paidCluster("a").build()).status())
          .isEqualTo(ClusterStatus.RUNNING);
    }
  }

  @Test
  void tests_each_getOwnSimulator() {
    run(Injected.class).testEvents().assertStatistics(all -> all.succeeded(6).failed(0));
  }

  @Test
  void clientOfTheService_waits_end() {
    run(OwnClient.class).testEvents().assertStatistics(all -> all.succeeded(4).failed(0));
  }

  @Test
  void injectedObjectsOnly_clock_isNotAdvancedWithRealTime() {
    run(InjectedOnly.class).testEvents().assertStatistics(all -> all.succeeded(1).failed(0));
  }

  @Test
  void tests_inParallel_succeed() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Parallel.class))
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
        .execute()
        .testEvents()
        .assertStatistics(all -> all.succeeded(2).failed(0));
  }

  @Test
  void failingTest_requests_arePrintedWithoutSecrets() {
    String printed =
        printedBy(() -> run(Failing.class).testEvents().assertStatistics(all -> all.failed(1)));

    assertThat(printed)
        .contains("Requests of Failing.sample_failing_fails(ClustersApi) to http://127.0.0.1:")
        .contains("POST /api/v1/auth -> 200 ***")
        .containsPattern(
            "POST /api/v1/team/my-team/spaces/default/clusters/deploy \\{\"id\":\"printed-cluster\".* -> 200 .*\"status\":\"starting\"")
        .doesNotContain("the-secret-of-the-test")
        .doesNotContain("Bearer");
  }

  @Test
  void passingTest_requests_areNotPrinted() {
    // The client may have logged the verification of the lost response.
    assertThat(printedBy(() -> run(Injected.class))).doesNotContain("Requests of");
  }

  @Test
  void beforeAllParameter_isExplained() {
    assertThat(failuresOf(InjectedIntoBeforeAll.class, true))
        .singleElement()
        .asString()
        .contains("injects a ClustersApi for each test, not for a class", "SimulatorExtension");
  }

  @Test
  void manualTimeParameter_disabled_isExplained() {
    assertThat(failuresOf(RealTime.class, false))
        .singleElement()
        .asString()
        .contains("ManualTime is not available with @TypeDBCloudTest(manualTime = false)");
  }

  private static EngineExecutionResults run(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests)).execute();
  }

  private static List<Throwable> failuresOf(Class<?> tests, boolean containers) {
    EngineExecutionResults results = run(tests);
    return (containers ? results.containerEvents() : results.testEvents())
        .failed().stream().map(TypeDBCloudExtensionTest::failure).toList();
  }

  private static Throwable failure(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
  }

  private static String printedBy(Runnable work) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
