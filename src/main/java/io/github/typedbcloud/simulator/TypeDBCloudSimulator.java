package io.github.typedbcloud.simulator;

import io.github.typedbcloud.internal.httpserver.HttpServer;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A TypeDB Cloud in this process, for tests and for trying things out: real clusters in all but the
 * machines, behind real HTTP on the loopback interface, for a client in any language.
 *
 * <pre>{@code
 * try (TypeDBCloudSimulator cloud = TypeDBCloudSimulator.start()) {
 *   // give cloud.url(), cloud.clientId() and cloud.clientSecret() to a client
 * }
 * }</pre>
 *
 * <p>It serves both versions of the API: {@code /api} for projects of organizations and {@code
 * /api/v1} for spaces of teams. An access token from either token exchange is valid for both. It
 * keeps the service's rules and answers its errors, and clusters go through their statuses as time
 * passes. Nothing outlives it.
 *
 * <p>Thread-safe. All its threads are daemons, so a program that forgets to close it ends all the
 * same.
 */
public final class TypeDBCloudSimulator implements AutoCloseable {

  private static final String CLIENT_ID = "simulator-admin";

  private final List<CloudScope> scopes;
  private final Authenticator authenticator;
  private final ClusterStore clusters;
  private final CloudService service;
  private final HttpServer server;
  private final ApiToken admin;
  private final String url;
  private volatile boolean closed;

  TypeDBCloudSimulator(
      int port,
      List<CloudScope> scopes,
      Authenticator authenticator,
      ClusterStore clusters,
      CloudService service,
      TimeSource time) {
    this.scopes = scopes;
    this.authenticator = authenticator;
    this.clusters = clusters;
    this.service = service;
    this.admin = ApiToken.admin(CLIENT_ID);
    authenticator.add(admin);
    this.server = new HttpServer("typedb-cloud-simulator", port, time, service);
    this.url = "http://127.0.0.1:" + server.port();
  }

  /**
   * Starts a simulator with the project {@code my-org/default}, the space {@code my-team/default}
   * and every other setting at its default, on a port chosen by the system.
   *
   * @throws java.io.UncheckedIOException when there is no free port
   */
  public static TypeDBCloudSimulator start() {
    return builder().start();
  }

  /** Settings other than the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where it listens, like {@code http://127.0.0.1:49152}: the base URL for a client. */
  public String url() {
    return url;
  }

  /** The client ID of an API token that is always there, with the level admin everywhere. */
  public String clientId() {
    return admin.clientId();
  }

  /** The secret that belongs to {@link #clientId()}; another one in each simulator. */
  public String clientSecret() {
    return admin.clientSecret();
  }

  /**
   * The organization of the first project.
   *
   * @throws IllegalStateException when there are only spaces
   */
  public String organization() {
    return CloudScope.first(scopes, ApiVersion.PROJECTS).owner();
  }

  /**
   * The first project.
   *
   * @throws IllegalStateException when there are only spaces
   */
  public String project() {
    return CloudScope.first(scopes, ApiVersion.PROJECTS).name();
  }

  /**
   * The team of the first space.
   *
   * @throws IllegalStateException when there are only projects
   */
  public String team() {
    return CloudScope.first(scopes, ApiVersion.SPACES).owner();
  }

  /**
   * The first space.
   *
   * @throws IllegalStateException when there are only projects
   */
  public String space() {
    return CloudScope.first(scopes, ApiVersion.SPACES).name();
  }

  /**
   * Adds an API token that has the level on every project and space.
   *
   * @throws IllegalArgumentException when its client ID is in use
   */
  public void addApiToken(String newClientId, String newClientSecret, AccessLevel level) {
    authenticator.add(new ApiToken(newClientId, newClientSecret, level, null));
  }

  /**
   * Adds an API token that has the level on one project and nothing elsewhere.
   *
   * @throws IllegalArgumentException when its client ID is in use or there is no such project
   */
  public void addApiTokenForProject(
      String newClientId,
      String newClientSecret,
      AccessLevel level,
      String organization,
      String project) {
    CloudScope scope = CloudScope.project(organization, project);
    authenticator.add(new ApiToken(newClientId, newClientSecret, level, scope));
  }

  /**
   * Adds an API token that has the level on one space and nothing elsewhere.
   *
   * @throws IllegalArgumentException when its client ID is in use or there is no such space
   */
  public void addApiTokenForSpace(
      String newClientId, String newClientSecret, AccessLevel level, String team, String space) {
    CloudScope scope = CloudScope.space(team, space);
    authenticator.add(new ApiToken(newClientId, newClientSecret, level, scope));
  }

  /**
   * Takes an API token away: the token exchange refuses it with 400 from here on. Access tokens
   * that it was exchanged for before live on until they expire; see {@link #expireAccessTokens}.
   *
   * @throws IllegalArgumentException when there is no API token with this client ID
   */
  public void revokeApiToken(String revokedClientId) {
    authenticator.revoke(revokedClientId);
  }

  /** Ends every access token issued so far: calls with them response 401 from here on. */
  public void expireAccessTokens() {
    authenticator.expireAccessTokens();
  }

  /** What goes wrong, and when; nothing unless it is set there. */
  public Faults faults() {
    return service.faults();
  }

  /**
   * The requests that have come, oldest first: the newest 10,000, those under way included. What is
   * no request of HTTP, or has too large a header or body, is refused before it counts.
   */
  public List<ReceivedRequest> received() {
    return service.received().all();
  }

  /** How many requests have come, also those that {@link #received} no longer holds. */
  public long receivedCount() {
    return service.received().count();
  }

  /** How many requests for this have come, also those that {@link #received} no longer holds. */
  public long receivedCount(Operation operation) {
    return service.received().count(operation);
  }

  /** Empties {@link #received} and counts from 0 again. */
  public void clearReceived() {
    service.received().clear();
  }

  /**
   * The clusters of a project as they are now.
   *
   * @throws IllegalArgumentException when there is no such project
   */
  public ClusterSnapshot clustersOfProject(String organization, String project) {
    return clusters.census(CloudScope.project(organization, project).requireIn(scopes));
  }

  /**
   * The clusters of a space as they are now.
   *
   * @throws IllegalArgumentException when there is no such space
   */
  public ClusterSnapshot clustersOfSpace(String team, String space) {
    return clusters.census(CloudScope.space(team, space).requireIn(scopes));
  }

  /**
   * How many connections are open now, idle ones included. One that a client has just closed may
   * count for a moment longer.
   */
  public int openConnections() {
    return server.openConnections();
  }

  /**
   * Ends all connections at once and frees the port. The clusters are gone. Closing twice is
   * harmless.
   */
  @Override
  public void close() {
    closed = true;
    server.close();
  }

  /** The URL and what there is, without any secret. */
  @Override
  public String toString() {
    return "TypeDBCloudSimulator[%s, %s, clusters: %s]"
        .formatted(closed ? "closed" : url, scopes, clusters.count());
  }

  /**
   * The settings of a {@link TypeDBCloudSimulator}, each with a default. Not for use by several
   * threads at once.
   */
  public static final class Builder {

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

    Builder() {}

    /**
     * Adds a project. Without any project or space the simulator has the project {@code
     * my-org/default} and the space {@code my-team/default}; the first one named replaces both.
     */
    public Builder project(String organization, String project) {
      scopes.add(CloudScope.project(organization, project));
      return this;
    }

    /** Adds a space; see {@link #project} for what there is without any. */
    public Builder space(String team, String space) {
      scopes.add(CloudScope.space(team, space));
      return this;
    }

    /** Adds an API token that has the level on every project and space. */
    public Builder apiToken(String clientId, String clientSecret, AccessLevel level) {
      apiTokens.add(new ApiToken(clientId, clientSecret, level, null));
      return this;
    }

    /** Adds an API token that has the level on one project and nothing elsewhere. */
    public Builder apiTokenForProject(
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
    public Builder apiTokenForSpace(
        String clientId, String clientSecret, AccessLevel level, String team, String space) {
      apiTokens.add(new ApiToken(clientId, clientSecret, level, CloudScope.space(team, space)));
      return this;
    }

    /**
     * Where the simulator reads the time: {@code createdAt}, the {@code Date} of answers and the
     * dates in access tokens from its wall clock, transitions and expiry from its elapsed time. By
     * default the machine's clocks.
     */
    public Builder time(TimeSource newTime) {
      time = newTime;
      return this;
    }

    /**
     * How long starting, suspending, resuming and destroying take each; 2 seconds by default.
     *
     * @param each zero or more; with zero only the response that begins a transition shows it
     */
    public Builder transitionTime(Duration each) {
      return startingTime(each).suspendingTime(each).resumingTime(each).destroyingTime(each);
    }

    /** How long a cluster is {@code starting}; zero or more. */
    public Builder startingTime(Duration duration) {
      startingTime = notNegative(duration);
      return this;
    }

    /** How long a cluster is {@code suspending}; zero or more. */
    public Builder suspendingTime(Duration duration) {
      suspendingTime = notNegative(duration);
      return this;
    }

    /** How long a cluster is {@code resuming}; zero or more. */
    public Builder resumingTime(Duration duration) {
      resumingTime = notNegative(duration);
      return this;
    }

    /** How long a cluster is {@code destroying}; zero or more. */
    public Builder destroyingTime(Duration duration) {
      destroyingTime = notNegative(duration);
      return this;
    }

    /** How long an access token is valid; more than zero, 1 hour by default. */
    public Builder accessTokenLifetime(Duration lifetime) {
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
    public Builder paymentMethod(boolean valid) {
      paymentMethod = valid;
      return this;
    }

    /**
     * What list versions answers; {@code 2.29.3}, {@code 3.0.6} and {@code 3.5.1} by default.
     * Deploy accepts every version of the right form, listed or not.
     */
    public Builder versions(List<String> newVersions) {
      versions = List.copyOf(newVersions);
      return this;
    }

    /**
     * Where to listen, on the loopback interface only.
     *
     * @param newPort 0 to 65535; 0, the default, is any that is free
     */
    public Builder port(int newPort) {
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
     * @throws IllegalArgumentException when two API tokens have one client ID, or an API token is
     *     for a project or space that there is not
     */
    public TypeDBCloudSimulator start() {
      List<CloudScope> all =
          scopes.isEmpty()
              ? List.of(
                  CloudScope.project("my-org", "default"), CloudScope.space("my-team", "default"))
              : List.copyOf(scopes);
      Authenticator authenticator =
          new Authenticator(all, new AccessTokens(time, accessTokenLifetime));
      apiTokens.forEach(authenticator::add);
      TransitionTimes times =
          new TransitionTimes(startingTime, suspendingTime, resumingTime, destroyingTime);
      ClusterStore store = new ClusterStore(all, time, times, paymentMethod);
      return new TypeDBCloudSimulator(
          port, all, authenticator, store, new CloudService(authenticator, store, versions), time);
    }

    private static Duration notNegative(Duration duration) {
      if (duration.isNegative()) {
        throw new IllegalArgumentException(duration + " is negative; give zero or more.");
      }
      return duration;
    }
  }
}
