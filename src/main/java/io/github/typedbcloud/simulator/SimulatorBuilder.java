package io.github.typedbcloud.simulator;

import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The settings of a {@link TypeDBCloudSimulator}, each with a default. Not for use by several
 * threads at once.
 */
public final class SimulatorBuilder {

  /** How long each transition of a cluster takes when nothing else is said. */
  public static final Duration DEFAULT_TRANSITION_TIME = Duration.ofSeconds(2);

  /** How long an access token is valid when nothing else is said, as in the real service. */
  public static final Duration DEFAULT_ACCESS_TOKEN_LIFETIME = Duration.ofHours(1);

  private static final List<String> DEFAULT_VERSIONS = List.of("2.29.3", "3.0.6", "3.5.1");

  private final Set<CloudScope> scopes = new LinkedHashSet<>();
  private final List<ApiToken> apiTokens = new ArrayList<>();
  private TimeSource time = TimeSource.system();
  private Duration startingTime = DEFAULT_TRANSITION_TIME;
  private Duration suspendingTime = DEFAULT_TRANSITION_TIME;
  private Duration resumingTime = DEFAULT_TRANSITION_TIME;
  private Duration destroyingTime = DEFAULT_TRANSITION_TIME;
  private Duration accessTokenLifetime = DEFAULT_ACCESS_TOKEN_LIFETIME;
  private boolean paymentMethod = true;
  private List<String> versions = DEFAULT_VERSIONS;
  private int port;

  SimulatorBuilder() {}

  /**
   * Adds a project. Without any project or space the simulator has the project {@code
   * my-org/default} and the space {@code my-team/default}; the first one named replaces both.
   */
  public SimulatorBuilder project(String organization, String project) {
    scopes.add(CloudScope.project(organization, project));
    return this;
  }

  /** Adds a space; see {@link #project} for what there is without any. */
  public SimulatorBuilder space(String team, String space) {
    scopes.add(CloudScope.space(team, space));
    return this;
  }

  /** Adds an API token that has the level on every project and space. */
  public SimulatorBuilder apiToken(String clientId, String clientSecret, AccessLevel level) {
    apiTokens.add(new ApiToken(clientId, clientSecret, level, null));
    return this;
  }

  /** Adds an API token that has the level on one project and nothing elsewhere. */
  public SimulatorBuilder apiTokenForProject(
      String clientId,
      String clientSecret,
      AccessLevel level,
      String organization,
      String project) {
    CloudScope scope = CloudScope.project(organization, project);
    apiTokens.add(new ApiToken(clientId, clientSecret, level, scope));
    return this;
  }

  /** Adds an API token that has the level on one space and nothing elsewhere. */
  public SimulatorBuilder apiTokenForSpace(
      String clientId, String clientSecret, AccessLevel level, String team, String space) {
    apiTokens.add(new ApiToken(clientId, clientSecret, level, CloudScope.space(team, space)));
    return this;
  }

  /**
   * Where the simulator reads the time: {@code createdAt}, the {@code Date} of answers and the
   * dates in access tokens from its wall clock, transitions and expiry from its elapsed time. By
   * default the machine's clocks.
   */
  public SimulatorBuilder time(TimeSource newTime) {
    time = newTime;
    return this;
  }

  /**
   * How long starting, suspending, resuming and destroying take each; 2 seconds by default.
   *
   * @param each zero or more; with zero only the answer that begins a transition shows it
   */
  public SimulatorBuilder transitionTime(Duration each) {
    return startingTime(each).suspendingTime(each).resumingTime(each).destroyingTime(each);
  }

  /** How long a cluster is {@code starting}; zero or more. */
  public SimulatorBuilder startingTime(Duration duration) {
    startingTime = notNegative(duration);
    return this;
  }

  /** How long a cluster is {@code suspending}; zero or more. */
  public SimulatorBuilder suspendingTime(Duration duration) {
    suspendingTime = notNegative(duration);
    return this;
  }

  /** How long a cluster is {@code resuming}; zero or more. */
  public SimulatorBuilder resumingTime(Duration duration) {
    resumingTime = notNegative(duration);
    return this;
  }

  /** How long a cluster is {@code destroying}; zero or more. */
  public SimulatorBuilder destroyingTime(Duration duration) {
    destroyingTime = notNegative(duration);
    return this;
  }

  /** How long an access token is valid; more than zero, 1 hour by default. */
  public SimulatorBuilder accessTokenLifetime(Duration lifetime) {
    if (notNegative(lifetime).isZero()) {
      throw new IllegalArgumentException("An access token must live longer than zero time.");
    }
    accessTokenLifetime = lifetime;
    return this;
  }

  /**
   * Whether organizations and teams have a valid payment method, which clusters that are not free
   * need; true by default.
   */
  public SimulatorBuilder paymentMethod(boolean valid) {
    paymentMethod = valid;
    return this;
  }

  /**
   * What list versions answers; {@code 2.29.3}, {@code 3.0.6} and {@code 3.5.1} by default. Deploy
   * accepts every version of the right form, listed or not.
   */
  public SimulatorBuilder versions(List<String> newVersions) {
    versions = List.copyOf(newVersions);
    return this;
  }

  /**
   * Where to listen, on the loopback interface only.
   *
   * @param newPort 0 to 65535; 0, the default, is any that is free
   */
  public SimulatorBuilder port(int newPort) {
    if (newPort < 0 || newPort > 65_535) {
      throw new IllegalArgumentException(
          "There is no port " + newPort + "; give one from 0 to 65535.");
    }
    port = newPort;
    return this;
  }

  /**
   * Starts a simulator with these settings. May be called again for another one.
   *
   * @throws java.io.UncheckedIOException when the port cannot be had
   * @throws IllegalArgumentException when two API tokens have one client ID, or an API token is for
   *     a project or space that there is not
   */
  public TypeDBCloudSimulator start() {
    List<CloudScope> all =
        scopes.isEmpty()
            ? List.of(
                CloudScope.project("my-org", "default"), CloudScope.space("my-team", "default"))
            : List.copyOf(scopes);
    Authenticator doorkeeper = new Authenticator(all, new AccessTokens(time, accessTokenLifetime));
    apiTokens.forEach(doorkeeper::add);
    TransitionTimes times =
        new TransitionTimes(startingTime, suspendingTime, resumingTime, destroyingTime);
    ClusterStore store = new ClusterStore(all, time, times, paymentMethod);
    return new TypeDBCloudSimulator(
        port, all, doorkeeper, store, new CloudService(doorkeeper, store, versions), time);
  }

  private static Duration notNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(duration + " is negative; give zero or more.");
    }
    return duration;
  }
}
