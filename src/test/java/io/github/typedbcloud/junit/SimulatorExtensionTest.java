package io.github.typedbcloud.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs a test class with one simulator, and checks its results. */
final class SimulatorExtensionTest {

  /** One client for all tests, as a Spring context has. */
  static final class Sharing {
    @RegisterExtension static final SimulatorExtension CLOUD = SimulatorExtension.start();

    static final TypeDBCloudClient CLIENT =
        TypeDBCloudClient.builder()
            .baseUrl(CLOUD.simulator().url())
            .credentials(CLOUD.simulator().clientId(), CLOUD.simulator().clientSecret())
            .build();

    private final ClustersApi clusters = CLIENT.clusters(Scope.space("my-team", "default"));

    @Test
    void sample_first_startsEmpty() {
      deployAlone();
    }

    @Test
    void sample_second_startsEmpty() {
      deployAlone();
    }

    @Test
    void sample_third_fails() {
      clusters.find("the-failing-test");
      throw new AssertionError("on purpose");
    }

    private void deployAlone() {
      assertThat(clusters.list()).isEmpty();
      assertThat(CLOUD.simulator().received())
          .filteredOn(request -> !request.path().endsWith("/auth"))
          .hasSize(1);
      clusters.deploy(Fixtures.paidCluster("a").build());
    }

    @AfterEach
    void keepOpen() {
      assertThat(CLOUD.simulator().toString()).doesNotContain("closed");
    }
  }

  /** JUnit does not notify the extension of the class, because it is not in a static field. */
  static final class InInstanceField {
    private static final List<SimulatorExtension> STARTED = new CopyOnWriteArrayList<>();

    @RegisterExtension final SimulatorExtension cloud = SimulatorExtension.start();

    @Test
    void sample_first_hasSimulator() {
      use();
    }

    @Test
    void sample_second_hasAnother() {
      use();
    }

    private void use() {
      assertThat(cloud.simulator().toString()).doesNotContain("closed");
      STARTED.add(cloud);
    }
  }

  @Test
  void instanceField_simulatorOfEachTest_isClosed() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(InInstanceField.class))
        .execute()
        .testEvents()
        .assertStatistics(all -> all.succeeded(2).failed(0));

    assertThat(InInstanceField.STARTED)
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.simulator().toString()).contains("closed"));
  }

  @Test
  void tests_ofOneClass_shareSimulatorThatIsReset() {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      EngineTestKit.engine("junit-jupiter")
          .selectors(selectClass(Sharing.class))
          .execute()
          .testEvents()
          .assertStatistics(all -> all.succeeded(2).failed(1));
    } finally {
      System.setErr(before);
      Sharing.CLIENT.close();
    }
    TypeDBCloudSimulator simulator = Sharing.CLOUD.simulator();

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("Requests of ")
        .contains("Sharing.sample_third_fails() to " + simulator.url())
        .contains("/clusters/the-failing-test -> 404")
        .doesNotContain("/clusters/deploy", simulator.clientSecret());
    assertThat(simulator.toString()).as("after the last class").contains("closed");
  }
}
