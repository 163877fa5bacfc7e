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
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Deploys clusters that live as long as a test, and destroys what tests that were killed left.
 *
 * <pre>{@code
 * EphemeralClusters ephemeral = EphemeralClusters.builder(cloud, scope).idPrefix("it").build();
 * ephemeral.sweep();
 * try (EphemeralCluster cluster = ephemeral.deploy(request)) {
 *   // a running cluster of its own
 * }
 * }</pre>
 *
 * <p>Each cluster gets an ID of its own: the prefix, a hyphen, and ten random characters. Before it
 * is deployed, a file in the ledger, a directory on disk, records it; the file goes when the
 * cluster is gone. A process holds a lock on its files, which the operating system takes away when
 * it ends, however it ends: so a sweep knows what is left over and what somebody still works with.
 *
 * <p>Deploying needs an API token of level write, destroying one of level admin. Safe for use by
 * many threads. It keeps the client that it is given open.
 */
public final class EphemeralClusters {

  /** The prefix of the IDs, where none is said. */
  public static final String DEFAULT_ID_PREFIX = "ephemeral";

  /** Without an entry in the ledger, a cluster with our prefix is left over when it is older. */
  public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(6);

  /**
   * A deployment that was under way when its process was killed may yet take place; so long an
   * entry is kept although there is no cluster.
   */
  static final Duration IN_FLIGHT = Duration.ofMinutes(10);

  private static final int RANDOM_LENGTH = 10;

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

  private final ClustersApi clusters;
  private final String idPrefix;
  private final Pattern ids;
  private final Duration maxAge;
  private final WaitOptions wait;
  private final TimeSource time;
  private final Ledger ledger;
  private final SecureRandom random = new SecureRandom();
  private volatile boolean mayDestroy;

  private EphemeralClusters(Builder builder) {
    clusters = builder.cloud.clusters(builder.scope);
    idPrefix = builder.idPrefix;
    ids = Pattern.compile(Pattern.quote(idPrefix) + "-[a-z0-9]{" + RANDOM_LENGTH + "}");
    maxAge = builder.maxAge;
    wait = builder.wait;
    time = builder.time;
    ledger = new Ledger(builder.ledger, builder.cloud.baseUrl(), builder.scope);
  }

  /**
   * Starts with the defaults.
   *
   * @param cloud stays open
   * @param scope where to deploy, and to sweep
   */
  public static Builder builder(TypeDBCloudClient cloud, Scope scope) {
    return new Builder(cloud, scope);
  }

  /**
   * Deploys a cluster under an ID of its own and waits until it is running. Whatever fails, the
   * interruption of the wait included, the cluster is destroyed again.
   *
   * @param template what to deploy; its ID is not used
   * @return running; close it to destroy it
   * @throws InvalidRequestException when the request breaks the rules; nothing was sent
   * @throws IllegalStateException when the API token cannot destroy, or the ledger cannot be
   *     written; nothing was deployed
   * @throws TypeDBCloudException when it cannot be deployed or does not start
   */
  public EphemeralCluster deploy(DeployClusterRequest template) {
    String id = newId();
    DeployClusterRequest request = template.toBuilder().id(id).build();
    List<Violation> violations = clusters.validate(request);
    if (!violations.isEmpty()) {
      throw new InvalidRequestException("deploy of an ephemeral cluster", violations);
    }
    requireMayDestroy();
    Ledger.Entry entry = ledger.open(id, time.now());
    EphemeralCluster ephemeral = new EphemeralCluster(id, clusters, wait, entry);
    try {
      ephemeral.running(clusters.deployAndAwait(request, wait));
      return ephemeral;
    } catch (RuntimeException | Error failure) {
      try {
        ephemeral.close();
      } catch (RuntimeException left) {
        failure.addSuppressed(left);
      }
      throw failure;
    }
  }

  /**
   * Destroys what is left over and waits until it is gone: clusters that the ledger records for
   * this service and scope and whose process is no more, and clusters in this scope whose ID is of
   * the form that these get, older than the maximal age. Nothing else is touched; clusters of
   * processes that live, on this machine, are not either.
   *
   * @return what was destroyed, and what could not be
   * @throws TypeDBCloudException when the clusters cannot be listed
   */
  public SweepResult sweep() {
    return sweep(false);
  }

  /** What {@link #sweep} would destroy, without doing it. */
  public List<String> leftovers() {
    return sweep(true).destroyed();
  }

  private SweepResult sweep(boolean dryRun) {
    List<Cluster> all = clusters.list();
    SweepResult.Collector result = new SweepResult.Collector();
    for (Ledger.Entry entry : ledger.abandoned()) {
      try (entry) {
        boolean isThere = all.stream().anyMatch(cluster -> cluster.id().equals(entry.id()));
        if (dryRun) {
          if (isThere) {
            result.destroyed(entry.id());
          }
        } else if (isThere) {
          result.attempt(entry.id(), () -> destroy(entry.id()));
          if (result.isDestroyed(entry.id())) {
            entry.remove();
          }
        } else if (isOlder(entry.written(), IN_FLIGHT)) {
          entry.remove();
        }
      }
    }
    for (Cluster cluster : all) {
      if (ids.matcher(cluster.id()).matches()
          && isOlder(cluster.createdAt(), maxAge)
          && !ledger.records(cluster.id())
          && !result.knows(cluster.id())) {
        if (dryRun) {
          result.destroyed(cluster.id());
        } else {
          result.attempt(cluster.id(), () -> destroy(cluster.id()));
        }
      }
    }
    return result.result();
  }

  private void destroy(String id) {
    try {
      clusters.destroyAndAwait(id, wait);
    } catch (NotFoundException e) {
      // Somebody else was faster.
    }
  }

  private boolean isOlder(Instant moment, Duration age) {
    return moment.plus(age).isBefore(time.now());
  }

  /** Asks for the destruction of what is not there, which only those may who may destroy. */
  private void requireMayDestroy() {
    if (mayDestroy) {
      return;
    }
    try {
      clusters.destroy(newId());
    } catch (NotFoundException e) {
      mayDestroy = true;
    } catch (ForbiddenException e) {
      throw new IllegalStateException(
          "The API token cannot destroy clusters in "
              + clusters
              + ", so no ephemeral one was deployed; use an API token of level admin.",
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

  /** For people. */
  @Override
  public String toString() {
    return "EphemeralClusters[" + idPrefix + "-*, " + clusters + ", " + ledger + "]";
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private final TypeDBCloudClient cloud;
    private final Scope scope;
    private String idPrefix = DEFAULT_ID_PREFIX;
    private Duration maxAge = DEFAULT_MAX_AGE;
    private WaitOptions wait = WaitOptions.defaults();
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
     * What the IDs begin with; {@value EphemeralClusters#DEFAULT_ID_PREFIX} by default. Give each
     * project its own: a sweep takes every old enough cluster of this form for one of ours.
     *
     * @param prefix lowercase letters and digits in groups, separated by single hyphens or
     *     underscores
     * @throws IllegalArgumentException when it is anything else
     */
    public Builder idPrefix(String prefix) {
      if (!prefix.matches("[a-z0-9]+([-_][a-z0-9]+)*")) {
        throw new IllegalArgumentException(
            "The prefix '"
                + prefix
                + "' cannot begin the ID of a cluster; use lowercase letters and digits in groups,"
                + " separated by single hyphens or underscores.");
      }
      this.idPrefix = prefix;
      return this;
    }

    /**
     * When a sweep takes a cluster with our prefix, that this machine's ledger does not record, for
     * left over; 6 hours by default. Longer than any test run.
     *
     * @param age more than zero
     * @throws IllegalArgumentException when it is not
     */
    public Builder maxAge(Duration age) {
      if (age.isZero() || age.isNegative()) {
        throw new IllegalArgumentException("An age of " + age + " is no age; give more than zero.");
      }
      this.maxAge = age;
      return this;
    }

    /** How long to wait for each cluster to run, and to be gone. */
    public Builder waitOptions(WaitOptions options) {
      this.wait = Objects.requireNonNull(options, "options must not be null");
      return this;
    }

    /**
     * Where to record what is deployed; {@code .typedb-cloud/ephemeral} in the home directory by
     * default. Processes may share it. It must be on a file system with working locks.
     *
     * @param directory is made when it is needed
     */
    public Builder ledger(Path directory) {
      this.ledger = Objects.requireNonNull(directory, "directory must not be null");
      return this;
    }

    /** By which clock ages are told; the machine's by default. */
    public Builder timeSource(TimeSource source) {
      this.time = Objects.requireNonNull(source, "source must not be null");
      return this;
    }

    /** With these settings; nothing is sent or written yet. */
    public EphemeralClusters build() {
      return new EphemeralClusters(this);
    }
  }
}
