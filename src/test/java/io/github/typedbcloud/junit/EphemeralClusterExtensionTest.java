package io.github.typedbcloud.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.ephemeral.EphemeralCluster;
import io.github.typedbcloud.ephemeral.EphemeralClusters;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.AccessLevel;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * Runs test classes with injected clusters, and checks which clusters they got and that none is
 * left. The classes share one simulator, as integration tests share one account.
 */
final class EphemeralClusterExtensionTest {

  private static final Scope SPACE = Scope.space("my-team", "default");

  /** The simulator, and what the classes saw; made anew for each test. */
  private static TypeDBCloudSimulator service;

  private static TypeDBCloudClient cloud;
  private static Path ledger;
  private static final List<String> SEEN = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    service =
        TypeDBCloudSimulator.builder()
            .apiToken("id", "any-secret", AccessLevel.ADMIN)
            .transitionTime(Duration.ZERO)
            .start();
    cloud =
        TypeDBCloudClient.builder().baseUrl(service.url()).credentials("id", "any-secret").build();
    ledger = Files.createTempDirectory("ledger");
    SEEN.clear();
  }

  @AfterEach
  void stop() throws IOException {
    cloud.close();
    service.close();
    Files.delete(ledger); // is empty
  }

  private static EphemeralClusterExtension extension() {
    return EphemeralClusterExtension.of(
        EphemeralClusters.builder(cloud, SPACE).ledger(ledger).build(),
        Fixtures.paidCluster("ignored").build());
  }

  /** Records that a place was given a cluster, which must be running. */
  private static void see(String place, EphemeralCluster cluster) {
    ClustersApi clusters = cloud.clusters(SPACE);
    assertThat(clusters.get(cluster.id()).serversRunning()).isOne();
    SEEN.add(place + " " + cluster.id());
  }

  static final class PerTest {
    @RegisterExtension static final EphemeralClusterExtension CLUSTERS = extension();

    @BeforeEach
    void before(EphemeralCluster cluster) {
      see("first", cluster);
    }

    @Test
    void sample_two_areInjected(EphemeralCluster first, EphemeralCluster second) {
      see("first", first);
      see("second", second);
      assertThat(cloud.clusters(SPACE).list()).hasSize(2);
    }

    @Test
    void sample_failing_isCleanedUp(EphemeralCluster cluster) {
      see("failing", cluster);
      throw new AssertionError("on purpose");
    }

    @AfterEach
    void after(EphemeralCluster cluster) {
      see("first", cluster);
    }
  }

  @Test
  void parametersOfTest_first_isOneCluster() {
    run(PerTest.class).testEvents().assertStatistics(all -> all.succeeded(1).failed(1));

    assertThat(SEEN).hasSize(7);
    assertThat(clustersSeenBy("first", "failing")).hasSize(2);
    assertThat(clustersSeenBy("second")).hasSize(1);
    assertDeployedAndDestroyed(3);
  }

  static final class ForClass {
    @RegisterExtension static final EphemeralClusterExtension CLUSTERS = extension();

    @BeforeAll
    static void before(EphemeralCluster shared, EphemeralCluster other) {
      see("shared", shared);
      see("other", other);
    }

    ForClass(EphemeralCluster shared) {
      see("shared", shared);
    }

    @Test
    void sample_own_isAnother(EphemeralCluster own) {
      see("own", own);
      assertThat(cloud.clusters(SPACE).list()).hasSize(3);
    }

    @Test
    void sample_none_sharedRuns() {
      assertThat(cloud.clusters(SPACE).list()).hasSize(2);
    }

    @AfterAll
    static void after(EphemeralCluster shared) {
      see("shared", shared);
    }
  }

  @Test
  void parametersOfClass_first_isOneCluster() {
    assertSucceeds(ForClass.class, 2);

    assertThat(SEEN).hasSize(6);
    assertThat(clustersSeenBy("shared")).hasSize(1);
    assertDeployedAndDestroyed(3);
  }

  static final class InConstructor {
    @RegisterExtension static final EphemeralClusterExtension CLUSTERS = extension();

    InConstructor(EphemeralCluster cluster) {
      see("shared", cluster);
    }

    @Test
    void sample_one_passes() {}

    @Test
    void sample_other_passes() {}
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static final class InConstructorOfPerClass {
    @RegisterExtension static final EphemeralClusterExtension CLUSTERS = extension();

    InConstructorOfPerClass(EphemeralCluster cluster) {
      see("shared", cluster);
    }

    @BeforeAll
    void before(EphemeralCluster cluster) {
      see("shared", cluster);
    }

    @Test
    void sample_one_passes() {}

    @Test
    void sample_other_passes() {}
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static final class InstanceFieldOfPerClass {
    @RegisterExtension final EphemeralClusterExtension clusters = extension();

    @BeforeAll
    void before(EphemeralCluster cluster) {
      see("shared", cluster);
    }

    @Test
    void sample_one_passes() {}

    @Test
    void sample_other_passes() {}
  }

  @Test
  void constructor_eachTest_getsClustersOfClass() {
    assertSucceeds(InConstructor.class, 2);

    assertThat(SEEN).hasSize(2);
    assertThat(clustersSeenBy("shared")).hasSize(1);
    assertDeployedAndDestroyed(1);
  }

  @Test
  void constructor_perClassLifecycle_isDestroyed() {
    assertSucceeds(InConstructorOfPerClass.class, 2);

    assertThat(SEEN).hasSize(2);
    assertThat(clustersSeenBy("shared")).hasSize(1);
    assertDeployedAndDestroyed(1);
  }

  @Test
  void instanceField_perClassLifecycle_isDestroyed() {
    assertSucceeds(InstanceFieldOfPerClass.class, 2);

    assertDeployedAndDestroyed(1);
  }

  static final class FailingBeforeAll {
    @RegisterExtension static final EphemeralClusterExtension CLUSTERS = extension();

    @BeforeAll
    static void before(EphemeralCluster cluster) {
      Assertions.fail("on purpose, with " + cluster);
    }

    @Test
    void sample_setUpFails_isNotReached() {}
  }

  static final class FailingConstructor {
    @RegisterExtension static final EphemeralClusterExtension CLUSTERS = extension();

    FailingConstructor(EphemeralCluster cluster) {
      throw new AssertionError("on purpose, with " + cluster);
    }

    @Test
    void sample_setUpFails_isNotReached() {}
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static final class FailingConstructorOfPerClass {
    @RegisterExtension static final EphemeralClusterExtension CLUSTERS = extension();

    FailingConstructorOfPerClass(EphemeralCluster cluster) {
      throw new AssertionError("on purpose, with " + cluster);
    }

    @Test
    void sample_setUpFails_isNotReached() {}
  }

  @Test
  void setUp_fails_isDestroyed() {
    for (Class<?> tests :
        List.of(
            FailingBeforeAll.class, FailingConstructor.class, FailingConstructorOfPerClass.class)) {
      service.clearReceived();
      assertThat(failuresOf(tests)).singleElement().asString().contains("on purpose");
      assertDeployedAndDestroyed(1);
    }
  }

  static final class Outer {
    @RegisterExtension static final EphemeralClusterExtension CLUSTERS = extension();

    @BeforeAll
    static void before(EphemeralCluster cluster) {
      see("outer", cluster);
    }

    @Test
    void sample_outer_passes() {}

    @Nested
    final class Inner {
      @BeforeAll
      static void before(EphemeralCluster cluster) {
        see("inner", cluster);
      }

      Inner(EphemeralCluster cluster) {
        see("inner", cluster);
      }

      @Test
      void sample_both_run() {
        assertThat(cloud.clusters(SPACE).list()).hasSize(2);
      }
    }
  }

  @Test
  void nestedClass_hasOwnCluster() {
    assertSucceeds(Outer.class, 2);

    assertThat(clustersSeenBy("outer")).hasSize(1);
    assertThat(clustersSeenBy("inner")).hasSize(1);
    assertDeployedAndDestroyed(2);
  }

  static final class InstanceField {
    @RegisterExtension final EphemeralClusterExtension clusters = extension();

    @Test
    void sample_ofTest_isInjected(EphemeralCluster cluster) {
      see("own", cluster);
    }

    @Nested
    final class Inner {
      Inner(EphemeralCluster cluster) {
        see("never", cluster);
      }

      @Test
      void sample_constructor_isRejected() {}
    }
  }

  @Test
  void instanceField_clusterOfClass_isRejected() {
    assertThat(failuresOf(InstanceField.class))
        .singleElement()
        .asString()
        .contains("would not be destroyed after the class", "make that field static");

    assertThat(SEEN).hasSize(1);
    assertDeployedAndDestroyed(1);
  }

  static final class CannotBeDestroyed {
    @RegisterExtension static final EphemeralClusterExtension CLUSTERS = extension();

    CannotBeDestroyed(EphemeralCluster cluster) {
      see("shared", cluster);
    }

    @Test
    void sample_one_passes() {}
  }

  @Test
  void afterAll_cannotDestroy_failsClass() {
    service.faults().on(Operation.DESTROY).nth(2, Fault.respond(400)); // the first is the probe

    assertThat(failuresOf(CannotBeDestroyed.class)).singleElement().asString().contains("400");

    assertThat(cloud.clusters(SPACE).list()).hasSize(1);
    assertThat(EphemeralClusters.builder(cloud, SPACE).ledger(ledger).build().sweep().destroyed())
        .hasSize(1);
  }

  private static void assertSucceeds(Class<?> tests, int count) {
    EngineExecutionResults results = run(tests);
    assertThat(failures(results)).isEmpty();
    results.testEvents().assertStatistics(all -> all.succeeded(count));
  }

  private static void assertDeployedAndDestroyed(int count) {
    assertThat(service.receivedCount(Operation.DEPLOY)).isEqualTo(count);
    assertThat(cloud.clusters(SPACE).list()).extracting(Cluster::id).isEmpty();
    try (var files = Files.list(ledger)) {
      assertThat(files).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> clustersSeenBy(String... places) {
    return SEEN.stream()
        .filter(seen -> List.of(places).contains(seen.substring(0, seen.indexOf(' '))))
        .map(seen -> seen.substring(seen.indexOf(' ') + 1))
        .distinct()
        .toList();
  }

  private static EngineExecutionResults run(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests)).execute();
  }

  private static List<Throwable> failuresOf(Class<?> tests) {
    return failures(run(tests));
  }

  private static List<Throwable> failures(EngineExecutionResults results) {
    return results
        .allEvents()
        .failed()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .flatMap(result -> result.getThrowable().stream())
        .toList();
  }
}
