package io.github.typedbcloud.simulator;

import io.github.typedbcloud.time.TimeSource;
import java.util.List;

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
 * <p>It serves both generations of the API: {@code /api} for projects of organizations and {@code
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
  private final Authenticator doorkeeper;
  private final ClusterStore clusters;
  private final CloudService service;
  private final HttpServer door;
  private final ApiToken admin;
  private final String url;
  private volatile boolean closed;

  TypeDBCloudSimulator(
      int port,
      List<CloudScope> scopes,
      Authenticator doorkeeper,
      ClusterStore clusters,
      CloudService service,
      TimeSource time) {
    this.scopes = scopes;
    this.doorkeeper = doorkeeper;
    this.clusters = clusters;
    this.service = service;
    this.admin = ApiToken.admin(CLIENT_ID);
    doorkeeper.add(admin);
    this.door = new HttpServer(port, time, service::handle);
    this.url = "http://127.0.0.1:" + door.port();
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
  public static SimulatorBuilder builder() {
    return new SimulatorBuilder();
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
    doorkeeper.add(new ApiToken(newClientId, newClientSecret, level, null));
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
    doorkeeper.add(new ApiToken(newClientId, newClientSecret, level, scope));
  }

  /**
   * Adds an API token that has the level on one space and nothing elsewhere.
   *
   * @throws IllegalArgumentException when its client ID is in use or there is no such space
   */
  public void addApiTokenForSpace(
      String newClientId, String newClientSecret, AccessLevel level, String team, String space) {
    CloudScope scope = CloudScope.space(team, space);
    doorkeeper.add(new ApiToken(newClientId, newClientSecret, level, scope));
  }

  /**
   * Takes an API token away: the token exchange refuses it with 400 from here on. Access tokens
   * that it was exchanged for before live on until they expire; see {@link #expireAccessTokens}.
   *
   * @throws IllegalArgumentException when there is no API token with this client ID
   */
  public void revokeApiToken(String revokedClientId) {
    doorkeeper.revoke(revokedClientId);
  }

  /** Ends every access token issued so far: calls with them answer 401 from here on. */
  public void expireAccessTokens() {
    doorkeeper.expireAccessTokens();
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
  public void forgetReceived() {
    service.received().forget();
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
    return door.openConnections();
  }

  /**
   * Ends all connections at once and frees the port. The clusters are gone. Closing twice is
   * harmless.
   */
  @Override
  public void close() {
    closed = true;
    door.close();
  }

  /** The URL and what there is, without any secret. */
  @Override
  public String toString() {
    return "TypeDBCloudSimulator[%s, %s, clusters: %s]"
        .formatted(closed ? "closed" : url, scopes, clusters.count());
  }
}
