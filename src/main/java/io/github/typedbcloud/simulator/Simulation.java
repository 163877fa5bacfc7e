package io.github.typedbcloud.simulator;

import io.github.typedbcloud.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a simulator, which its Java API and its admin API control in the same way.
 * Thread-safe.
 */
final class Simulation {

  private final SimulatorClock clock;
  private volatile Settings settings;
  private final ClusterStore clusters;
  private final Authenticator authenticator;
  private final Faults faults;
  private final ReceivedRequests received;
  private Settings settingsAtStart;

  Simulation(
      TimeSource time,
      Settings initialSettings,
      Collection<CloudScope> scopes,
      @Nullable Consumer<ReceivedRequest> requestListener) {
    clock = new SimulatorClock(time);
    settings = initialSettings;
    settingsAtStart = initialSettings;
    clusters = new ClusterStore(scopes, clock, this::settings);
    authenticator =
        new Authenticator(
            clusters::has, new AccessTokens(clock, () -> settings().accessTokenLifetime()));
    faults = new Faults(clusters);
    received = new ReceivedRequests(clock, requestListener);
  }

  SimulatorClock clock() {
    return clock;
  }

  Settings settings() {
    return settings;
  }

  ClusterStore clusters() {
    return clusters;
  }

  Authenticator authenticator() {
    return authenticator;
  }

  Faults faults() {
    return faults;
  }

  ReceivedRequests received() {
    return received;
  }

  SecondClient secondClient(CloudScope scope) {
    return new SecondClient(scope, clusters, this::settings);
  }

  /** Changes the settings from now on. */
  synchronized void change(Consumer<Settings.Changes> changes) {
    settings = settings.with(changes);
  }

  /**
   * Adds an API token.
   *
   * @throws IllegalArgumentException when its client ID is in use or its scope does not exist
   */
  synchronized void addToken(ApiToken token) {
    authenticator.add(token);
  }

  /**
   * Applies a seed to the current state: adds its scopes, tokens and clusters, and replaces the
   * settings that it has.
   *
   * @throws ApiError when it does not fit the current state; then nothing is changed
   * @throws IllegalArgumentException when the settings are invalid; then nothing is changed
   * @throws IllegalStateException when the clock cannot be real; then nothing is changed
   */
  synchronized void apply(Seed seed) {
    Settings changed = settings().with(seed.settings());
    Set<CloudScope> scopes = new LinkedHashSet<>(clusters.scopes());
    scopes.addAll(seed.scopes());
    for (ApiToken token : seed.tokens()) {
      CloudScope scope = token.scope();
      if (scope != null && !scopes.contains(scope)) {
        throw ApiError.badRequest(
            "unknown_scope",
            "The API token \"%s\" is for the unknown %s; there is %s."
                .formatted(token.clientId(), scope, scopes));
      }
    }
    Instant now = seed.wallClock().orElseGet(clock::now);
    List<ClusterStore.NewCluster> added = new ArrayList<>();
    for (SeedCluster cluster : seed.clusters()) {
      added.add(newCluster(cluster, cluster.scopeIn(scopes), changed, now));
    }
    authenticator.requireUnused(seed.tokens());
    clock.requirePossible(seed.manual());
    // The first change is the only one that can still fail: clients deploy at the same time.
    clusters.addAll(seed.scopes(), added);
    seed.tokens().forEach(this::addToken);
    settings = changed;
    setTime(seed.manual(), seed.wallClock());
  }

  /** Adds a cluster in any status. */
  synchronized SimulatedCluster add(SeedCluster cluster) {
    CloudScope scope = cluster.scopeIn(clusters.scopes());
    return clusters
        .addAll(List.of(), List.of(newCluster(cluster, scope, settings(), clock.now())))
        .get(0);
  }

  private ClusterStore.NewCluster newCluster(
      SeedCluster cluster, CloudScope scope, Settings service, Instant now) {
    Instant createdAt = cluster.createdAt();
    return new ClusterStore.NewCluster(
        scope,
        cluster.settings(service, scope.kind()),
        cluster.status(),
        createdAt == null ? now : createdAt);
  }

  /**
   * Changes the clock.
   *
   * @throws IllegalStateException when it cannot be real; then nothing is changed
   * @throws IllegalArgumentException for an impossible wall clock; then nothing is changed
   */
  void setTime(Optional<Boolean> manual, Optional<Instant> wallClock) {
    clock.set(manual, wallClock);
  }

  /** Makes the current state the one to which {@link #reset} returns. */
  synchronized void markStart() {
    settingsAtStart = settings();
    clock.markStart();
    authenticator.markStart();
    clusters.markStart();
  }

  /** Returns to the start in these parts. */
  synchronized void reset(Set<ResetPart> parts) {
    // The clusters that begin again get the time of the clock.
    if (parts.contains(ResetPart.CLOCK)) {
      clock.reset();
    }
    if (parts.contains(ResetPart.FAULTS)) {
      faults.reset();
    }
    if (parts.contains(ResetPart.STATE)) {
      settings = settingsAtStart;
      clusters.reset();
      authenticator.reset();
    }
    if (parts.contains(ResetPart.REQUESTS)) {
      received.clear();
    }
  }
}
