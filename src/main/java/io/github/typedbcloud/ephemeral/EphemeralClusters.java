package io.github.typedbcloud.ephemeral;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.time.TimeSource;
import io.github.typedbcloud.validation.Violation;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Deploys clusters for the duration of a test, and destroys those that killed tests left behind.
 *
 * <pre>{@code
 * EphemeralClusters ephemeral = EphemeralClusters.builder(cloud, scope).idPrefix("it").build();
 * ephemeral.sweep();
 * try (EphemeralCluster cluster = ephemeral.deploy(request)) {
 *   // use the running cluster
 * }
 * }</pre>
 *
 * <p>Each cluster has a unique ID: the prefix, a hyphen, and ten random letters or digits. Before a
 * cluster is deployed, it is recorded in the ledger, a directory with a file per cluster. The file
 * is deleted when the cluster is gone. A process locks the files of its clusters until it ends. A
 * sweep destroys recorded clusters whose file is not locked, and so spares those in use.
 *
 * <p>Deploying needs an API token of level write, destroying one of level admin. Thread-safe. Does
 * not close the client.
 */
public final class EphemeralClusters {

  /** The default prefix of IDs. */
  public static final String DEFAULT_ID_PREFIX = "ephemeral";

  /** The default age after which a cluster that the ledger does not record is left over. */
  public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(6);

  /**
   * How long an entry without a cluster is kept: a deployment that was in flight when its process
   * was killed may still take effect.
   */
  static final Duration IN_FLIGHT = Duration.ofMinutes(10);

  private static final int RANDOM_LENGTH = 10;

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

  private final ClustersApi clusters;
  private final String idPrefix;
  private final Pattern ids;
  private final Duration maxAge;
  private final WaitOptions waitOptions;
  private final TimeSource time;
  private final Ledger ledger;
  private final SecureRandom random = new SecureRandom();
  private volatile boolean destroyAllowed;

  private EphemeralClusters(Builder builder) {
    clusters = builder.cloud.clusters(builder.scope);
    idPrefix = builder.idPrefix;
    ids = Pattern.compile(Pattern.quote(idPrefix) + "-[a-z0-9]{" + RANDOM_LENGTH + "}");
    maxAge = builder.maxAge;
    waitOptions = builder.waitOptions;
    time = builder.time;
    ledger = new Ledger(builder.ledger, builder.cloud.baseUrl(), builder.scope);
  }

  /**
   * Returns a builder with the defaults.
   *
   * @param cloud the client to use; it stays open
   * @param scope where to deploy and to sweep
   */
  public static Builder builder(TypeDBCloudClient cloud, Scope scope) {
    return new Builder(cloud, scope);
  }

  /**
   * Deploys a cluster with a unique ID and waits until it is running. On every failure, including
   * an interrupted wait, the cluster is destroyed again.
   *
   * @param template what to deploy; its ID is ignored
   * @return the running cluster; close it to destroy it
   * @throws InvalidRequestException when the request is invalid; nothing was sent
   * @throws IllegalStateException when the API token does not allow destroying, or the ledger
   *     cannot be written; nothing was deployed
   * @throws TypeDBCloudException when the cluster cannot be deployed or does not start
   */
  public EphemeralCluster deploy(DeployClusterRequest template) {
    String id = newId();
    DeployClusterRequest request = template.toBuilder().id(id).build();
    List<Violation> violations = clusters.validate(request);
    if (!violations.isEmpty()) {
      throw new InvalidRequestException("deploy of an ephemeral cluster", violations);
    }
    requireDestroyAllowed();
    Ledger.Entry entry = ledger.open(id, time.now());
    try {
      return new EphemeralCluster(clusters.deployAndAwait(request, waitOptions), this, entry);
    } catch (RuntimeException | Error failure) {
      try {
        destroy(entry);
      } catch (RuntimeException cleanupFailure) {
        failure.addSuppressed(cleanupFailure);
      }
      throw failure;
    }
  }

  ClustersApi clusters() {
    return clusters;
  }

  /** Destroys a recorded cluster, also on an interrupted thread, and releases its entry. */
  void destroy(Ledger.Entry entry) {
    // A call on an interrupted thread fails, but the cluster must go.
    boolean interrupted = Thread.interrupted();
    try (entry) {
      destroyIfPresent(entry.id());
      entry.remove();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Destroys leftover clusters and waits until they are gone. Leftover are:
   *
   * <ul>
   *   <li>clusters that the ledger records for this service and scope and whose process has ended;
   *   <li>clusters of this scope that the ledger does not record, whose ID has the form described
   *       above, with this prefix, and that are older than the maximum age.
   * </ul>
   *
   * No other cluster is touched.
   *
   * @return the clusters that were destroyed, and those that could not be
   * @throws TypeDBCloudException when the clusters cannot be listed
   */
  public SweepResult sweep() {
    return sweep(false);
  }

  /** Returns the IDs of the clusters that {@link #sweep} would destroy. Destroys nothing. */
  public List<String> leftovers() {
    return sweep(true).destroyed();
  }

  private SweepResult sweep(boolean dryRun) {
    List<Cluster> all = clusters.list();
    Set<String> existing = all.stream().map(Cluster::id).collect(Collectors.toSet());
    List<String> destroyed = new ArrayList<>();
    Map<String, RuntimeException> failed = new LinkedHashMap<>();
    for (Ledger.Entry entry : ledger.abandoned()) {
      try (entry) {
        boolean isGone = isOlder(entry.written(), IN_FLIGHT);
        if (existing.contains(entry.id())) {
          isGone = dryRun || tryDestroy(entry.id(), failed);
          if (isGone) {
            destroyed.add(entry.id());
          }
        }
        if (isGone && !dryRun) {
          entry.remove();
        }
      }
    }
    for (Cluster cluster : all) {
      String id = cluster.id();
      boolean isHandled = destroyed.contains(id) || failed.containsKey(id) || ledger.records(id);
      if (!isHandled
          && ids.matcher(id).matches()
          && isOlder(cluster.createdAt(), maxAge)
          && (dryRun || tryDestroy(id, failed))) {
        destroyed.add(id);
      }
    }
    return new SweepResult(destroyed, failed);
  }

  /** A cluster that cannot be destroyed does not end the sweep. */
  private boolean tryDestroy(String id, Map<String, RuntimeException> failed) {
    try {
      destroyIfPresent(id);
      return true;
    } catch (RuntimeException e) {
      failed.put(id, e);
      return false;
    }
  }

  private void destroyIfPresent(String id) {
    try {
      clusters.destroyAndAwait(id, waitOptions);
    } catch (NotFoundException e) {
      // Never deployed, or already destroyed.
    }
  }

  private boolean isOlder(Instant moment, Duration age) {
    return moment.plus(age).isBefore(time.now());
  }

  /** Destroys a cluster that does not exist: only the required access level gets HTTP 404. */
  private void requireDestroyAllowed() {
    if (destroyAllowed) {
      return;
    }
    try {
      clusters.destroy(newId());
    } catch (NotFoundException e) {
      destroyAllowed = true;
    } catch (ForbiddenException e) {
      throw new IllegalStateException(
          "The API token cannot destroy clusters in "
              + clusters
              + ", so no ephemeral cluster was deployed; use an API token of level admin.",
          e);
    }
  }

  private String newId() {
    StringBuilder id = new StringBuilder(idPrefix).append('-');
    random
        .ints(RANDOM_LENGTH, 0, ALPHABET.length())
        .forEach(index -> id.append(ALPHABET.charAt(index)));
    return id.toString();
  }

  @Override
  public String toString() {
    return "EphemeralClusters[" + idPrefix + "-*, " + clusters + ", " + ledger + "]";
  }

  /** Builds an {@link EphemeralClusters}. Not thread-safe. */
  public static final class Builder {
    private final TypeDBCloudClient cloud;
    private final Scope scope;
    private String idPrefix = DEFAULT_ID_PREFIX;
    private Duration maxAge = DEFAULT_MAX_AGE;
    private WaitOptions waitOptions = WaitOptions.defaults();
    private TimeSource time = TimeSource.system();
    private Path ledger = defaultLedger();

    private Builder(TypeDBCloudClient cloud, Scope scope) {
      this.cloud = Objects.requireNonNull(cloud, "cloud must not be null");
      this.scope = Objects.requireNonNull(scope, "scope must not be null");
    }

    private static Path defaultLedger() {
      return Path.of(System.getProperty("user.home"), ".typedb-cloud", "ephemeral");
    }

    /**
     * The prefix of IDs; {@value EphemeralClusters#DEFAULT_ID_PREFIX} by default. Use a different
     * prefix for each project: a sweep destroys old clusters of every program that uses the same.
     *
     * @param prefix groups of lowercase letters and digits, separated by single hyphens or
     *     underscores
     * @throws IllegalArgumentException when the prefix has another form
     */
    public Builder idPrefix(String prefix) {
      if (!prefix.matches("[a-z0-9]+([-_][a-z0-9]+)*")) {
        throw new IllegalArgumentException(
            "Invalid ID prefix '"
                + prefix
                + "'; use groups of lowercase letters and digits, separated by single hyphens or"
                + " underscores.");
      }
      this.idPrefix = prefix;
      return this;
    }

    /**
     * The age after which a sweep destroys a cluster with this prefix that the ledger of this
     * machine does not record; 6 hours by default. It must be longer than any test run.
     *
     * @param age more than zero
     * @throws IllegalArgumentException when the age is zero or negative
     */
    public Builder maxAge(Duration age) {
      if (age.isZero() || age.isNegative()) {
        throw new IllegalArgumentException(
            "The maximum age must be more than zero, not " + age + ".");
      }
      this.maxAge = age;
      return this;
    }

    /** How to wait until a cluster is running, and until it is gone. */
    public Builder waitOptions(WaitOptions options) {
      this.waitOptions = Objects.requireNonNull(options, "options must not be null");
      return this;
    }

    /**
     * Where to record clusters; {@code .typedb-cloud/ephemeral} in the home directory by default.
     * Processes may share a ledger. Its file system must support file locks.
     *
     * @param directory is created when needed
     */
    public Builder ledger(Path directory) {
      this.ledger = Objects.requireNonNull(directory, "directory must not be null");
      return this;
    }

    /** The clock for ages; the system clock by default. */
    public Builder timeSource(TimeSource source) {
      this.time = Objects.requireNonNull(source, "source must not be null");
      return this;
    }

    /** Returns an instance with these settings. Sends and writes nothing. */
    public EphemeralClusters build() {
      return new EphemeralClusters(this);
    }
  }
}
