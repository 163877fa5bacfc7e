package io.github.typedbcloud.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An entry stays until its cluster is proven gone, whatever responses are lost or not the
 * service's.
 */
final class UncertainOutcomeTest {

  private static final Scope SPACE = Scope.space("my-team", "default");
  private static final DeployClusterRequest REQUEST = Fixtures.paidCluster("ignored").build();
  private static final String SERVICE_ERROR = "{\"code\":\"any\",\"message\":\"any\"}";

  @TempDir Path directory;

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(time).transitionTime(Duration.ofMinutes(1)).start();
  private final TypeDBCloudClient cloud =
      TypeDBCloudClient.builder()
          .baseUrl(simulator.url())
          .credentials(simulator.clientId(), simulator.clientSecret())
          .timeSource(time)
          .build();
  private final ClustersApi clusters = cloud.clusters(SPACE);

  @AfterEach
  void close() {
    cloud.close();
    simulator.close();
  }

  static Stream<Fault> failuresOfDeploy() {
    return Stream.of(
        Fault.respond(504),
        Fault.respond(500).body("application/json", SERVICE_ERROR),
        Fault.respond(400).body("application/json", SERVICE_ERROR),
        Fault.respond(401).body("application/json", SERVICE_ERROR),
        Fault.respond(403).body("application/json", SERVICE_ERROR),
        Fault.respond(404).body("application/json", SERVICE_ERROR),
        Fault.respond(409).body("application/json", SERVICE_ERROR),
        Fault.respond(429),
        Fault.respond(200),
        Fault.respond(200).body("text/html", "<html>"),
        Fault.loseRequest(),
        Fault.resetConnection());
  }

  @ParameterizedTest
  @MethodSource("failuresOfDeploy")
  void deploy_failsAndAppearsLater_isSwept(Fault failure) throws IOException {
    EphemeralClusters ephemeral = ephemeral();
    simulator.faults().on(Operation.DEPLOY).always(failure);
    assertThatThrownBy(() -> ephemeral.deploy(REQUEST)).isInstanceOf(TypeDBCloudException.class);
    simulator.faults().clear();
    String id = onlyEntry();
    ephemeral.sweep();
    assertThat(onlyEntry()).as("before the cluster appears").isEqualTo(id);

    clusters.deploy(REQUEST.toBuilder().id(id).build());

    assertThat(ephemeral.sweep().destroyed()).containsExactly(id);
    assertThat(clusters.list()).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void deploy_neverAppears_entryIsRemovedWhenOld() throws IOException {
    EphemeralClusters ephemeral = ephemeral();
    simulator.faults().on(Operation.DEPLOY).always(Fault.respond(504));
    assertThatThrownBy(() -> ephemeral.deploy(REQUEST)).isInstanceOf(TypeDBCloudException.class);
    time.advance(EphemeralClusters.IN_FLIGHT.minusMinutes(1));
    ephemeral.sweep();
    onlyEntry();

    time.advance(Duration.ofMinutes(2));
    assertThat(ephemeral.previewSweep().isComplete()).isTrue();
    onlyEntry();
    assertThat(ephemeral.sweep()).isEqualTo(new SweepResult(List.of(), Map.of(), List.of()));

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void deploy_longCall_ageCountsFromFailure() throws IOException {
    EphemeralClusters ephemeral = ephemeral();
    ephemeral.deploy(REQUEST).close(); // the access level is verified
    simulator.faults().on(Operation.DEPLOY).always(Fault.respond(503).header("Retry-After", "9"));
    time.advance(Duration.ofMinutes(1));
    try (TypeDBCloudClient slow =
        TypeDBCloudClient.builder()
            .baseUrl(simulator.url())
            .credentials(simulator.clientId(), simulator.clientSecret())
            .timeSource(time)
            .customizeHttpClient(
                http ->
                    http.addInterceptor(
                        chain -> {
                          if (chain.request().url().encodedPath().endsWith("/deploy")) {
                            time.advance(EphemeralClusters.IN_FLIGHT.plusMinutes(1));
                          }
                          return chain.proceed(chain.request());
                        }))
            .build()) {
      assertThatThrownBy(() -> ephemeral(slow).deploy(REQUEST))
          .isInstanceOf(TypeDBCloudException.class);
    }

    ephemeral.sweep();

    onlyEntry();
  }

  @Test
  void deploy_notSeenByWait_entryIsKept() throws IOException {
    EphemeralClusters ephemeral = ephemeral();
    simulator
        .faults()
        .on(Operation.DEPLOY)
        .next(
            Fault.respond(200)
                .body(
                    "application/json", "{\"id\":\"%s\",\"status\":\"starting\"}".formatted("x")));
    assertThatThrownBy(() -> ephemeral.deploy(REQUEST)).isInstanceOf(RuntimeException.class);

    assertThat(onlyEntry()).startsWith("it-");
  }

  @Test
  void deploy_waitTimesOut_isDestroyedAndRemoved() {
    simulator.faults().on(Operation.GET, Operation.LIST).always(Fault.clusterStatus("starting"));
    EphemeralClusters ephemeral = ephemeral();

    assertThatThrownBy(() -> ephemeral.deploy(REQUEST)).isInstanceOf(WaitException.class);

    simulator.faults().clear();
    assertThat(clusters.list()).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  static Stream<Fault> gatewayNotFound() {
    return Stream.of(
        Fault.respond(404),
        Fault.respond(404).body("text/html", "<h1>Not Found</h1>"),
        Fault.respond(404).body("application/json", "{\"message\":\"no Route matched\"}"));
  }

  @ParameterizedTest
  @MethodSource("gatewayNotFound")
  void close_gatewayRespondsNotFound_keepsEntry(Fault notFound) throws IOException {
    EphemeralClusters ephemeral = ephemeral();
    EphemeralCluster cluster = ephemeral.deploy(REQUEST);
    simulator.faults().on(Operation.DESTROY).always(notFound);

    assertThatThrownBy(cluster::close).hasMessageContaining("404");

    assertThat(clusters.get(cluster.id()).status()).isEqualTo(ClusterStatus.RUNNING);
    assertThat(onlyEntry()).isEqualTo(cluster.id());
    assertThat(ephemeral.sweep().failed()).containsOnlyKeys(cluster.id());
    assertThat(onlyEntry()).isEqualTo(cluster.id());
    simulator.faults().clear();
    assertThat(ephemeral.sweep().destroyed()).containsExactly(cluster.id());
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void close_readsRespondNotFound_keepsEntry() throws IOException {
    EphemeralClusters ephemeral = ephemeral();
    EphemeralCluster cluster = ephemeral.deploy(REQUEST);
    simulator
        .faults()
        .on(Operation.GET)
        .always(Fault.respond(404).body("application/json", SERVICE_ERROR));

    assertThatThrownBy(cluster::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("still in the list", "stays in the ledger");

    assertThat(onlyEntry()).isEqualTo(cluster.id());
  }

  @Test
  void close_alreadyDestroying_waitsUntilGone() {
    EphemeralCluster cluster = ephemeral().deploy(REQUEST);
    clusters.destroy(cluster.id());

    cluster.close();

    assertThat(clusters.list()).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @MethodSource("gatewayNotFound")
  void sweep_oldEntryGatewayNotFound_staysWhileListed(Fault notFound) throws IOException {
    EphemeralClusters ephemeral = ephemeral();
    EphemeralCluster cluster = ephemeral.deploy(REQUEST);
    simulator.faults().on(Operation.DESTROY).next(Fault.respond(400));
    assertThatThrownBy(cluster::close).hasMessageContaining("400");
    time.advance(Duration.ofHours(1));
    simulator.faults().on(Operation.GET).always(notFound);
    simulator
        .faults()
        .on(Operation.LIST)
        .next(Fault.respond(200).body("application/json", "[]")); // a list that lags

    SweepResult result = ephemeral.sweep();

    assertThat(result.destroyed()).isEmpty();
    assertThat(onlyEntry()).isEqualTo(cluster.id());
  }

  static Stream<Fault> noProofsOfAccess() {
    return Stream.concat(
        gatewayNotFound(),
        Stream.of(
            Fault.respond(503),
            Fault.respond(429),
            Fault.respond(400).body("application/json", SERVICE_ERROR),
            Fault.respond(200).body("text/html", "<html>"),
            Fault.loseRequest()));
  }

  @ParameterizedTest
  @MethodSource("noProofsOfAccess")
  void deploy_accessNotProven_isRejected(Fault response) {
    EphemeralClusters ephemeral = ephemeral();
    simulator.faults().on(Operation.DESTROY).next(4, response);

    assertThatThrownBy(() -> ephemeral.deploy(REQUEST))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "could not be verified", "no ephemeral cluster was deployed", "deploy again");

    assertThat(simulator.receivedCount(Operation.DEPLOY)).isZero();
    assertThat(directory).isEmptyDirectory();
    simulator.faults().clear();
    try (EphemeralCluster cluster = ephemeral.deploy(REQUEST)) {
      assertThat(clusters.list()).extracting(Cluster::id).containsExactly(cluster.id());
    }
  }

  private EphemeralClusters ephemeral() {
    return ephemeral(cloud);
  }

  private EphemeralClusters ephemeral(TypeDBCloudClient client) {
    return EphemeralClusters.builder(client, SPACE)
        .idPrefix("it")
        .ledger(directory)
        .timeSource(time)
        .build();
  }

  /** The ID in the only entry. */
  private String onlyEntry() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".properties"))
              .toList();
      assertThat(names).hasSize(1);
      return names.get(0).replace(".properties", "");
    }
  }
}
