package io.github.typedbcloud.internal.validation;

import static io.github.typedbcloud.support.Fixtures.freeCluster;
import static io.github.typedbcloud.support.Fixtures.paidCluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.model.BackupConfiguration;
import io.github.typedbcloud.model.BackupFrequency;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.support.ContractMatrix;
import io.github.typedbcloud.validation.Catalog;
import io.github.typedbcloud.validation.Validation;
import io.github.typedbcloud.validation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference's table of allowed values, row by row, on both sides of every boundary. */
class RequestRulesTest {

  private static final RequestRules PROJECTS =
      RequestRules.ofProjects(Validation.STRICT, Catalog.projects());
  private static final RequestRules SPACES =
      RequestRules.ofSpaces(Validation.STRICT, Catalog.spaces());

  private static final String ID_RULE =
      "must be lowercase letters and digits in groups separated by single underscores or hyphens,"
          + " for example api-cluster";
  private static final String COUNT_RULE = "must be an odd number from 1 to 9";
  private static final String STORAGE_RULE = "must be from 10 to 1000";
  private static final String FREE_STORAGE_RULE = "must be at most 10 for a free cluster";
  private static final String PROJECT_VERSION_RULE = "must be a version such as 3.0.6";
  private static final String SPACE_VERSION_RULE =
      "must be a version such as 3.0.6, or latest; versions() lists them";
  private static final String FREQUENCY_RULE = "is not a supported frequency";
  private static final String FREE_FREQUENCY_RULE = "must be disabled for a free cluster";
  private static final String RETENTION_RULE = "must be 7 or 30";
  private static final String EMPTY_BACKUP_RULE =
      "must set frequency or retentionDays, or be omitted";

  /** The expected part of a violation. */
  private record Broken(String field, String rule, List<String> allowed) {
    static Broken of(Violation violation) {
      return new Broken(violation.field(), violation.rule(), violation.allowed());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "ids",
    "serverCounts",
    "serversByVersion",
    "storageSizes",
    "freeLimits",
    "versions",
    "places",
    "backups",
    "updates",
    "clones"
  })
  void rules_tableRow_reportsItsViolations(
      String row, List<Violation> found, List<Broken> expected) {
    assertThat(found.stream().map(Broken::of)).as(row).containsExactlyElementsOf(expected);
  }

  static Stream<Arguments> ids() {
    Table table = new Table();
    for (String good : List.of("a", "7", "0-0", "api-cluster", "a_b-c_d", "a".repeat(500))) {
      table.deploy("id " + good, to -> to.id(good));
      table.update("id " + good, to -> to.id(good));
    }
    for (String bad :
        List.of(
            "A",
            "api-Cluster",
            "-a",
            "a-",
            "_a",
            "a_",
            "a--b",
            "a__b",
            "a-_b",
            "a b",
            "a.b",
            "é",
            "a\n",
            "../a",
            "a/b",
            "а",
            "٣")) {
      table.deploy("id " + bad, to -> to.id(bad), broken("id", ID_RULE));
      table.update("id " + bad, to -> to.id(bad), broken("id", ID_RULE));
    }
    for (String none : List.of("", " ")) {
      table.deploy(
          "no id",
          to -> to.id(none),
          broken("id", none.isEmpty() ? "is not set" : "must not be blank"));
      table.update("no id", to -> to.id(none), broken("id", "must not be blank"));
    }
    return table.rows();
  }

  static Stream<Arguments> serverCounts() {
    Table table = new Table();
    for (int servers = 0; servers <= 11; servers++) {
      int count = servers;
      table.deploy(
          count + " servers",
          to -> to.version("2.29.3").serverCount(count),
          List.of(1, 3, 5, 7, 9).contains(count)
              ? none()
              : new Broken[] {broken("serverCount", COUNT_RULE, "1", "3", "5", "7", "9")});
    }
    for (int bad : List.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
      table.deploy(
          bad + " servers",
          to -> to.version("2.29.3").serverCount(bad),
          broken("serverCount", COUNT_RULE, "1", "3", "5", "7", "9"));
    }
    return table.rows();
  }

  static Stream<Arguments> serversByVersion() {
    Table table = new Table();
    for (String many : List.of("0.0.1", "2.0.0", "2.29.3", "2.99.99", "02.1.0")) {
      table.deploy("3 servers with " + many, to -> to.version(many).serverCount(3));
    }
    for (String single : List.of("3.0.0", "3.0.0-alpha-1", "3.5.1", "4.0.0", "10.0.0", "03.0.0")) {
      table.deploy("1 server with " + single, to -> to.version(single).serverCount(1));
      table.deploy(
          "3 servers with " + single,
          to -> to.version(single).serverCount(3),
          broken("serverCount", "must be 1 with TypeDB 3.0 and later, here " + single, "1"));
    }
    table.deployInSpace("1 server with latest", to -> to.version("latest").serverCount(1));
    table.deployInSpace(
        "3 servers with latest",
        to -> to.version("latest").serverCount(3),
        broken("serverCount", "must be 1 with TypeDB 3.0 and later, here latest", "1"));
    return table.rows();
  }

  static Stream<Arguments> storageSizes() {
    Table table = new Table();
    for (int good : List.of(10, 11, 999, 1000)) {
      table.deploy(good + " GB", to -> to.storageSizeGB(good));
      table.update(good + " GB", to -> to.storageSizeGB(good));
    }
    for (int bad : List.of(Integer.MIN_VALUE, -10, 0, 9, 1001, Integer.MAX_VALUE)) {
      Broken broken = broken("storageSizeGB", STORAGE_RULE);
      table.deploy(bad + " GB", to -> to.storageSizeGB(bad), broken);
      table.update(bad + " GB", to -> to.storageSizeGB(bad), broken);
    }
    return table.rows();
  }

  static Stream<Arguments> freeLimits() {
    Table table = new Table();
    for (ContractMatrix.Offer offer : ContractMatrix.offers()) {
      List<String> free =
          ContractMatrix.rowsOf(offer.provider()).stream()
              .filter(ContractMatrix.Row::free)
              .map(ContractMatrix.Row::machineType)
              .toList();
      table.deploy(
          "free " + offer,
          to -> at(to.free(true), offer),
          offer.free()
              ? none()
              : new Broken[] {
                new Broken("machineType", "is not available for free", free),
              });
    }
    table.deploy(
        "free with 3 servers",
        to -> to.free(true).version("2.29.3").serverCount(3),
        broken("serverCount", "must be 1 for a free cluster", "1"));
    table.deploy("free with 10 GB", to -> to.free(true).storageSizeGB(10));
    table.deploy(
        "free with 9 GB",
        to -> to.free(true).storageSizeGB(9),
        broken("storageSizeGB", STORAGE_RULE));
    table.deploy(
        "free with 11 GB",
        to -> to.free(true).storageSizeGB(11),
        broken("storageSizeGB", FREE_STORAGE_RULE, "10"));
    table.deploy(
        "free with 1001 GB",
        to -> to.free(true).storageSizeGB(1001),
        broken("storageSizeGB", STORAGE_RULE),
        broken("storageSizeGB", FREE_STORAGE_RULE, "10"));
    return table.rows();
  }

  static Stream<Arguments> versions() {
    Table table = new Table();
    for (String good : List.of("2.29.3", "3.0.6", "3.1.0-rc1", "3.0.0-alpha.2", "0.0.0")) {
      table.deploy("version " + good, to -> to.version(good));
      table.update("version " + good, to -> to.version(good));
    }
    for (String bad :
        List.of(
            "3",
            "3.0",
            "3.0.",
            "3.0.6.1",
            "v3.0.6",
            "3.0.x",
            "3.0.6-",
            "3.0.6-.",
            "3.0.6--x",
            " 3.0.6",
            "3.0.6\n",
            "-3.0.6",
            "٣.0.6",
            "1234567890.0.0",
            "newest",
            "LATEST")) {
      Broken inSpace = broken("version", SPACE_VERSION_RULE);
      table.deployInProject(
          "version " + bad, to -> to.version(bad), broken("version", PROJECT_VERSION_RULE));
      table.deployInSpace("version " + bad, to -> to.version(bad), inSpace);
      table.update("version " + bad, to -> to.version(bad), inSpace);
    }
    table.deploy("no version", to -> to.version(""), broken("version", "is not set"));
    table.update("no version", to -> to.version(" "), broken("version", "must not be blank"));
    table.deployInSpace("latest", to -> to.version("latest"));
    table.update("latest", to -> to.version("latest"));
    table.deployInProject(
        "latest",
        to -> to.version("latest"),
        broken(
            "version",
            "is supported in space scopes only; use a version such as 3.0.6, or"
                + " Scope.space(team, space)"));
    return table.rows();
  }

  static Stream<Arguments> places() {
    List<String> gcpRegions = List.of("europe-west2", "europe-west3", "us-west4", "us-east1");
    String[] gcpMachineTypes = {
      "c2d-highcpu-2", "c2d-highcpu-4", "c2d-highcpu-8", "c2d-highcpu-16"
    };
    Table table = new Table();
    table.deploy("provider GCP", to -> to.provider(Provider.of("GCP")));
    table.deploy(
        "provider azure",
        to -> to.provider(Provider.of("azure")),
        broken("provider", "is not in the catalog", "gcp", "aws"));
    table.deploy(
        "no provider, region, machine type and storage type",
        to -> to.provider(Provider.of("")).region("").machineType(" ").storageType(""),
        broken("provider", "is not set", "gcp", "aws"),
        broken("region", "is not set"),
        broken("machineType", "must not be blank"),
        broken("storageType", "is not set"));
    table.deploy(
        "no region, machine type and storage type with gcp",
        to -> to.region(" ").machineType("").storageType(""),
        new Broken("region", "must not be blank", gcpRegions),
        broken("machineType", "is not set", gcpMachineTypes),
        broken("storageType", "is not set", "standard-rwo"));
    table.deploy(
        "a region of aws with gcp",
        to -> to.region("eu-west-2"),
        new Broken("region", "is not offered by gcp with c2d-highcpu-2", gcpRegions));
    table.deploy(
        "a machine type of aws with gcp",
        to -> to.machineType("c7g.large"),
        broken("machineType", "is not offered by gcp", gcpMachineTypes));
    table.deploy(
        "c7g in a region of c8g",
        to -> to.provider(Provider.AWS).machineType("c7g.large").region("us-east-1"),
        broken("region", "is not offered by aws with c7g.large", "eu-west-2"));
    table.deploy(
        "c8g in the region of c7g",
        to -> to.provider(Provider.AWS).machineType("c8g.4xlarge").region("eu-west-2"),
        broken(
            "region",
            "is not offered by aws with c8g.4xlarge",
            "us-west-2",
            "us-east-1",
            "eu-central-1"));
    Function<DeployClusterRequest.Builder, DeployClusterRequest.Builder> onAws =
        to -> to.provider(Provider.AWS).machineType("c7g.large").region("eu-west-2");
    table.deployInProject("gp2 in a project", to -> onAws.apply(to).storageType("gp2"));
    table.deployInSpace("gp2-csi in a space", to -> onAws.apply(to).storageType("gp2-csi"));
    table.deployInProject(
        "gp2-csi in a project",
        to -> onAws.apply(to).storageType("gp2-csi"),
        broken("storageType", "is not offered by aws", "gp2"));
    table.deployInSpace(
        "gp2 in a space",
        to -> onAws.apply(to).storageType("gp2"),
        broken("storageType", "is not offered by aws", "gp2-csi"));
    for (String machineType : ContractMatrix.machineTypes()) {
      table.update("machine type " + machineType, to -> to.machineType(machineType));
    }
    for (String machineType : List.of("c9g.large", "C7G.large", "")) {
      table.update(
          "machine type " + machineType,
          to -> to.machineType(machineType),
          new Broken(
              "machineType",
              machineType.isEmpty() ? "must not be blank" : "is not offered by any provider",
              ContractMatrix.machineTypes()));
    }
    return table.rows();
  }

  static Stream<Arguments> backups() {
    Table table = new Table();
    for (String frequency : List.of("disabled", "hourly", "daily", "DAILY")) {
      BackupConfiguration backup = BackupConfiguration.of(BackupFrequency.of(frequency));
      table.deployInSpace("backup " + frequency, to -> to.backup(backup));
      table.update("backup " + frequency, to -> to.backup(backup));
    }
    for (String frequency : List.of("weekly", "", "off")) {
      BackupConfiguration backup = BackupConfiguration.of(BackupFrequency.of(frequency));
      Broken broken =
          broken("backupConfiguration.frequency", FREQUENCY_RULE, "disabled", "hourly", "daily");
      table.deployInSpace("backup " + frequency, to -> to.backup(backup), broken);
      table.deployInSpace("free, backup " + frequency, to -> to.free(true).backup(backup), broken);
      table.update("backup " + frequency, to -> to.backup(backup), broken);
    }
    for (int days : List.of(-7, 0, 6, 7, 8, 29, 30, 31)) {
      BackupConfiguration backup = new BackupConfiguration(null, days);
      Broken[] broken =
          days == 7 || days == 30
              ? none()
              : new Broken[] {
                broken("backupConfiguration.retentionDays", RETENTION_RULE, "7", "30")
              };
      table.deployInSpace("retention " + days, to -> to.backup(backup), broken);
      table.deployInSpace("free, retention " + days, to -> to.free(true).backup(backup), broken);
      table.update("retention " + days, to -> to.backup(backup), broken);
    }
    for (String frequency : List.of("hourly", "daily")) {
      BackupConfiguration backup = BackupConfiguration.of(BackupFrequency.of(frequency), 7);
      table.deployInSpace(
          "free, backup " + frequency,
          to -> to.free(true).backup(backup),
          broken("backupConfiguration.frequency", FREE_FREQUENCY_RULE, "disabled"));
    }
    BackupConfiguration off = BackupConfiguration.of(BackupFrequency.DISABLED, 30);
    table.deployInSpace("free, no backups", to -> to.free(true).backup(off));
    table.deployInProject(
        "backups in a project",
        to -> to.backup(off),
        broken(
            "backupConfiguration",
            "is supported in space scopes only; remove it, or use Scope.space(team, space)"));
    BackupConfiguration empty = new BackupConfiguration(null, null);
    Broken broken = broken("backupConfiguration", EMPTY_BACKUP_RULE);
    table.deployInSpace("empty backups", to -> to.backup(empty), broken);
    table.update("empty backups", to -> to.backup(empty), broken);
    return table.rows();
  }

  static Stream<Arguments> updates() {
    String[] fields = {"id", "storageSizeGB", "machineType", "backupConfiguration", "version"};
    Table table = new Table();
    table.update("nothing", to -> to, broken("request", "must set at least one field", fields));
    table.update(
        "everything",
        to ->
            to.id("new-id")
                .storageSizeGB(20)
                .machineType("c7g.xlarge")
                .backup(BackupConfiguration.of(BackupFrequency.HOURLY, 30))
                .version("latest"));
    table.add(
        "update in a project",
        PROJECTS.update(UpdateClusterRequest.builder().id("new-id").build()),
        broken("request", "is supported in space scopes only; use Scope.space(team, space)"));
    return table.rows();
  }

  static Stream<Arguments> clones() {
    Table table = new Table();
    table.add("clone to a-2", SPACES.clone("a-2"));
    table.add("clone to A", SPACES.clone("A"), broken("id", ID_RULE));
    table.add("clone to a-", SPACES.clone("a-"), broken("id", ID_RULE));
    table.add("clone to nothing", SPACES.clone(""), broken("id", "must not be blank"));
    return table.rows();
  }

  @ParameterizedTest(name = "spaces: {0}")
  @ValueSource(booleans = {false, true})
  void deploy_knownNames_acceptsOnlyOffered(boolean spaces) {
    RequestRules rules = spaces ? SPACES : PROJECTS;
    List<String> wrong = new ArrayList<>();
    int accepted = 0;
    for (Provider provider : List.of(Provider.GCP, Provider.AWS)) {
      for (String machineType : ContractMatrix.machineTypes()) {
        for (String region : ContractMatrix.regions()) {
          for (String storageType : List.of("standard-rwo", "gp2", "gp2-csi")) {
            DeployClusterRequest request =
                paidCluster("a")
                    .provider(provider)
                    .machineType(machineType)
                    .region(region)
                    .storageType(storageType)
                    .build();
            boolean offered =
                ContractMatrix.rowsOf(provider).stream()
                        .anyMatch(
                            row ->
                                row.machineType().equals(machineType)
                                    && row.regions().contains(region))
                    && storageType.equals(ContractMatrix.storageType(provider, spaces));
            accepted += offered ? 1 : 0;
            if (rules.deploy(request).isEmpty() != offered) {
              wrong.add((offered ? "should be accepted: " : "should be rejected: ") + request);
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(accepted).as("4 gcp types in 4 regions, 4 aws in 1, 4 aws in 3").isEqualTo(32);
  }

  @ParameterizedTest
  @MethodSource("misspellings")
  void deploy_misspelledName_suggestsNearest(
      String typed, Consumer<DeployClusterRequest.Builder> mistake, String nearest) {
    DeployClusterRequest.Builder request = freeCluster("a");
    mistake.accept(request);

    assertThat(PROJECTS.deploy(request.build()))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.rejectedValue()).isEqualTo(typed);
              assertThat(violation.nearest()).isEqualTo(nearest);
            });
  }

  static Stream<Arguments> misspellings() {
    return Stream.of(
        misspelling("europ-west2", DeployClusterRequest.Builder::region, "europe-west2"),
        misspelling("Europe-West3", DeployClusterRequest.Builder::region, "europe-west3"),
        misspelling("us-east-1", DeployClusterRequest.Builder::region, "us-east1"),
        misspelling("antarctica", DeployClusterRequest.Builder::region, null),
        misspelling("c2d-highcpu-3", DeployClusterRequest.Builder::machineType, "c2d-highcpu-2"),
        misspelling("c2d-higcpu-16", DeployClusterRequest.Builder::machineType, "c2d-highcpu-16"),
        misspelling("c2d", DeployClusterRequest.Builder::machineType, null),
        misspelling("standard-rw", DeployClusterRequest.Builder::storageType, "standard-rwo"),
        misspelling("gpc", (to, typed) -> to.provider(Provider.of(typed)), "gcp"),
        misspelling("azure", (to, typed) -> to.provider(Provider.of(typed)), null));
  }

  private interface Setter {
    DeployClusterRequest.Builder set(DeployClusterRequest.Builder to, String typed);
  }

  private static Arguments misspelling(String typed, Setter setter, String nearest) {
    Consumer<DeployClusterRequest.Builder> mistake = to -> setter.set(to, typed);
    return Arguments.of(typed, mistake, nearest);
  }

  private static DeployClusterRequest.Builder at(
      DeployClusterRequest.Builder to, ContractMatrix.Offer offer) {
    return to.provider(offer.provider()).machineType(offer.machineType()).region(offer.region());
  }

  private static Broken broken(String field, String rule, String... allowed) {
    return new Broken(field, rule, List.of(allowed));
  }

  private static Broken[] none() {
    return new Broken[0];
  }

  /** Rows of a request, its violations, and the expected ones. */
  private static final class Table {
    private final Stream.Builder<Arguments> rows = Stream.builder();

    void deploy(
        String what,
        Function<DeployClusterRequest.Builder, DeployClusterRequest.Builder> change,
        Broken... expected) {
      deployInProject(what, change, expected);
      deployInSpace(what, change, expected);
    }

    void deployInProject(
        String what,
        Function<DeployClusterRequest.Builder, DeployClusterRequest.Builder> change,
        Broken... expected) {
      DeployClusterRequest request = change.apply(paidCluster("api-cluster")).build();
      add("project, deploy: " + what, PROJECTS.deploy(request), expected);
    }

    void deployInSpace(
        String what,
        Function<DeployClusterRequest.Builder, DeployClusterRequest.Builder> change,
        Broken... expected) {
      DeployClusterRequest request = change.apply(paidCluster("api-cluster")).build();
      add("space, deploy: " + what, SPACES.deploy(request), expected);
    }

    void update(
        String what,
        Function<UpdateClusterRequest.Builder, UpdateClusterRequest.Builder> change,
        Broken... expected) {
      UpdateClusterRequest request = change.apply(UpdateClusterRequest.builder()).build();
      add("space, update: " + what, SPACES.update(request), expected);
    }

    void add(String row, List<Violation> found, Broken... expected) {
      rows.add(Arguments.of(row, found, List.of(expected)));
    }

    Stream<Arguments> rows() {
      return rows.build();
    }
  }
}
