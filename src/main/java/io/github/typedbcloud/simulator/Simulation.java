package io.github.typedbcloud.simulator;

import io.github.typedbcloud.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a simulator, which its Java API and its admin API control in the same way.
 * Thread-safe.
 */
final class Simulation {

  private static final Logger LOG = LoggerFactory.getLogger(Simulation.class);

  private final SimulatorClock clock;
  private volatile Settings settings;
  private final ClusterStore clusters;
  private final Authenticator authenticator;
  private final Faults faults;
  private final ReceivedRequests received;
  private final Consumer<String> exchangeListener;
  private Settings settingsAtStart;
  private final AtomicLong resets = new AtomicLong();

  /** Held to read while a request is processed, and to write while several parts change. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  Simulation(
      TimeSource time,
      Settings initialSettings,
      Collection<CloudScope> scopes,
      @Nullable Consumer<ReceivedRequest> requestListener,
      Consumer<String> exchangeListener) {
    clock = new SimulatorClock(time);
    settings = initialSettings;
    settingsAtStart = initialSettings;
    clusters = new ClusterStore(scopes, clock, this::settings);
    authenticator =
        new Authenticator(
            clusters::has, new AccessTokens(clock, () -> settings().accessTokenLifetime()));
    faults = new Faults(clusters);
    received = new ReceivedRequests(clock, requestListener);
    this.exchangeListener = exchangeListener;
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

  /** How often the state was reset. */
  long resets() {
    return resets.get();
  }

  /**
   * Processes a request of the service, not while the state is seeded or reset.
   *
   * @param resetsBefore {@link #resets()} when the request was received; empty for any
   * @return null, without processing it, when the state was reset since
   */
  <T> @Nullable T process(OptionalLong resetsBefore, Supplier<T> request) {
    lock.readLock().lock();
    try {
      return resetsBefore.orElse(resets()) == resets() ? request.get() : null;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Notifies the listener of a token exchange, which may change the state: holds no lock. */
  void exchanged(String clientId) {
    try {
      exchangeListener.accept(clientId);
    } catch (RuntimeException e) {
      LOG.warn("The listener for token exchanges failed", e);
    }
  }

  /** Changes several parts at once, not while a request is processed. */
  private void exclusively(Runnable change) {
    lock.writeLock().lock();
    try {
      change.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Changes the settings from now on. */
  void change(Consumer<Settings.Changes> changes) {
    exclusively(() -> settings = settings.with(changes));
  }

  /**
   * Adds an API token.
   *
   * @throws IllegalArgumentException when its client ID is in use or its scope does not exist
   */
  void addToken(ApiToken token) {
    exclusively(() -> authenticator.add(token));
  }

  /**
   * Applies a seed to the current state: adds its scopes, tokens and clusters, and replaces the
   * settings that it has.
   *
   * @throws ApiError when it does not fit the current state; then nothing is changed
   * @throws IllegalArgumentException when the settings are invalid; then nothing is changed
   * @throws IllegalStateException when the clock cannot be real; then nothing is changed
   */
  void apply(Seed seed) {
    exclusively(() -> applyAlone(seed));
  }

  private void applyAlone(Seed seed) {
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
    // From here on nothing can fail.
    clusters.addAll(seed.scopes(), added);
    seed.tokens().forEach(authenticator::add);
    settings = changed;
    clock.set(seed.manual(), seed.wallClock());
  }

  /** Adds a cluster in any status. */
  SimulatedCluster add(SeedCluster cluster) {
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

  /** Makes the current state the one to which {@link #reset} returns. */
  void markStart() {
    settingsAtStart = settings();
    clock.markStart();
    authenticator.markStart();
    clusters.markStart();
  }

  /** Returns to the start in these parts. */
  void reset(Set<ResetPart> parts) {
    exclusively(() -> resetAlone(parts));
  }

  private void resetAlone(Set<ResetPart> parts) {
    if (parts.contains(ResetPart.CLOCK)) {
      clock.reset();
    }
    if (parts.contains(ResetPart.FAULTS)) {
      faults.reset();
    }
    if (parts.contains(ResetPart.STATE)) {
      resets.incrementAndGet();
      settings = settingsAtStart;
      clusters.reset();
      authenticator.reset();
    }
    if (parts.contains(ResetPart.REQUESTS)) {
      received.clear();
    }
  }
}
