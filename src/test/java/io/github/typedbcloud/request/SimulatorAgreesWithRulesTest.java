package io.github.typedbcloud.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.internal.validation.RequestRules;
import io.github.typedbcloud.model.BackupConfiguration;
import io.github.typedbcloud.model.BackupFrequency;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.ContractMatrix;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.time.ManualTime;
import io.github.typedbcloud.validation.Catalog;
import io.github.typedbcloud.validation.Validation;
import io.github.typedbcloud.validation.Violation;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The client's rules and the simulator's are written apart from each other. Whatever one accepts,
 * the other accepts, and whatever one rejects, the other rejects.
 */
class SimulatorAgreesWithRulesTest {

  private static final Scope PROJECT = Scope.project("my-org", "default");
  private static final Scope SPACE = Scope.space("my-team", "default");

  /** The client does not know them, so it accepts every well-formed version. */
  private static final List<String> OFFERED =
      List.of("2.29.3", "2.0.0", "2.1.0-rc1", "3.0.0", "3.0.6", "3.5.1", "10.0.0", "3.1.0-rc1");

  /** Its ID is longer than any generated one. */
  private static final DeployClusterRequest EXISTING =
      Fixtures.paidCluster("the-existing-cluster").build();

  /** How much likelier a field holds something sensible than anything. */
  private static final int SENSIBLE = 12;

  /** How many deployments have backups. */
  private static final double IN_SPACES = 0.4;

  private static final double NOT_IN_PROJECTS = 0.1;

  private static TypeDBCloudSimulator simulator;
  private static TypeDBCloudClient cloud;

  @BeforeContainer
  static void start() {
    ManualTime time = new ManualTime();
    simulator =
        TypeDBCloudSimulator.builder()
            .time(time)
            .transitionTime(Duration.ZERO)
            .versions(OFFERED)
            .start();
    // The rules are asked apart, so that the client sends whatever it is given.
    cloud =
        TypeDBCloudClient.builder()
            .baseUrl(simulator.url())
            .credentials(simulator.clientId(), simulator.clientSecret())
            .timeSource(time)
            .validation(Validation.OFF)
            .build();
  }

  @AfterContainer
  static void stop() {
    cloud.close();
    simulator.close();
  }

  @StatisticsReport(onFailureOnly = true)
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void deploy_inProjects_agrees(@ForAll("inProjects") DeployClusterRequest request) {
    RequestRules rules = RequestRules.ofProjects(Validation.STRICT, Catalog.projects());
    assertAgreement(rules.deploy(request), PROJECT, () -> cloud.clusters(PROJECT).deploy(request));
  }

  @StatisticsReport(onFailureOnly = true)
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void deploy_inSpaces_agrees(@ForAll("inSpaces") DeployClusterRequest request) {
    RequestRules rules = RequestRules.ofSpaces(Validation.STRICT, Catalog.spaces());
    assertAgreement(rules.deploy(request), SPACE, () -> cloud.clusters(SPACE).deploy(request));
  }

  @StatisticsReport(onFailureOnly = true)
  @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
  void update_agrees(@ForAll("updates") UpdateClusterRequest request) {
    RequestRules rules = RequestRules.ofSpaces(Validation.STRICT, Catalog.spaces());
    cloud.clusters(SPACE).deploy(EXISTING);
    assertAgreement(
        rules.update(request), SPACE, () -> cloud.clusters(SPACE).update(EXISTING.id(), request));
  }

  @StatisticsReport(onFailureOnly = true)
  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void clone_ids_agree(@ForAll("idsGoodAndBad") String newId) {
    RequestRules rules = RequestRules.ofSpaces(Validation.STRICT, Catalog.spaces());
    cloud.clusters(SPACE).deploy(EXISTING);
    assertAgreement(
        rules.clone(newId), SPACE, () -> cloud.clusters(SPACE).clone(EXISTING.id(), newId));
  }

  /** An ID in use or a second free cluster would blur what is compared, so each try starts anew. */
  private static void assertAgreement(
      List<Violation> violations, Scope scope, ThrowingCallable call) {
    Throwable error = catchThrowable(call);
    ClustersApi clusters = cloud.clusters(scope);
    clusters.list().forEach(cluster -> clusters.destroy(cluster.id()));

    if (violations.isEmpty()) {
      assertThat(error).as("what the rules accept").isNull();
    } else {
      assertThat(error)
          .as("what the rules reject with %s", violations)
          .isInstanceOfSatisfying(
              ApiException.class, response -> assertThat(response.status()).isEqualTo(400));
    }
    Statistics.label("accepted by both").collect(violations.isEmpty());
    Statistics.label("accepted by both")
        .coverage(
            coverage -> {
              // Each is a good part of what is generated, so that a run without one does not
              // happen.
              coverage.check(true).count(tries -> tries > 0);
              coverage.check(false).count(tries -> tries > 0);
            });
  }

  @Provide
  Arbitrary<DeployClusterRequest> inProjects() {
    return Arbitraries.of(true, false).flatMap(free -> deployments(free, NOT_IN_PROJECTS));
  }

  @Provide
  Arbitrary<DeployClusterRequest> inSpaces() {
    return Arbitraries.of(true, false).flatMap(free -> deployments(free, IN_SPACES));
  }

  private Arbitrary<DeployClusterRequest> deployments(boolean free, double withBackups) {
    return versions()
        .flatMap(
            version ->
                offers(free)
                    .flatMap(
                        offer ->
                            Builders.withBuilder(DeployClusterRequest::builder)
                                .use(Arbitraries.just(free))
                                .in(DeployClusterRequest.Builder::free)
                                .use(Arbitraries.just(version))
                                .in(DeployClusterRequest.Builder::version)
                                .use(Arbitraries.just(offer))
                                .in(SimulatorAgreesWithRulesTest::at)
                                .use(ids())
                                .in(DeployClusterRequest.Builder::id)
                                .use(serverCounts(free || !version.startsWith("2")))
                                .in(DeployClusterRequest.Builder::serverCount)
                                .use(storageSizes(free))
                                .in(DeployClusterRequest.Builder::storageSizeGB)
                                .use(storageTypes())
                                .withProbability(0.15)
                                .in(DeployClusterRequest.Builder::storageType)
                                .use(backups(free))
                                .withProbability(withBackups)
                                .in(DeployClusterRequest.Builder::backup)
                                .build(DeployClusterRequest.Builder::build)));
  }

  @Provide
  Arbitrary<UpdateClusterRequest> updates() {
    return Builders.withBuilder(UpdateClusterRequest::builder)
        .use(ids())
        .withProbability(0.3)
        .in(UpdateClusterRequest.Builder::id)
        .use(storageSizes(false))
        .withProbability(0.3)
        .in(UpdateClusterRequest.Builder::storageSizeGB)
        // Whether another provider's machine type fits the cluster, the rules cannot know.
        .use(mostly(machineTypesOf(Provider.GCP), Arbitraries.of("c2d-highcpu-3", "C2D", "", " ")))
        .withProbability(0.3)
        .in(UpdateClusterRequest.Builder::machineType)
        .use(backups(false))
        .withProbability(0.3)
        .in(UpdateClusterRequest.Builder::backup)
        .use(versions())
        .withProbability(0.3)
        .in(UpdateClusterRequest.Builder::version)
        .build(UpdateClusterRequest.Builder::build);
  }

  @Provide
  Arbitrary<String> idsGoodAndBad() {
    return Arbitraries.oneOf(goodIds(), nearlyIds());
  }

  private static Arbitrary<String> ids() {
    return mostly(goodIds(), nearlyIds());
  }

  private static Arbitrary<String> goodIds() {
    return Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(8);
  }

  private static Arbitrary<String> nearlyIds() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("a0_-").ofMaxLength(4),
        Arbitraries.strings().withChars("az09_-A. é٣а\n/").ofMaxLength(5));
  }

  private Arbitrary<String> versions() {
    return mostly(
        Arbitraries.oneOf(Arbitraries.of(OFFERED), Arbitraries.just("latest")),
        Arbitraries.of("", " ", "LATEST", "newest", "v3.0.6", "3.0", "3.0.6.1", "3..6"));
  }

  private static Arbitrary<ContractMatrix.Offer> offers(boolean free) {
    List<ContractMatrix.Offer> sensible =
        ContractMatrix.offers().stream().filter(offer -> offer.free() || !free).toList();
    Arbitrary<ContractMatrix.Offer> anything =
        Combinators.combine(
                Arbitraries.of("gcp", "aws", "GCP", "azure", ""),
                Arbitraries.of(ContractMatrix.machineTypes()).injectNull(0.1),
                Arbitraries.of(ContractMatrix.regions()).injectNull(0.1))
            .as(
                (provider, machineType, region) ->
                    new ContractMatrix.Offer(
                        Provider.of(provider),
                        machineType == null ? "" : machineType,
                        false,
                        region == null ? "mars-north1" : region));
    return mostly(Arbitraries.of(sensible), anything);
  }

  private static DeployClusterRequest.Builder at(
      DeployClusterRequest.Builder to, ContractMatrix.Offer offer) {
    return to.provider(offer.provider()).machineType(offer.machineType()).region(offer.region());
  }

  private static Arbitrary<Integer> serverCounts(boolean single) {
    return mostly(
        single ? Arbitraries.just(1) : Arbitraries.of(1, 3, 5, 7, 9),
        Arbitraries.integers().between(-1, 11));
  }

  private static Arbitrary<Integer> storageSizes(boolean free) {
    return mostly(
        free ? Arbitraries.just(10) : Arbitraries.of(10, 11, 500, 999, 1000),
        Arbitraries.of(Integer.MIN_VALUE, -10, 0, 9, 10, 11, 1000, 1001, Integer.MAX_VALUE));
  }

  private static Arbitrary<String> storageTypes() {
    return Arbitraries.of("standard-rwo", "gp2", "gp2-csi", "gp3", "");
  }

  private static Arbitrary<String> machineTypesOf(Provider provider) {
    return Arbitraries.of(
        ContractMatrix.rowsOf(provider).stream().map(ContractMatrix.Row::machineType).toList());
  }

  private static Arbitrary<BackupConfiguration> backups(boolean free) {
    Arbitrary<String> frequencies =
        mostly(
            free ? Arbitraries.just("disabled") : Arbitraries.of("disabled", "hourly", "Daily"),
            Arbitraries.of("disabled", "hourly", "daily", "weekly", ""));
    Arbitrary<Integer> retentions =
        mostly(Arbitraries.of(7, 30), Arbitraries.of(-7, 0, 6, 8, 29, 31, 300));
    return Combinators.combine(frequencies.injectNull(0.2), retentions.injectNull(0.2))
        .as(
            (frequency, retention) ->
                new BackupConfiguration(
                    frequency == null ? null : BackupFrequency.of(frequency), retention))
        // The client requires one of them, which the reference does not.
        .filter(backup -> backup.frequency() != null || backup.retentionDays() != null);
  }

  private static <T> Arbitrary<T> mostly(Arbitrary<T> sensible, Arbitrary<T> anything) {
    return Arbitraries.frequencyOf(Tuple.of(SENSIBLE, sensible), Tuple.of(1, anything));
  }
}
