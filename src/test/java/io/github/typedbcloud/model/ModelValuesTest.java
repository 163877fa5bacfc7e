package io.github.typedbcloud.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The models are immutable, equal by content, and have a readable form. */
class ModelValuesTest {

  private static final Cluster CLUSTER =
      Cluster.builder("api-cluster")
          .serverCount(3)
          .storageSizeGB(10)
          .free(true)
          .status(ClusterStatus.STARTING)
          .createdAt(Instant.ofEpochMilli(1738256490070L))
          .owner(Scope.project("new-org", "default"))
          .version("3.0.6")
          .provider(Provider.GCP)
          .region("europe-west2")
          .machineType("c2d-highcpu-2")
          .storageType("standard-rwo")
          .servers(
              List.of(
                  new Server("a:80", ServerStatus.RUNNING),
                  new Server("b:80", ServerStatus.PENDING)))
          .build();

  @Test
  void cluster_changedArguments_isUnchanged() {
    List<Server> servers = new ArrayList<>(List.of(new Server("a:80", ServerStatus.RUNNING)));
    List<Object> inner = new ArrayList<>(List.of("x"));
    Map<String, Object> deep = new HashMap<>(Map.of("list", inner));
    Map<String, Object> unknown = new HashMap<>(Map.of("deep", deep));
    Cluster cluster = CLUSTER.toBuilder().servers(servers).additionalProperties(unknown).build();
    servers.clear();
    inner.clear();
    deep.clear();
    unknown.clear();

    assertThat(cluster.servers()).hasSize(1);
    assertThat(cluster.additionalProperties())
        .isEqualTo(Map.of("deep", Map.of("list", List.of("x"))));
  }

  @Test
  void collections_atEveryDepth_areUnmodifiable() {
    Map<String, Object> unknown = Map.of("deep", Map.of("list", List.of("x")));
    Cluster cluster = CLUSTER.toBuilder().additionalProperties(new HashMap<>(unknown)).build();
    Server server = new Server("a:80", ServerStatus.RUNNING, new HashMap<>(unknown));

    assertUnmodifiable(() -> cluster.servers().add(server));
    assertUnmodifiable(() -> cluster.additionalProperties().put("x", 1));
    assertUnmodifiable(() -> server.additionalProperties().clear());
    Map<?, ?> deep = (Map<?, ?>) cluster.additionalProperties().get("deep");
    assertUnmodifiable(deep::clear);
    assertUnmodifiable(((List<?>) deep.get("list"))::clear);
  }

  @Test
  void unknownFields_withNull_keepOrderAndNull() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("zebra", null);
    json.put("id", "a");
    json.put("ant", List.of());

    assertThat(Cluster.fromMap(json).additionalProperties())
        .containsOnlyKeys("zebra", "ant")
        .containsEntry("zebra", null);
    assertThat(Cluster.fromMap(json).additionalProperties().keySet())
        .containsExactly("zebra", "ant");
  }

  static Stream<Function<String, Object>> extensibleValues() {
    return Stream.of(ClusterStatus::of, ServerStatus::of, Provider::of, BackupFrequency::of);
  }

  @ParameterizedTest
  @MethodSource("extensibleValues")
  void extensibleValues_otherCase_areEqual(Function<String, Object> of) {
    Locale before = Locale.getDefault();
    try {
      for (String language : List.of("en", "tr", "lt")) {
        Locale.setDefault(Locale.forLanguageTag(language));
        assertThat(of.apply("SUSPENDING I"))
            .isEqualTo(of.apply("suspending i"))
            .hasSameHashCodeAs(of.apply("Suspending i"))
            .hasToString("suspending i");
      }
    } finally {
      Locale.setDefault(before);
    }
    assertThat(of.apply("running")).isNotEqualTo(of.apply("runnin"));
  }

  @Test
  void constants_areTheValuesOfTheReference() {
    assertThat(
            Stream.of(
                ClusterStatus.STARTING,
                ClusterStatus.RUNNING,
                ClusterStatus.SUSPENDING,
                ClusterStatus.SUSPENDED,
                ClusterStatus.RESUMING,
                ClusterStatus.DESTROYING))
        .extracting(ClusterStatus::value)
        .containsExactly(
            "starting", "running", "suspending", "suspended", "resuming", "destroying");
    assertThat(Stream.of(ServerStatus.PENDING, ServerStatus.RUNNING))
        .extracting(ServerStatus::value)
        .containsExactly("pending", "running");
    assertThat(Stream.of(Provider.GCP, Provider.AWS))
        .extracting(Provider::value)
        .containsExactly("gcp", "aws");
    assertThat(Stream.of(BackupFrequency.DISABLED, BackupFrequency.HOURLY, BackupFrequency.DAILY))
        .extracting(BackupFrequency::value)
        .containsExactly("disabled", "hourly", "daily");
  }

  @Test
  void toBuilder_oneChange_leavesOriginal() {
    DeployClusterRequest first = DeployClusterRequest.builder().id("a").region("r").build();
    DeployClusterRequest second = first.toBuilder().id("b").build();
    assertThat(first.id()).isEqualTo("a");
    assertThat(second).isEqualTo(DeployClusterRequest.builder().id("b").region("r").build());

    Cluster moved = CLUSTER.toBuilder().status(ClusterStatus.RUNNING).build();
    assertThat(moved).isNotEqualTo(CLUSTER);
    assertThat(moved.toBuilder().status(ClusterStatus.STARTING).build()).isEqualTo(CLUSTER);
  }

  static Stream<Arguments> nulls() {
    Server server = new Server("a:80", ServerStatus.RUNNING);
    return Stream.of(
        nullComponent("id", () -> Cluster.builder(null).build()),
        nullComponent("status", () -> CLUSTER.toBuilder().status(null).build()),
        nullComponent("createdAt", () -> CLUSTER.toBuilder().createdAt(null).build()),
        nullComponent("owner", () -> CLUSTER.toBuilder().owner(null).build()),
        nullComponent("version", () -> CLUSTER.toBuilder().version(null).build()),
        nullComponent("provider", () -> CLUSTER.toBuilder().provider(null).build()),
        nullComponent("region", () -> CLUSTER.toBuilder().region(null).build()),
        nullComponent("machineType", () -> CLUSTER.toBuilder().machineType(null).build()),
        nullComponent("storageType", () -> CLUSTER.toBuilder().storageType(null).build()),
        nullComponent("servers", () -> CLUSTER.toBuilder().servers(null).build()),
        nullComponent(
            "additionalProperties", () -> CLUSTER.toBuilder().additionalProperties(null).build()),
        nullComponent("address", () -> new Server(null, server.status())),
        nullComponent("status", () -> new Server("a", null)),
        nullComponent("additionalProperties", () -> new Server("a", server.status(), null)),
        nullComponent("organization", () -> Scope.project(null, "p")),
        nullComponent("project", () -> Scope.project("o", null)),
        nullComponent("team", () -> Scope.space(null, "s")),
        nullComponent("space", () -> Scope.space("t", null)),
        nullComponent("value", () -> ClusterStatus.of(null)),
        nullComponent("value", () -> ServerStatus.of(null)),
        nullComponent("value", () -> Provider.of(null)),
        nullComponent("value", () -> BackupFrequency.of(null)),
        nullComponent("id", () -> DeployClusterRequest.builder().id(null).build()),
        nullComponent("provider", () -> DeployClusterRequest.builder().provider(null).build()),
        nullComponent("region", () -> DeployClusterRequest.builder().region(null).build()),
        nullComponent(
            "machineType", () -> DeployClusterRequest.builder().machineType(null).build()),
        nullComponent("storageType", () -> DeployClusterRequest.builder().storageType(null)),
        nullComponent("version", () -> DeployClusterRequest.builder().version(null).build()),
        nullComponent("backup", () -> DeployClusterRequest.builder().backup(null)),
        nullComponent("id", () -> UpdateClusterRequest.builder().id(null)),
        nullComponent("machineType", () -> UpdateClusterRequest.builder().machineType(null)),
        nullComponent("backup", () -> UpdateClusterRequest.builder().backup(null)),
        nullComponent("version", () -> UpdateClusterRequest.builder().version(null)),
        nullComponent("status", () -> new StatusChange(null, Instant.EPOCH, Duration.ZERO)),
        nullComponent("at", () -> new StatusChange(ClusterStatus.RUNNING, null, Duration.ZERO)),
        nullComponent(
            "elapsed", () -> new StatusChange(ClusterStatus.RUNNING, Instant.EPOCH, null)),
        nullComponent(
            "clusterId", () -> new WaitProgress(null, 1, Duration.ZERO, null, null, Duration.ZERO)),
        nullComponent("elapsed", () -> new WaitProgress("a", 1, null, null, null, Duration.ZERO)),
        nullComponent("nextPoll", () -> new WaitProgress("a", 1, Duration.ZERO, null, null, null)));
  }

  @ParameterizedTest(name = "{index}: {0}")
  @MethodSource("nulls")
  void requiredComponent_null_failsByName(String component, ThrowingCallable call) {
    assertThatNullPointerException().isThrownBy(call).withMessage(component + " must not be null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ar", "de"})
  void toString_anyLocale_isReadable(String language) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      assertStrings();
    } finally {
      Locale.setDefault(before);
    }
  }

  private static void assertStrings() {
    assertThat(CLUSTER)
        .hasToString(
            "api-cluster: starting, 1/3 servers running, gcp europe-west2 c2d-highcpu-2, 10 GB"
                + " standard-rwo, TypeDB 3.0.6, free, created 2025-01-30T17:01:30.070Z, project"
                + " new-org/default");
    assertThat(CLUSTER.toBuilder().free(false).additionalProperties(Map.of("zone", "b")).build())
        .asString()
        .contains(", paid, ")
        .endsWith(", {zone=b}");
    assertThat(CLUSTER.servers().get(0)).hasToString("a:80 (running)");
    assertThat(Scope.space("t", "s")).hasToString("space t/s");
    assertThat(new StatusChange(ClusterStatus.RUNNING, Instant.EPOCH, Duration.ofMillis(1250)))
        .hasToString("running after 1.3 s");
    assertThat(progress(CLUSTER, null, Duration.ofSeconds(3)))
        .hasToString("a: starting, 1/3 servers running, 61.5 s, next poll in 3.0 s");
    assertThat(progress(CLUSTER, null, Duration.ZERO))
        .hasToString("a: starting, 1/3 servers running, 61.5 s");
    assertThat(progress(null, null, Duration.ZERO)).hasToString("a: gone, 61.5 s");
    assertThat(progress(null, new IllegalStateException("secret"), Duration.ofMillis(2200)))
        .hasToString("a: poll failed (IllegalStateException), 61.5 s, next poll in 2.2 s");
  }

  private static WaitProgress progress(Cluster cluster, RuntimeException failure, Duration next) {
    return new WaitProgress("a", 1, Duration.ofMillis(61_500), cluster, failure, next);
  }

  private static void assertUnmodifiable(ThrowingCallable change) {
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(change);
  }

  private static Arguments nullComponent(String component, ThrowingCallable call) {
    return Arguments.of(component, call);
  }
}
