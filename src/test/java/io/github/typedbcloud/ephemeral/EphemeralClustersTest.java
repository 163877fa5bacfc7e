package io.github.typedbcloud.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.ephemeral.SweepResult.UnreadableEntry;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.AccessLevel;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Faults;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters for the duration of a test, and the sweep of leftovers. */
final class EphemeralClustersTest {

  private static final Scope SPACE = Scope.space("my-team", "default");
  private static final Scope OTHER_SPACE = Scope.space("my-team", "other");
  private static final DeployClusterRequest REQUEST = Fixtures.paidCluster("ignored").build();

  @TempDir Path directory;

  private final ManualTime time = new ManualTime();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .space("my-team", "default")
          .space("my-team", "other")
          .apiToken("writer", "its-secret", AccessLevel.WRITE)
          .time(time)
          .start();
  private final TypeDBCloudClient cloud = client(simulator.clientId(), simulator.clientSecret());
  private final ClustersApi clusters = cloud.clusters(SPACE);

  @AfterEach
  void close() {
    cloud.close();
    simulator.close();
  }

  @Test
  void deploy_untilClosed_runsThenIsDestroyed() {
    EphemeralClusters ephemeral = ephemeral();
    String id;
    try (EphemeralCluster cluster = ephemeral.deploy(REQUEST)) {
      id = cluster.id();
      assertThat(id).matches("it-[a-z0-9]{10}");
      assertThat(cluster.cluster().status()).isEqualTo(ClusterStatus.RUNNING);
      assertThat(clusters.list()).extracting(Cluster::id).containsExactly(id);
      assertThat(ledger()).containsExactly(id + ".properties");
    }

    assertThat(clusters.list()).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void close_twice_destroysOnce() {
    EphemeralCluster cluster = ephemeral().deploy(REQUEST);
    simulator.clearReceived();
    cluster.close();
    cluster.close();

    assertThat(simulator.receivedCount(Operation.DESTROY)).isOne();
  }

  @Test
  void deploy_each_hasItsOwnId() {
    EphemeralClusters ephemeral = ephemeral();
    try (EphemeralCluster one = ephemeral.deploy(REQUEST);
        EphemeralCluster other = ephemeral.deploy(REQUEST)) {
      assertThat(one.id()).isNotEqualTo(other.id());
      assertThat(clusters.list()).hasSize(2);
    }
    assertThat(clusters.list()).isEmpty();
  }

  @Test
  void close_destroyedByTest_succeeds() {
    try (EphemeralCluster cluster = ephemeral().deploy(REQUEST)) {
      clusters.destroyAndAwait(cluster.id());
    }

    assertThat(ledger()).isEmpty();
  }

  @Test
  void deploy_doesNotStart_isDestroyed() {
    try (TypeDBCloudSimulator slow =
            TypeDBCloudSimulator.builder().time(time).startingTime(Duration.ofHours(1)).start();
        TypeDBCloudClient client = clientOf(slow)) {
      EphemeralClusters ephemeral =
          EphemeralClusters.builder(client, SPACE)
              .ledger(directory)
              .timeSource(time)
              .waitOptions(WaitOptions.within(Duration.ofMinutes(5)))
              .build();

      assertThatThrownBy(() -> ephemeral.deploy(REQUEST))
          .isInstanceOf(WaitException.class)
          .hasNoSuppressedExceptions();
      assertThat(client.clusters(SPACE).list()).isEmpty();
      assertThat(ledger()).isEmpty();
    }
  }

  @Test
  void close_interrupted_destroysAndKeepsFlag() {
    EphemeralCluster cluster = ephemeral().deploy(REQUEST);
    Thread.currentThread().interrupt();
    cluster.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(clusters.list()).isEmpty();
    assertThat(ledger()).isEmpty();
  }

  @Test
  void close_rejected_keepsEntry() {
    EphemeralCluster cluster = ephemeral().deploy(REQUEST);
    simulator.faults().on(Operation.DESTROY).next(Fault.respond(400));
    assertThatThrownBy(cluster::close).hasMessageContaining("400");
    assertThat(ledger()).hasSize(1);

    assertThat(ephemeral().sweep().destroyed()).containsExactly(cluster.id());

    assertThat(clusters.list()).isEmpty();
    assertThat(ledger()).isEmpty();
  }

  @Test
  void deploy_tokenCannotDestroy_isRejected() {
    try (TypeDBCloudClient writer = client("writer", "its-secret")) {
      EphemeralClusters ephemeral =
          EphemeralClusters.builder(writer, SPACE).ledger(directory).timeSource(time).build();

      assertThatThrownBy(() -> ephemeral.deploy(REQUEST))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(
              "cannot destroy clusters", "space my-team/default", "level admin")
          .hasCauseInstanceOf(ForbiddenException.class);
    }
    assertThat(simulator.receivedCount(Operation.DEPLOY)).isZero();
    assertThat(ledger()).isEmpty();
  }

  @Test
  void deploy_accessLevel_isCheckedOnce() {
    EphemeralClusters ephemeral = ephemeral();
    ephemeral.deploy(REQUEST).close();
    simulator.clearReceived();
    ephemeral.deploy(REQUEST).close();

    assertThat(simulator.receivedCount(Operation.DESTROY)).isOne();
  }

  @Test
  void deploy_invalidRequest_sendsNothing() {
    assertThatThrownBy(() -> ephemeral().deploy(REQUEST.toBuilder().serverCount(2).build()))
        .isInstanceOf(InvalidRequestException.class);
    assertThat(simulator.receivedCount()).isZero();
    assertThat(ledger()).isEmpty();
  }

  @Test
  void deploy_unwritableLedger_sendsNothing() throws IOException {
    Path file = Files.createFile(directory.resolve("a-file"));
    EphemeralClusters ephemeral =
        EphemeralClusters.builder(cloud, SPACE).ledger(file).timeSource(time).build();

    assertThatThrownBy(() -> ephemeral.deploy(REQUEST))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no cluster was deployed");
    assertThat(simulator.receivedCount(Operation.DEPLOY)).isZero();
  }

  @Test
  void deploy_entry_isWrittenFirst() {
    List<List<String>> seen = new ArrayList<>();
    try (TypeDBCloudClient watched =
        TypeDBCloudClient.builder()
            .baseUrl(simulator.url())
            .credentials(simulator.clientId(), simulator.clientSecret())
            .timeSource(time)
            .customizeHttpClient(
                http ->
                    http.addInterceptor(
                        chain -> {
                          if (chain.request().url().encodedPath().endsWith("/deploy")) {
                            seen.add(ledger());
                          }
                          return chain.proceed(chain.request());
                        }))
            .build()) {
      EphemeralClusters.builder(watched, SPACE)
          .ledger(directory)
          .timeSource(time)
          .build()
          .deploy(REQUEST)
          .close();
    }

    assertThat(seen).hasSize(1);
    assertThat(seen.get(0)).hasSize(1);
    assertThat(ledger()).isEmpty();
  }

  @Test
  void sweep_heldCluster_isKept() {
    EphemeralClusters ephemeral = ephemeral();
    try (EphemeralCluster cluster = ephemeral.deploy(REQUEST)) {
      time.advance(Duration.ofDays(2));

      assertThat(ephemeral().sweep().destroyed()).isEmpty();
      assertThat(ephemeral.sweep().destroyed()).isEmpty();
      assertThat(clusters.list()).extracting(Cluster::id).containsExactly(cluster.id());
    }
  }

  @Test
  void sweep_recordedAndNotHeld_isDestroyed() {
    abandon("it-aaaaaaaaaa", SPACE);
    clusters.deployAndAwait(Fixtures.paidCluster("it-aaaaaaaaaa").build());
    clusters.deployAndAwait(Fixtures.paidCluster("precious").build());
    clusters.deployAndAwait(Fixtures.paidCluster("it-bbbbbbbbbb").build());

    assertThat(ephemeral().leftovers()).containsExactly("it-aaaaaaaaaa");
    assertThat(clusters.list()).hasSize(3);
    SweepResult result = ephemeral().sweep();

    assertThat(result).isEqualTo(new SweepResult(List.of("it-aaaaaaaaaa"), Map.of(), List.of()));
    assertThat(clusters.list())
        .extracting(Cluster::id)
        .containsExactlyInAnyOrder("precious", "it-bbbbbbbbbb");
    assertThat(ledger()).isEmpty();
  }

  @Test
  void sweep_otherScopeOrService_isKept() {
    abandon("it-aaaaaaaaaa", OTHER_SPACE);
    new Ledger(directory, "https://elsewhere.example", SPACE)
        .record("it-bbbbbbbbbb", time.now())
        .close();
    for (String id : List.of("it-aaaaaaaaaa", "it-bbbbbbbbbb")) {
      clusters.deployAndAwait(Fixtures.paidCluster(id).build());
    }

    assertThat(ephemeral().sweep().destroyed()).isEmpty();

    assertThat(ledger()).hasSize(2);
    assertThat(clusters.list()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it",
        "it-short",
        "it-elevenchars",
        "it-aaaaa-aaaa",
        "xit-aaaaaaaaaa",
        "it-aaaaaaaaaa-copy",
        "other-aaaaaaaaaa"
      })
  void sweep_idOfOtherForm_isKept(String id) {
    clusters.deployAndAwait(Fixtures.paidCluster(id).build());
    time.advance(Duration.ofDays(30));

    assertThat(ephemeral().sweep().destroyed()).isEmpty();
    assertThat(clusters.list()).hasSize(1);
  }

  @Test
  void sweep_withoutLedger_usesPrefixAndAge() {
    clusters.deployAndAwait(Fixtures.paidCluster("it-aaaaaaaaaa").build());
    time.advance(Duration.ofHours(3));
    clusters.deployAndAwait(Fixtures.paidCluster("it-bbbbbbbbbb").build());
    time.advance(Duration.ofHours(4));

    assertThat(ephemeral().sweep().destroyed()).containsExactly("it-aaaaaaaaaa");

    assertThat(clusters.list()).extracting(Cluster::id).containsExactly("it-bbbbbbbbbb");
  }

  @Test
  void sweep_oneFailure_continuesAndReports() {
    for (String id : List.of("it-aaaaaaaaaa", "it-bbbbbbbbbb")) {
      abandon(id, SPACE);
      clusters.deployAndAwait(Fixtures.paidCluster(id).build());
    }
    simulator.faults().on(Operation.DESTROY).next(Fault.respond(400));

    SweepResult result = ephemeral().sweep();

    assertThat(result.destroyed()).containsExactly("it-bbbbbbbbbb");
    assertThat(result.failed()).containsOnlyKeys("it-aaaaaaaaaa");
    assertThat(ledger()).containsExactly("it-aaaaaaaaaa.properties");
  }

  @Test
  void sweep_foreignFile_isIgnored() throws IOException {
    Files.writeString(directory.resolve("notes.properties"), "id=precious\n");
    Files.writeString(directory.resolve("readme.txt"), "hello");
    clusters.deployAndAwait(Fixtures.paidCluster("precious").build());

    assertThat(ephemeral().sweep()).isEqualTo(new SweepResult(List.of(), Map.of(), List.of()));
    assertThat(clusters.list()).hasSize(1);
    assertThat(files()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void sweep_damagedEntry_isReportedOthersSwept(Damage damage) throws IOException {
    for (String id : List.of("it-aaaaaaaaaa", "it-bbbbbbbbbb", "it-cccccccccc")) {
      abandon(id, SPACE);
      clusters.deployAndAwait(Fixtures.paidCluster(id).build());
    }
    Path entry = directory.resolve("it-bbbbbbbbbb.properties");
    damage.apply(entry);
    time.advance(Duration.ofDays(30));

    SweepResult preview = ephemeral().previewSweep();
    assertThat(ephemeral().leftovers()).containsExactly("it-aaaaaaaaaa", "it-cccccccccc");
    SweepResult result = ephemeral().sweep();

    assertThat(result.destroyed()).containsExactly("it-aaaaaaaaaa", "it-cccccccccc");
    assertThat(result.failed()).isEmpty();
    assertThat(result.unreadable()).extracting(UnreadableEntry::file).containsExactly(entry);
    assertThat(result.unreadable().get(0).reason()).contains(damage.reason);
    assertThat(result.isComplete()).isFalse();
    assertThat(preview).isEqualTo(result);
    assertThat(clusters.list()).extracting(Cluster::id).containsExactly("it-bbbbbbbbbb");
    assertThat(ledger()).containsExactly("it-bbbbbbbbbb.properties");
  }

  /** What can happen to an entry. */
  @SuppressWarnings("ImmutableEnumChecker") // its changes are lambdas without state
  private enum Damage {
    NOT_UTF_8("not UTF-8", file -> Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0})),
    EMPTY("it has no service", file -> Files.write(file, new byte[0])),
    TRUNCATED("it has no ", file -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 99))),
    CUT_TIME(
        "its time is invalid",
        file -> Files.writeString(file, Files.readString(file).replaceAll("Z\\s*$", ""))),
    OTHER_ID(
        "its ID is not that of its name",
        file -> Files.writeString(file, Files.readString(file).replace("id=it", "id=at"))),
    BAD_ESCAPE("not a properties file", file -> Files.writeString(file, "id=\\u00zz")),
    HUGE("larger than an entry", file -> Files.write(file, new byte[1 << 20])),
    DIRECTORY(
        "not a file",
        file -> {
          Files.delete(file);
          Files.createDirectory(file);
        }),
    LINK_TO_ITSELF(
        "not a file",
        file -> {
          Files.delete(file);
          Files.createSymbolicLink(file, file);
        }),
    LOCK_IS_DIRECTORY(
        "it-bbbbbbbbbb.lock",
        file -> {
          Path lock = Path.of(file.toString().replace(".properties", ".lock"));
          Files.delete(lock);
          Files.createDirectory(lock);
        });

    private final String reason;
    private final FileChange change;

    Damage(String reason, FileChange change) {
      this.reason = reason;
      this.change = change;
    }

    void apply(Path file) throws IOException {
      change.apply(file);
    }
  }

  /** Changes a file. */
  @FunctionalInterface
  private interface FileChange {
    void apply(Path file) throws IOException;
  }

  @Test
  void sweep_otherPrefix_isKeptAndNotReported() throws IOException {
    for (String id : List.of("other-aaaaaaaaaa", "it-x-aaaaaaaaaa")) {
      abandon(id, SPACE);
      clusters.deployAndAwait(Fixtures.paidCluster(id).build());
    }
    Files.createDirectory(directory.resolve("other-bbbbbbbbbb.properties"));
    time.advance(Duration.ofDays(30));

    assertThat(ephemeral().sweep()).isEqualTo(new SweepResult(List.of(), Map.of(), List.of()));
    assertThat(clusters.list()).hasSize(2);
    assertThat(ledger()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "0"})
  void sweep_withoutCreatedAt_isKept(String createdAt) {
    clusters.deployAndAwait(Fixtures.paidCluster("it-aaaaaaaaaa").build());
    time.advance(Duration.ofDays(30));
    Faults.Rule rule =
        simulator.faults().on(Operation.LIST).always(Fault.extraField("createdAt", createdAt));

    assertThat(ephemeral().sweep().destroyed()).isEmpty();
    assertThat(simulator.receivedCount(Operation.DESTROY)).isZero();

    rule.remove();
    assertThat(ephemeral().sweep().destroyed()).containsExactly("it-aaaaaaaaaa");
  }

  @Test
  void sweep_ledgerIsFile_throws() throws IOException {
    Path file = Files.createFile(directory.resolve("a-file"));
    EphemeralClusters ephemeral =
        EphemeralClusters.builder(cloud, SPACE).ledger(file).timeSource(time).build();

    assertThatThrownBy(ephemeral::sweep)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("cannot be read", file.toString(), "ledger(path)");
  }

  @Test
  void sweep_oldFilesWithoutEntry_areDeleted() throws IOException {
    for (String name : List.of("it-aaaaaaaaaa.lock", "it-aaaaaaaaaa.new", "it-bbbbbbbbbb.lock")) {
      Files.createFile(directory.resolve(name));
    }
    for (String name : List.of("it-aaaaaaaaaa.lock", "it-aaaaaaaaaa.new")) {
      Files.setLastModifiedTime(
          directory.resolve(name),
          FileTime.from(time.now().minus(EphemeralClusters.IN_FLIGHT).minusSeconds(1)));
    }

    ephemeral().sweep();

    assertThat(files()).containsExactly("it-bbbbbbbbbb.lock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "It", "a b", "a--b", "-a", "a-", "ä"})
  void idPrefix_invalid_isRejected(String prefix) {
    assertThatThrownBy(() -> EphemeralClusters.builder(cloud, SPACE).idPrefix(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + prefix + "'");
  }

  /** Leaves an entry behind, as a killed process does. */
  private void abandon(String id, Scope scope) {
    new Ledger(directory, cloud.baseUrl(), scope).record(id, time.now()).close();
  }

  private EphemeralClusters ephemeral() {
    return EphemeralClusters.builder(cloud, SPACE)
        .idPrefix("it")
        .ledger(directory)
        .timeSource(time)
        .build();
  }

  /** The names of the entries. */
  private List<String> ledger() {
    return files().stream().filter(name -> name.endsWith(".properties")).toList();
  }

  /** The names of all files in the ledger. */
  private List<String> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TypeDBCloudClient client(String id, String secret) {
    return TypeDBCloudClient.builder()
        .baseUrl(simulator.url())
        .credentials(id, secret)
        .timeSource(time)
        .build();
  }

  private TypeDBCloudClient clientOf(TypeDBCloudSimulator other) {
    return TypeDBCloudClient.builder()
        .baseUrl(other.url())
        .credentials(other.clientId(), other.clientSecret())
        .timeSource(time)
        .build();
  }
}
