package io.github.typedbcloud.support;

import io.github.typedbcloud.model.BackupConfiguration;
import io.github.typedbcloud.model.BackupFrequency;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.Server;
import io.github.typedbcloud.model.ServerStatus;
import io.github.typedbcloud.model.UpdateClusterRequest;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Generated values of every model type, with whatever a service could send. */
public final class Models extends DomainContextBase {

  private static final int MOST = 4;

  @Provide
  public Arbitrary<Cluster> clusters() {
    return Builders.withBuilder(() -> Cluster.builder("c"))
        .use(ints())
        .in(Cluster.Builder::serverCount)
        .use(ints())
        .in(Cluster.Builder::storageSizeGB)
        .use(Arbitraries.of(true, false))
        .in(Cluster.Builder::free)
        .use(clusterStatuses())
        .in(Cluster.Builder::status)
        .use(Arbitraries.longs().between(-(1L << 60), 1L << 60).map(Instant::ofEpochMilli))
        .in(Cluster.Builder::createdAt)
        .use(scopes())
        .in(Cluster.Builder::owner)
        .use(texts())
        .in(Cluster.Builder::version)
        .use(providers())
        .in(Cluster.Builder::provider)
        .use(texts())
        .in(Cluster.Builder::region)
        .use(texts())
        .in(Cluster.Builder::machineType)
        .use(texts())
        .in(Cluster.Builder::storageType)
        .use(servers().list().ofMaxSize(MOST))
        .in(Cluster.Builder::servers)
        .use(unknownFields())
        .in(Cluster.Builder::additionalProperties)
        .build(Cluster.Builder::build);
  }

  @Provide
  public Arbitrary<Server> servers() {
    return Combinators.combine(texts(), serverStatuses(), unknownFields()).as(Server::new);
  }

  @Provide
  public Arbitrary<Scope> scopes() {
    return Combinators.combine(Arbitraries.of(true, false), texts(), texts())
        .as(
            (project, owner, name) ->
                project ? Scope.project(owner, name) : Scope.space(owner, name));
  }

  @Provide
  public Arbitrary<DeployClusterRequest> deployments() {
    return Builders.withBuilder(DeployClusterRequest::builder)
        .use(texts())
        .in(DeployClusterRequest.Builder::id)
        .use(ints())
        .in(DeployClusterRequest.Builder::serverCount)
        .use(ints())
        .in(DeployClusterRequest.Builder::storageSizeGB)
        .use(providers())
        .in(DeployClusterRequest.Builder::provider)
        .use(texts())
        .in(DeployClusterRequest.Builder::region)
        .use(Arbitraries.of(true, false))
        .in(DeployClusterRequest.Builder::free)
        .use(texts())
        .in(DeployClusterRequest.Builder::machineType)
        .use(texts())
        .withProbability(0.5)
        .in(DeployClusterRequest.Builder::storageType)
        .use(texts())
        .in(DeployClusterRequest.Builder::version)
        .use(backups())
        .withProbability(0.5)
        .in(DeployClusterRequest.Builder::backup)
        .build(DeployClusterRequest.Builder::build);
  }

  @Provide
  public Arbitrary<UpdateClusterRequest> updates() {
    return Combinators.combine(
            texts().injectNull(0.5),
            ints().injectNull(0.5),
            texts().injectNull(0.5),
            backups().injectNull(0.5),
            texts().injectNull(0.5))
        .as(UpdateClusterRequest::new);
  }

  @Provide
  public Arbitrary<BackupConfiguration> backups() {
    return Combinators.combine(frequencies().injectNull(0.3), ints().injectNull(0.3))
        .as(BackupConfiguration::new);
  }

  @Provide
  public Arbitrary<ClusterStatus> clusterStatuses() {
    return texts().map(ClusterStatus::of);
  }

  @Provide
  public Arbitrary<ServerStatus> serverStatuses() {
    return texts().map(ServerStatus::of);
  }

  @Provide
  public Arbitrary<Provider> providers() {
    return texts().map(Provider::of);
  }

  @Provide
  public Arbitrary<BackupFrequency> frequencies() {
    return texts().map(BackupFrequency::of);
  }

  /** Any text, but for halves of surrogate pairs, which no JSON in UTF-8 can hold. */
  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of("", "null", "İstanbul", "\"\\\u0000\n", "𝄞 𐐀", "ﬁ", "../x", "RUNNING"),
        Arbitraries.strings().ofMaxLength(12).filter(Models::isWhole));
  }

  private static boolean isWhole(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static Arbitrary<Integer> ints() {
    return Arbitraries.integers();
  }

  /** Nested objects and arrays with nulls in them, under names that no release knows. */
  private static Arbitrary<Map<String, Object>> unknownFields() {
    return Arbitraries.maps(names(), jsonValues()).ofMaxSize(MOST);
  }

  private static Arbitrary<Object> jsonValues() {
    return Arbitraries.lazyOf(
        () -> texts().map(Object.class::cast),
        Models::scalars,
        () -> jsonValues().list().ofMaxSize(2).map(Object.class::cast),
        () -> Arbitraries.maps(names(), jsonValues()).ofMaxSize(2).map(Object.class::cast));
  }

  private static Arbitrary<Object> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.integers().map(Object.class::cast),
        Arbitraries.longs().greaterOrEqual(1L << 40).map(Object.class::cast),
        Arbitraries.doubles().map(Object.class::cast),
        Arbitraries.of(true, false).map(Object.class::cast),
        Arbitraries.just((Object) null));
  }

  private static Arbitrary<String> names() {
    return texts().map(text -> "x-" + text);
  }
}
