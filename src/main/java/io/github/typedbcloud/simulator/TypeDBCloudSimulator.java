package io.github.typedbcloud.simulator;

import io.github.typedbcloud.internal.httpserver.HttpServer;
import io.github.typedbcloud.internal.version.Dependencies;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An in-process TypeDB Cloud for tests and experiments: stateful clusters without the machines,
 * behind real HTTP, on the loopback interface by default, for a client in any language.
 *
 * <pre>{@code
 * try (TypeDBCloudSimulator cloud = TypeDBCloudSimulator.start()) {
 *   // configure a client with cloud.url(), cloud.clientId() and cloud.clientSecret()
 * }
 * }</pre>
 *
 * <p>It serves three versions of the API: {@code /api/org} for projects of organizations (early
 * 2025), {@code /api/team} (mid-2025) and {@code /api/v1/team} (today) for spaces of teams. The two
 * versions for spaces share their clusters. An access token from either token exchange, {@code
 * /api/auth} or {@code /api/v1/auth}, is valid for all versions. It enforces the service's rules,
 * returns its errors, and moves clusters through their statuses as time passes. What the reference
 * does not say is listed in {@link Assumption}. All state is lost when it is closed.
 *
 * <p>Thread-safe. All its threads are daemon threads, so they do not keep the JVM running.
 */
public final class TypeDBCloudSimulator implements AutoCloseable {

  private static final String CLIENT_ID = "simulator-admin";

  private final Simulation simulation;
  private final HttpServer server;
  private final ApiToken admin;
  private final List<String> urls;
  private final boolean hasAdmin;
  private volatile boolean closed;

  private TypeDBCloudSimulator(Builder builder) {
    simulation =
        new Simulation(
            builder.time,
            builder.settings,
            builder.scopes(),
            builder.requestListener,
            builder.exchangeListener);
    builder.apiTokens.forEach(simulation::addToken);
    builder.seeds.forEach(this::apply);
    admin = ApiToken.admin(CLIENT_ID);
    simulation.addToken(admin);
    simulation.markStart();
    HttpServer.Handler service = new CloudService(simulation);
    server =
        new HttpServer(
            "typedb-cloud-simulator",
            builder.host,
            builder.port,
            builder.tls,
            simulation.clock(),
            builder.admin ? new AdminApi(simulation, service) : service);
    urls = server.urls();
    hasAdmin = builder.admin;
  }

  /**
   * Starts a simulator with the project {@code my-org/default}, the space {@code my-team/default}
   * and every other setting at its default, on a port chosen by the system.
   *
   * @throws java.io.UncheckedIOException when no port is free
   */
  public static TypeDBCloudSimulator start() {
    return builder().start();
  }

  /** Returns a builder with the default settings. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The base URL for a client, such as {@code http://127.0.0.1:49152}. It starts with {@code https}
   * if the builder has {@link Builder#tls}, and names the host if the builder has {@link
   * Builder#host}; then {@code 127.0.0.1} stands for all addresses.
   */
  public String url() {
    return urls.get(0);
  }

  /**
   * All base URLs, {@link #url()} first: by default one for each loopback address, such as {@code
   * http://127.0.0.1:49152} and {@code http://[::1]:49152}. The second is absent on machines
   * without IPv6.
   */
  public List<String> urls() {
    return urls;
  }

  /**
   * The base URL of the admin API, such as {@code http://127.0.0.1:49152/__simulator}; empty unless
   * {@link Builder#admin} enabled it.
   */
  public Optional<String> adminUrl() {
    return hasAdmin ? Optional.of(url() + AdminApi.ROOT) : Optional.empty();
  }

  /** The client ID of the built-in API token, which has the level admin everywhere. */
  public String clientId() {
    return admin.clientId();
  }

  /** The client secret for {@link #clientId()}; different in each simulator. */
  public String clientSecret() {
    return admin.clientSecret();
  }

  /**
   * The organization of the first project.
   *
   * @throws IllegalStateException when there are only spaces
   */
  public String organization() {
    return CloudScope.first(simulation.clusters().scopes(), ScopeKind.PROJECT).owner();
  }

  /**
   * The first project.
   *
   * @throws IllegalStateException when there are only spaces
   */
  public String project() {
    return CloudScope.first(simulation.clusters().scopes(), ScopeKind.PROJECT).name();
  }

  /**
   * The team of the first space.
   *
   * @throws IllegalStateException when there are only projects
   */
  public String team() {
    return CloudScope.first(simulation.clusters().scopes(), ScopeKind.SPACE).owner();
  }

  /**
   * The first space.
   *
   * @throws IllegalStateException when there are only projects
   */
  public String space() {
    return CloudScope.first(simulation.clusters().scopes(), ScopeKind.SPACE).name();
  }

  /**
   * Adds an API token that has the level on every project and space.
   *
   * @throws IllegalArgumentException when its client ID is in use
   */
  public void addApiToken(String newClientId, String newClientSecret, AccessLevel level) {
    Objects.requireNonNull(newClientId, "newClientId must not be null");
    Objects.requireNonNull(newClientSecret, "newClientSecret must not be null");
    Objects.requireNonNull(level, "level must not be null");
    simulation.addToken(new ApiToken(newClientId, newClientSecret, level, null));
  }

  /**
   * Adds an API token that has the level on every project and space, and whose access tokens have a
   * lifetime of their own.
   *
   * @param accessTokenLifetime more than zero
   * @throws IllegalArgumentException when its client ID is in use
   */
  public void addApiToken(
      String newClientId, String newClientSecret, AccessLevel level, Duration accessTokenLifetime) {
    Objects.requireNonNull(newClientId, "newClientId must not be null");
    Objects.requireNonNull(newClientSecret, "newClientSecret must not be null");
    Objects.requireNonNull(level, "level must not be null");
    Objects.requireNonNull(accessTokenLifetime, "accessTokenLifetime must not be null");
    simulation.addToken(
        new ApiToken(newClientId, newClientSecret, level, null, accessTokenLifetime));
  }

  /**
   * Adds an API token that has the level on one project and nothing elsewhere.
   *
   * @throws IllegalArgumentException when its client ID is in use or the project does not exist
   */
  public void addApiTokenForProject(
      String newClientId,
      String newClientSecret,
      AccessLevel level,
      String organization,
      String project) {
    Objects.requireNonNull(newClientId, "newClientId must not be null");
    Objects.requireNonNull(newClientSecret, "newClientSecret must not be null");
    Objects.requireNonNull(level, "level must not be null");
    Objects.requireNonNull(organization, "organization must not be null");
    Objects.requireNonNull(project, "project must not be null");
    CloudScope scope = CloudScope.project(organization, project);
    simulation.addToken(new ApiToken(newClientId, newClientSecret, level, scope));
  }

  /**
   * Adds an API token that has the level on one space and nothing elsewhere.
   *
   * @throws IllegalArgumentException when its client ID is in use or the space does not exist
   */
  public void addApiTokenForSpace(
      String newClientId, String newClientSecret, AccessLevel level, String team, String space) {
    Objects.requireNonNull(newClientId, "newClientId must not be null");
    Objects.requireNonNull(newClientSecret, "newClientSecret must not be null");
    Objects.requireNonNull(level, "level must not be null");
    Objects.requireNonNull(team, "team must not be null");
    Objects.requireNonNull(space, "space must not be null");
    CloudScope scope = CloudScope.space(team, space);
    simulation.addToken(new ApiToken(newClientId, newClientSecret, level, scope));
  }

  /**
   * Revokes an API token: the token exchange rejects it with HTTP 400 from now on. Access tokens
   * issued before stay valid until they expire; see {@link #expireAccessTokens}.
   *
   * @throws IllegalArgumentException when no API token has this client ID
   */
  public void revokeApiToken(String revokedClientId) {
    Objects.requireNonNull(revokedClientId, "revokedClientId must not be null");
    if (!simulation.authenticator().revoke(revokedClientId)) {
      throw new IllegalArgumentException(
          "No API token has the client ID \"%s\".".formatted(revokedClientId));
    }
  }

  /** Expires every access token issued so far: calls with them fail with HTTP 401 from now on. */
  public void expireAccessTokens() {
    simulation.authenticator().expireAccessTokens();
  }

  /**
   * Expires the access tokens that were issued for one client ID so far, also when its API token is
   * revoked.
   *
   * @throws IllegalArgumentException when there is neither an API token nor a valid access token of
   *     this client ID
   */
  public void expireAccessTokens(String expiredClientId) {
    Objects.requireNonNull(expiredClientId, "expiredClientId must not be null");
    if (!simulation.authenticator().expireAccessTokens(expiredClientId)) {
      throw new IllegalArgumentException(
          "The client ID \"%s\" has neither an API token nor an access token."
              .formatted(expiredClientId));
    }
  }

  /** Adds a project. Does nothing when it exists. */
  public void addProject(String organization, String project) {
    Objects.requireNonNull(organization, "organization must not be null");
    Objects.requireNonNull(project, "project must not be null");
    simulation.clusters().addScope(CloudScope.project(organization, project));
  }

  /** Adds a space. Does nothing when it exists. */
  public void addSpace(String team, String space) {
    Objects.requireNonNull(team, "team must not be null");
    Objects.requireNonNull(space, "space must not be null");
    simulation.clusters().addScope(CloudScope.space(team, space));
  }

  /** The clock, which controls everything but the delays of {@link Fault}s. */
  public SimulatorClock clock() {
    return simulation.clock();
  }

  /**
   * Returns to what the simulator was at its start, in all parts, so that tests can share it.
   * Connections stay open, but for those of requests that a fault delays before they are processed:
   * these are not processed any more, and get no response. Other requests in progress are processed
   * either before or after the reset.
   */
  public void reset() {
    reset(ResetPart.values());
  }

  /** Returns to what the simulator was at its start in these parts; see {@link #reset()}. */
  public void reset(ResetPart... parts) {
    Objects.requireNonNull(parts, "parts must not be null");
    Set<ResetPart> chosen = EnumSet.noneOf(ResetPart.class);
    chosen.addAll(List.of(parts));
    simulation.reset(chosen);
  }

  /**
   * Applies a seed to the current state: adds its projects, spaces, API tokens and clusters, and
   * replaces the versions, the catalog, the settings and the time that it has.
   *
   * @param json a JSON object, as in the guide to the simulator; the fields of a cluster are those
   *     of the API, in any status
   * @throws IllegalArgumentException when it is invalid or does not fit the current state; then
   *     nothing is changed
   */
  public void seed(String json) {
    Objects.requireNonNull(json, "json must not be null");
    apply(readSeed(json));
  }

  private void apply(Seed seed) {
    try {
      simulation.apply(seed);
    } catch (ApiError e) {
      throw new IllegalArgumentException("The seed does not fit: " + e.text(), e);
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("The seed does not fit: " + e.getMessage(), e);
    }
  }

  private static Seed readSeed(String json) {
    try {
      return Seed.read(SimulatorJson.readObject(json));
    } catch (ApiError e) {
      throw new IllegalArgumentException("The seed is invalid: " + e.text(), e);
    }
  }

  /** The faults to inject; none by default. */
  public Faults faults() {
    return simulation.faults();
  }

  /**
   * The newest 10,000 received requests, oldest first, including in-flight ones. Invalid HTTP and
   * requests with a header or body that is too large are rejected before they are counted.
   */
  public List<ReceivedRequest> received() {
    return simulation.received().all();
  }

  /** The number of received requests, including those that {@link #received} no longer holds. */
  public long receivedCount() {
    return simulation.received().count();
  }

  /**
   * The number of received requests for an operation, including those that {@link #received} no
   * longer holds.
   */
  public long receivedCount(Operation operation) {
    Objects.requireNonNull(operation, "operation must not be null");
    return simulation.received().count(operation);
  }

  /** Clears {@link #received} and resets the counts to 0. */
  public void clearReceived() {
    simulation.received().clear();
  }

  /**
   * The current clusters of a project.
   *
   * @throws IllegalArgumentException when the project does not exist
   */
  public ClusterSnapshot clustersOfProject(String organization, String project) {
    Objects.requireNonNull(organization, "organization must not be null");
    Objects.requireNonNull(project, "project must not be null");
    return simulation
        .clusters()
        .snapshot(
            CloudScope.project(organization, project).requireIn(simulation.clusters().scopes()));
  }

  /**
   * The current clusters of a space.
   *
   * @throws IllegalArgumentException when the space does not exist
   */
  public ClusterSnapshot clustersOfSpace(String team, String space) {
    Objects.requireNonNull(team, "team must not be null");
    Objects.requireNonNull(space, "space must not be null");
    return simulation
        .clusters()
        .snapshot(CloudScope.space(team, space).requireIn(simulation.clusters().scopes()));
  }

  /**
   * A second client that changes the clusters of a project without HTTP, also within {@link
   * Fault#before} and {@link Fault#after}.
   *
   * @throws IllegalArgumentException when the project does not exist
   */
  public SecondClient secondClientOfProject(String organization, String project) {
    Objects.requireNonNull(organization, "organization must not be null");
    Objects.requireNonNull(project, "project must not be null");
    CloudScope scope =
        CloudScope.project(organization, project).requireIn(simulation.clusters().scopes());
    return simulation.secondClient(scope);
  }

  /**
   * A second client that changes the clusters of a space without HTTP, also within {@link
   * Fault#before} and {@link Fault#after}.
   *
   * @throws IllegalArgumentException when the space does not exist
   */
  public SecondClient secondClientOfSpace(String team, String space) {
    Objects.requireNonNull(team, "team must not be null");
    Objects.requireNonNull(space, "space must not be null");
    return simulation.secondClient(
        CloudScope.space(team, space).requireIn(simulation.clusters().scopes()));
  }

  /**
   * Changes the clusters of a project in ways that no client can.
   *
   * @throws IllegalArgumentException when the project does not exist
   */
  public ClusterControl clusterControlOfProject(String organization, String project) {
    Objects.requireNonNull(organization, "organization must not be null");
    Objects.requireNonNull(project, "project must not be null");
    CloudScope scope =
        CloudScope.project(organization, project).requireIn(simulation.clusters().scopes());
    return new ClusterControl(scope, simulation.clusters());
  }

  /**
   * Changes the clusters of a space in ways that no client can.
   *
   * @throws IllegalArgumentException when the space does not exist
   */
  public ClusterControl clusterControlOfSpace(String team, String space) {
    Objects.requireNonNull(team, "team must not be null");
    Objects.requireNonNull(space, "space must not be null");
    CloudScope scope = CloudScope.space(team, space).requireIn(simulation.clusters().scopes());
    return new ClusterControl(scope, simulation.clusters());
  }

  /**
   * The number of open connections, including idle ones. A connection that a client has just closed
   * may be counted for a moment longer.
   */
  public int openConnections() {
    return server.openConnections();
  }

  /**
   * Closes all connections at once and frees the port. All clusters are lost. Closing twice does
   * nothing.
   */
  @Override
  public void close() {
    closed = true;
    server.close();
  }

  /** The URL, the scopes and the number of clusters, without secrets. */
  @Override
  public String toString() {
    return "TypeDBCloudSimulator[%s, %s, clusters: %s]"
        .formatted(
            closed ? "closed" : url(),
            simulation.clusters().scopes(),
            simulation.clusters().count());
  }

  /** The settings of a {@link TypeDBCloudSimulator}, each with a default. Not thread-safe. */
  public static final class Builder {

    /** The default duration of each transition of a cluster. */
    public static final Duration DEFAULT_TRANSITION_TIME =
        Settings.DEFAULT.transitionTimes().starting();

    /** The default lifetime of an access token, as in the real service. */
    public static final Duration DEFAULT_ACCESS_TOKEN_LIFETIME =
        Settings.DEFAULT.accessTokenLifetime();

    private final Set<CloudScope> scopes = new LinkedHashSet<>();
    private final List<ApiToken> apiTokens = new ArrayList<>();
    private TimeSource time = TimeSource.system();
    private Settings settings = Settings.DEFAULT;
    private @Nullable Consumer<ReceivedRequest> requestListener;
    private Consumer<String> exchangeListener = unused -> {};
    private String host = "localhost";
    private int port;
    private @Nullable SSLContext tls;
    private final List<Seed> seeds = new ArrayList<>();
    private boolean admin;

    Builder() {}

    /**
     * Adds a project. Without any project or space the simulator has the project {@code
     * my-org/default} and the space {@code my-team/default}; the first one added replaces both.
     */
    public Builder project(String organization, String project) {
      Objects.requireNonNull(organization, "organization must not be null");
      Objects.requireNonNull(project, "project must not be null");
      scopes.add(CloudScope.project(organization, project));
      return this;
    }

    /** Adds a space; see {@link #project} for the defaults. */
    public Builder space(String team, String space) {
      Objects.requireNonNull(team, "team must not be null");
      Objects.requireNonNull(space, "space must not be null");
      scopes.add(CloudScope.space(team, space));
      return this;
    }

    /** Adds an API token that has the level on every project and space. */
    public Builder apiToken(String clientId, String clientSecret, AccessLevel level) {
      Objects.requireNonNull(clientId, "clientId must not be null");
      Objects.requireNonNull(clientSecret, "clientSecret must not be null");
      Objects.requireNonNull(level, "level must not be null");
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
      Objects.requireNonNull(clientId, "clientId must not be null");
      Objects.requireNonNull(clientSecret, "clientSecret must not be null");
      Objects.requireNonNull(level, "level must not be null");
      Objects.requireNonNull(organization, "organization must not be null");
      Objects.requireNonNull(project, "project must not be null");
      CloudScope scope = CloudScope.project(organization, project);
      apiTokens.add(new ApiToken(clientId, clientSecret, level, scope));
      return this;
    }

    /** Adds an API token that has the level on one space and nothing elsewhere. */
    public Builder apiTokenForSpace(
        String clientId, String clientSecret, AccessLevel level, String team, String space) {
      Objects.requireNonNull(clientId, "clientId must not be null");
      Objects.requireNonNull(clientSecret, "clientSecret must not be null");
      Objects.requireNonNull(level, "level must not be null");
      Objects.requireNonNull(team, "team must not be null");
      Objects.requireNonNull(space, "space must not be null");
      apiTokens.add(new ApiToken(clientId, clientSecret, level, CloudScope.space(team, space)));
      return this;
    }

    /**
     * The source of time for the {@link SimulatorClock}; the system clocks by default. Its wall
     * clock sets {@code createdAt}, the {@code Date} header and the dates in access tokens. Its
     * elapsed time controls transitions and the expiry of access tokens.
     */
    public Builder time(TimeSource newTime) {
      Objects.requireNonNull(newTime, "newTime must not be null");
      time = newTime;
      return this;
    }

    /**
     * The duration of starting, suspending, resuming and destroying, each; 2 seconds by default.
     *
     * @param each zero or more; with zero, only the response that starts a transition shows it
     */
    public Builder transitionTime(Duration each) {
      Objects.requireNonNull(each, "each must not be null");
      return change(all -> all.transitionTimes = TransitionTimes.all(each));
    }

    /** How long a cluster is {@code starting}; zero or more. */
    public Builder startingTime(Duration duration) {
      Objects.requireNonNull(duration, "duration must not be null");
      return change(all -> all.transitionTimes = all.transitionTimes.withStarting(duration));
    }

    /** How long a cluster is {@code suspending}; zero or more. */
    public Builder suspendingTime(Duration duration) {
      Objects.requireNonNull(duration, "duration must not be null");
      return change(all -> all.transitionTimes = all.transitionTimes.withSuspending(duration));
    }

    /** How long a cluster is {@code resuming}; zero or more. */
    public Builder resumingTime(Duration duration) {
      Objects.requireNonNull(duration, "duration must not be null");
      return change(all -> all.transitionTimes = all.transitionTimes.withResuming(duration));
    }

    /** How long a cluster is {@code destroying}; zero or more. */
    public Builder destroyingTime(Duration duration) {
      Objects.requireNonNull(duration, "duration must not be null");
      return change(all -> all.transitionTimes = all.transitionTimes.withDestroying(duration));
    }

    /** How long an access token is valid; more than zero, 1 hour by default. */
    public Builder accessTokenLifetime(Duration lifetime) {
      Objects.requireNonNull(lifetime, "lifetime must not be null");
      return change(all -> all.accessTokenLifetime = lifetime);
    }

    /**
     * Whether organizations and teams have a valid payment method, which clusters that are not free
     * need; true by default.
     */
    public Builder paymentMethod(boolean valid) {
      return change(all -> all.paymentMethod = valid);
    }

    /**
     * How many free clusters an organization or team may have, over all its projects or spaces; 1
     * by default, as in the real service.
     *
     * @param limit 0 or more
     */
    public Builder freeClusterLimit(int limit) {
      return change(all -> all.freeClusterLimit = limit);
    }

    /**
     * The versions that the service offers: list versions returns them, deploy and update accept
     * only them and, in the newest version of the API, {@code latest}, which is the newest of them.
     * {@code 2.29.3}, {@code 3.0.6} and {@code 3.5.1} by default.
     *
     * @throws IllegalArgumentException when one is blank
     */
    public Builder versions(List<String> newVersions) {
      Objects.requireNonNull(newVersions, "newVersions must not be null");
      OfferedVersions offered = new OfferedVersions(newVersions);
      return change(all -> all.versions = offered);
    }

    /**
     * Reads these assumptions strictly; without any, all that have two readings.
     *
     * @throws IllegalArgumentException when one has only one reading
     */
    public Builder strict(Assumption... assumptions) {
      Objects.requireNonNull(assumptions, "assumptions must not be null");
      return read(assumptions, true);
    }

    /**
     * Reads these assumptions leniently; without any, all that have two readings.
     *
     * @throws IllegalArgumentException when one has only one reading
     */
    public Builder lenient(Assumption... assumptions) {
      Objects.requireNonNull(assumptions, "assumptions must not be null");
      return read(assumptions, false);
    }

    private Builder read(Assumption[] assumptions, boolean strictly) {
      List<Assumption> chosen =
          assumptions.length == 0 ? Assumption.withReadings() : List.of(assumptions);
      return change(all -> chosen.forEach(assumption -> all.read(assumption, strictly)));
    }

    private Builder change(Consumer<Settings.Changes> change) {
      settings = settings.with(change);
      return this;
    }

    /**
     * A listener for each request, such as an access log: it is called once, when the response was
     * decided or lost and before it is sent. Requests that are not valid HTTP are among them, with
     * the number 0 and without method and path.
     *
     * <p>It runs on the thread of the connection, also concurrently, and the client waits for it.
     * What it throws is logged and ignored.
     */
    public Builder requestListener(Consumer<ReceivedRequest> newRequestListener) {
      Objects.requireNonNull(newRequestListener, "newRequestListener must not be null");
      requestListener = newRequestListener;
      return this;
    }

    /**
     * A listener for successful token exchanges: it is called with the client ID, before the
     * response is sent.
     *
     * <p>It runs on the thread of the connection, also concurrently, and the client waits for it.
     * What it throws is logged and ignored.
     */
    public Builder exchangeListener(Consumer<String> newExchangeListener) {
      Objects.requireNonNull(newExchangeListener, "newExchangeListener must not be null");
      exchangeListener = newExchangeListener;
      return this;
    }

    /**
     * The host to listen on: {@code localhost}, the default, stands for both loopback addresses
     * ({@code 127.0.0.1} and {@code ::1}), which only programs on this machine can connect to.
     *
     * <p>With any other address of this machine or a name of it, other machines that reach this
     * address can connect too, and with {@code 0.0.0.0} those that reach any of its addresses. The
     * simulator logs a warning then. It is for tests: do not make it available to machines that you
     * do not trust.
     *
     * @param newHost a name, an IPv4 address or an IPv6 address without brackets
     */
    public Builder host(String newHost) {
      Objects.requireNonNull(newHost, "newHost must not be null");
      if (newHost.isBlank()) {
        throw new IllegalArgumentException("The host is empty; localhost is the default.");
      }
      host = newHost;
      return this;
    }

    /**
     * Serves HTTPS instead of HTTP; all faults work as they do without TLS. The client must trust
     * the certificate, which must be valid for the host in its URL.
     *
     * @param context with the certificate of the simulator and its private key
     */
    public Builder tls(SSLContext context) {
      Objects.requireNonNull(context, "context must not be null");
      tls = context;
      return this;
    }

    /**
     * The port to listen on, the same on all addresses of the host.
     *
     * @param newPort 0 to 65535; 0, the default, selects any free port
     */
    public Builder port(int newPort) {
      if (newPort < 0 || newPort > 65_535) {
        throw new IllegalArgumentException(
            "The port " + newPort + " is invalid; it must be from 0 to 65535.");
      }
      port = newPort;
      return this;
    }

    /**
     * Adds a seed, which is applied at the start, after everything else; see {@link
     * TypeDBCloudSimulator#seed}. The projects and spaces of a seed replace the defaults, like
     * those of {@link #project}.
     *
     * @throws IllegalArgumentException when it is invalid; {@link #start} throws it when it does
     *     not fit the other settings
     */
    public Builder seed(String json) {
      Objects.requireNonNull(json, "json must not be null");
      seeds.add(readSeed(json));
      return this;
    }

    /**
     * Whether the simulator serves its admin API below {@code /__simulator/}, which controls it
     * over HTTP without authorization; false by default.
     */
    public Builder admin(boolean enabled) {
      admin = enabled;
      return this;
    }

    /**
     * Starts a simulator with these settings. Each call starts another simulator.
     *
     * @throws java.io.UncheckedIOException when the port is not available, or the host is not this
     *     machine
     * @throws IllegalArgumentException when two API tokens have the same client ID, or an API token
     *     is for an unknown project or space
     */
    public TypeDBCloudSimulator start() {
      Dependencies.require();
      return new TypeDBCloudSimulator(this);
    }

    private List<CloudScope> scopes() {
      Set<CloudScope> scopes = new LinkedHashSet<>(this.scopes);
      seeds.forEach(seed -> scopes.addAll(seed.scopes()));
      return scopes.isEmpty()
          ? List.of(CloudScope.project("my-org", "default"), CloudScope.space("my-team", "default"))
          : List.copyOf(scopes);
    }
  }
}
