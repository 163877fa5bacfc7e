package io.github.typedbcloud.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.LogListener;
import io.github.typedbcloud.support.SimulatedCloud;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads at a JShell prompt after a mistake. */
final class PromptMessagesTest {

  private final SimulatedCloud cloud = new SimulatedCloud(settings -> settings);
  private final ClustersApi clusters = cloud.clusters(SimulatedCloud.SPACE);

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void validate_severalViolations_printsOneOnEachLine() {
    DeployClusterRequest wrong = Fixtures.freeCluster("A!").serverCount(4).build();

    String printed = clusters.validate(wrong).toString();

    assertThat(printed.lines())
        .hasSameSizeAs(clusters.validate(wrong))
        .satisfies(lines -> assertThat(lines.get(0)).startsWith("id 'A!' "))
        .anySatisfy(line -> assertThat(line).startsWith("serverCount 4 "));
    assertThat(clusters.validate(Fixtures.freeCluster("a").build())).hasToString("[]");
    assertThat(clusters.validate(UpdateClusterRequest.builder().build()).toString())
        .hasLineCount(1);
  }

  @Test
  void validate_nothingSet_namesEveryFieldThatIsNotSet() {
    assertThat(clusters.validate(DeployClusterRequest.builder().build()).toString().lines())
        .extracting(line -> line.replaceAll(";.*", ""))
        .contains(
            "id is not set",
            "provider is not set",
            "region is not set",
            "machineType is not set",
            "version is not set");
  }

  @Test
  void update_blankVersion_isNotReportedAsUnset() {
    assertThat(clusters.validate(UpdateClusterRequest.builder().version("").build()))
        .singleElement()
        .satisfies(violation -> assertThat(violation.toString()).startsWith("version '' "));
  }

  @Test
  void deploy_secondFreeCluster_saysWhatTheLimitIs() {
    clusters.deploy(Fixtures.freeCluster("first").build());

    assertThatThrownBy(() -> clusters.deploy(Fixtures.freeCluster("second").build()))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessageContaining("can have one free cluster")
        .hasMessageContaining("deploy with free(false), or destroy the other one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "storageSizeGB must be 10 for a free cluster",
        "backups must be disabled for a free cluster"
      })
  void deploy_fieldThatFreeClustersDoNotAllow_doesNotSayDestroy(String message) {
    String body = "{\"code\":\"invalid_field\",\"message\":\"" + message + "\"}";
    cloud
        .simulator
        .faults()
        .on(Operation.DEPLOY)
        .next(Fault.respond(400).body("application/json", body));

    assertThatThrownBy(() -> clusters.deploy(Fixtures.freeCluster("a").build()))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("destroy");
  }

  @Test
  void await_statusNeverSeen_suggestsTheNearest() {
    clusters.deployAndAwait(Fixtures.freeCluster("a").build());
    WaitOptions minute = WaitOptions.within(Duration.ofMinutes(1));

    try (LogListener log = new LogListener()) {
      assertThatThrownBy(() -> clusters.await("a", ClusterStatus.of("runing"), minute))
          .isInstanceOf(WaitException.class)
          .hasMessageContaining("The API documents no status 'runing'; did you mean 'running'? ");
      assertThat(log.text())
          .containsOnlyOnce(
              "to be runing, a status that the API does not document; did you mean 'running'?");
    }
    assertThatThrownBy(() -> clusters.await("a", ClusterStatus.of("upgraded"), minute))
        .hasMessageContaining("The API documents no status 'upgraded'. ");
    assertThatThrownBy(() -> clusters.await("a", ClusterStatus.of("destroyed"), minute))
        .hasMessageContaining(
            "The API documents no status 'destroyed'; a destroyed cluster has no status: call"
                + " awaitDestroyed. ");
    assertThatThrownBy(() -> clusters.await("a", ClusterStatus.STARTING, minute))
        .hasMessageNotContaining("documents no status");
  }

  @Test
  void scope_oneVariableOfAPair_saysWhichIsMissing() {
    assertThatThrownBy(() -> Scope.from(Map.of("TYPEDB_CLOUD_TEAM", "my-team")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "TYPEDB_CLOUD_TEAM is set in the environment, but TYPEDB_CLOUD_SPACE is not");
    assertThat(Scope.from(Map.of())).isEmpty();
  }

  @Test
  void message_ofFailedCall_isOneShortLine() {
    assertThatThrownBy(() -> clusters.get("a"))
        .isInstanceOfSatisfying(
            NotFoundException.class, e -> assertThat(e.call().path()).endsWith("/clusters/a"))
        .message()
        .hasLineCount(1)
        .doesNotContain("/api/")
        .hasSizeLessThan(250);
  }
}
