package io.github.typedbcloud.simulator;

import io.github.typedbcloud.time.TimeSource;
import java.security.SecureRandom;
import java.util.HexFormat;
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
 * <p>Safe for use by many threads. All its threads are daemons, so a program that forgets to close
 * it ends all the same.
 */
public final class TypeDBCloudSimulator implements AutoCloseable {

  private static final String CLIENT_ID = "simulator-admin";
  private static final int SECRET_BYTES = 24;

  private final List<CloudScope> scopes;
  private final Doorkeeper doorkeeper;
  private final ClusterStore clusters;
  private final HttpFrontDoor door;
  private final ApiToken admin;
  private final String url;
  private volatile boolean closed;

  TypeDBCloudSimulator(
      int port,
      List<CloudScope> scopes,
      Doorkeeper doorkeeper,
      ClusterStore clusters,
      CloudService service,
      TimeSource time) {
    this.scopes = scopes;
    this.doorkeeper = doorkeeper;
    this.clusters = clusters;
    this.admin = new ApiToken(CLIENT_ID, newSecret(), AccessLevel.ADMIN, null);
    doorkeeper.add(admin);
    this.door = new HttpFrontDoor(port, time, service::handle);
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
    return first(Generation.PROJECTS).owner();
  }

  /**
   * The first project.
   *
   * @throws IllegalStateException when there are only spaces
   */
  public String project() {
    return first(Generation.PROJECTS).name();
  }

  /**
   * The team of the first space.
   *
   * @throws IllegalStateException when there are only projects
   */
  public String team() {
    return first(Generation.SPACES).owner();
  }

  /**
   * The first space.
   *
   * @throws IllegalStateException when there are only projects
   */
  public String space() {
    return first(Generation.SPACES).name();
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

  private CloudScope first(Generation generation) {
    return scopes.stream()
        .filter(scope -> scope.generation() == generation)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "This simulator has no %s; name one with SimulatorBuilder.%s."
                        .formatted(generation.noun(), generation.noun())));
  }

  private static String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
