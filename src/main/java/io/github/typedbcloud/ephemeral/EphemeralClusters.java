package io.github.typedbcloud.ephemeral;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.ephemeral.SweepResult.UnreadableEntry;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.time.TimeSource;
import io.github.typedbcloud.validation.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 * cluster is deployed, it is recorded in the ledger, a directory with an entry per cluster. The
 * entry stays until the cluster is proven gone: the service responds to a read of the cluster with
 * its documented 404, and the list of clusters does not contain it. A process locks the entries of
 * its clusters until it has closed them or ends. A sweep destroys recorded clusters whose entry is
 * not locked, and so spares those in use, also those of its own process.
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
   * How long an entry without a cluster is kept: a deployment whose process was killed, or whose
   * response was lost, may still take effect. It counts from the time in the entry: when the
   * deployment was about to be sent, or when it failed, by the {@link Builder#timeSource} of the
   * process that wrote it. The process that sweeps compares it with its own.
   */
  public static final Duration IN_FLIGHT = Duration.ofMinutes(10);

  /** How often a list that contradicts a read of the cluster is read again; lists may lag. */
  private static final int MAX_LISTS = 6;

  private static final Duration LIST_INTERVAL = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(EphemeralClusters.class);

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
    ledger =
        new Ledger(
            builder.ledger == null ? Builder.defaultLedger() : builder.ledger,
            builder.cloud.baseUrl(),
            builder.scope);
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
   * an interrupted wait, the cluster is destroyed if it exists. If it is not certain whether it was
   * deployed, or it cannot be destroyed, its entry stays in the ledger for a later sweep.
   *
   * @param template what to deploy; its ID is ignored
   * @return the running cluster; close it to destroy it
   * @throws InvalidRequestException when the request is invalid; nothing was sent
   * @throws IllegalStateException when it is not proven that the API token allows destroying, the
   *     ledger cannot be written, or the thread is interrupted; nothing was deployed
   * @throws TypeDBCloudException when the cluster cannot be deployed or does not start
   */
  public EphemeralCluster deploy(DeployClusterRequest template) {
    Objects.requireNonNull(template, "template must not be null");
    String id = newId();
    DeployClusterRequest request = template.toBuilder().id(id).build();
    List<Violation> violations = clusters.validate(request);
    if (!violations.isEmpty()) {
      throw new InvalidRequestException("deploy of an ephemeral cluster", violations);
    }
    requireDestroyAllowed();
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException(
          "The thread is interrupted, so no ephemeral cluster was deployed.");
    }
    Ledger.Entry entry = ledger.record(id, time.now());
    try {
      return new EphemeralCluster(clusters.deployAndAwait(request, waitOptions), this, entry);
    } catch (RuntimeException | Error failure) {
      // The ledger cannot be written on an interrupted thread.
      boolean interrupted = Thread.interrupted();
      try {
        destroyAfterFailure(entry, failure);
      } catch (RuntimeException cleanupFailure) {
        failure.addSuppressed(cleanupFailure);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
      throw failure;
    }
  }

  /**
   * Destroys what a failed deployment may have left.
   *
   * <p>Only two failures say enough to remove the entry: an invalid request was not sent, and a
   * cluster that a wait has seen was deployed, so that its absence means that it is gone. No other
   * failure proves that nothing was or will be deployed, not even 400, 401, 403 or 404: the client
   * retries, and it may be the response to the second attempt, while the service still processes
   * the first. A conflict is probably with such an attempt, because the ID is random. Then the
   * entry is left for a sweep after {@link #IN_FLIGHT}.
   */
  private void destroyAfterFailure(Ledger.Entry entry, Throwable failure) {
    if (failure instanceof InvalidRequestException) {
      try (entry) {
        entry.remove();
      }
      return;
    }
    boolean wasSeen = failure instanceof WaitException wait && wait.cluster().isPresent();
    if (!wasSeen) {
      renew(entry);
    }
    destroy(entry, wasSeen);
  }

  /** The deployment may have been in flight until now, which may be long after it was recorded. */
  private void renew(Ledger.Entry entry) {
    try {
      entry.write(time.now());
    } catch (IOException e) {
      LOG.warn("Could not update {} in {}; it keeps its older time", entry.id(), ledger, e);
    }
  }

  ClustersApi clusters() {
    return clusters;
  }

  /** Destroys a cluster that was running, also on an interrupted thread, and removes its entry. */
  void destroy(Ledger.Entry entry) {
    destroy(entry, true);
  }

  private void destroy(Ledger.Entry entry, boolean removesEntry) {
    // A call on an interrupted thread fails, but the cluster must go.
    boolean interrupted = Thread.interrupted();
    try (entry) {
      destroyUntilGone(entry.id());
      if (removesEntry) {
        entry.remove();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Destroys leftover clusters and waits until they are gone. Leftover are, of the clusters whose
   * ID has the form described above, with this prefix:
   *
   * <ul>
   *   <li>those that the ledger records for this service and scope and that no process uses;
   *   <li>those of this scope that the ledger does not record and that are older than the maximum
   *       age, from their {@code createdAt} to now by the {@link Builder#timeSource}. A cluster
   *       without {@code createdAt} has no age.
   * </ul>
   *
   * No other cluster is touched, and no other entry of the ledger. An entry that cannot be read is
   * reported, logged and passed over, and so is its cluster. An entry without a cluster is removed
   * when it is older than {@link #IN_FLIGHT}.
   *
   * @return the clusters that were destroyed, those that could not be, and the entries that cannot
   *     be read
   * @throws TypeDBCloudException when the clusters cannot be listed
   * @throws IllegalStateException when the ledger is not a readable directory
   */
  public SweepResult sweep() {
    return sweep(false);
  }

  /**
   * Finds out what {@link #sweep} would do. Destroys nothing and removes no entry.
   *
   * @return the clusters that would be destroyed, those of which that is not known because they
   *     cannot be read, and the entries that cannot be read
   * @throws TypeDBCloudException when the clusters cannot be listed
   * @throws IllegalStateException when the ledger is not a readable directory
   */
  public SweepResult previewSweep() {
    return sweep(true);
  }

  /**
   * Returns the IDs of the clusters that {@link #sweep} would destroy. Destroys nothing. Entries
   * that cannot be read are only logged; {@link #previewSweep} returns them too.
   */
  public List<String> leftovers() {
    return previewSweep().destroyed();
  }

  private SweepResult sweep(boolean dryRun) {
    List<Cluster> all = clusters.list();
    Set<String> existing = all.stream().map(Cluster::id).collect(Collectors.toSet());
    Ledger.Contents contents = ledger.read(this::isOwnId);
    List<UnreadableEntry> unreadable = new ArrayList<>(contents.unreadable());
    List<String> destroyed = new ArrayList<>();
    Map<String, RuntimeException> failed = new LinkedHashMap<>();
    for (Ledger.Recorded recorded : contents.entries()) {
      try (Ledger.Entry entry = ledger.acquire(recorded)) {
        if (entry != null && sweep(entry, existing, dryRun, failed)) {
          destroyed.add(entry.id());
        }
      } catch (IOException e) {
        unreadable.add(ledger.unreadable(recorded.id(), e));
      }
    }
    for (Cluster cluster : all) {
      String id = cluster.id();
      boolean isHandled = destroyed.contains(id) || failed.containsKey(id) || ledger.records(id);
      if (!isHandled
          && isOwnId(id)
          && isLeftOverByAge(cluster)
          && (dryRun || tryDestroy(id, failed))) {
        destroyed.add(id);
      }
    }
    if (!dryRun) {
      ledger.cleanUp(this::isOwnId, time.now().minus(IN_FLIGHT));
    }
    unreadable.forEach(
        entry -> LOG.warn("Passed over {} in the ledger: {}", entry.file(), entry.reason()));
    if (!dryRun) {
      LOG.info(
          "Sweep of {}: {} destroyed {}, {} failed {}, {} left",
          clusters,
          destroyed.size(),
          destroyed,
          failed.size(),
          failed.keySet(),
          all.size() - destroyed.size() - failed.size());
    }
    return new SweepResult(destroyed, failed, unreadable);
  }

  /** Returns whether there was a cluster, and it is or would be destroyed. */
  private boolean sweep(
      Ledger.Entry entry,
      Set<String> existing,
      boolean dryRun,
      Map<String, RuntimeException> failed) {
    String id = entry.id();
    boolean exists = existing.contains(id);
    if (!exists) {
      if (!isOlder(entry.written(), IN_FLIGHT)) {
        return false;
      }
      // The list was read before the entry was locked, so it proves nothing about the cluster.
      try {
        exists = clusters.find(id).isPresent() || isListed(id);
      } catch (RuntimeException e) {
        failed.put(id, e);
        return false;
      }
    }
    if (dryRun) {
      return exists;
    }
    if (!exists || tryDestroy(id, failed)) {
      entry.remove();
      return exists;
    }
    return false;
  }

  /** A cluster that cannot be destroyed does not end the sweep. */
  private boolean tryDestroy(String id, Map<String, RuntimeException> failed) {
    try {
      destroyUntilGone(id);
      return true;
    } catch (RuntimeException e) {
      failed.put(id, e);
      return false;
    }
  }

  /**
   * Destroys a cluster and proves that it is gone. The 404 of a gateway is no proof, and neither is
   * a single read, because reads may lag: both a read of the cluster and the list must lack it.
   *
   * @throws RuntimeException when it is not proven
   */
  private void destroyUntilGone(String id) {
    try {
      clusters.destroy(id);
    } catch (NotFoundException e) {
      Optional<Cluster> found = listed(id);
      if (found.isPresent() && !found.get().status().equals(ClusterStatus.DESTROYING)) {
        throw e;
      }
    }
    clusters.awaitDestroyed(id, waitOptions);
    for (int lists = 1; isListed(id); lists++) {
      if (lists == MAX_LISTS) {
        throw new IllegalStateException(
            "The cluster '"
                + id
                + "' is still in the list of "
                + clusters
                + ", although reading it responds with 404; it stays in the ledger.");
      }
      pause();
    }
  }

  private void pause() {
    try {
      time.sleep(LIST_INTERVAL);
    } catch (InterruptedException e) {
      // The next read fails, because the thread is interrupted.
      Thread.currentThread().interrupt();
    }
  }

  private boolean isListed(String id) {
    return listed(id).isPresent();
  }

  private Optional<Cluster> listed(String id) {
    return clusters.list().stream().filter(cluster -> cluster.id().equals(id)).findAny();
  }

  private boolean isOwnId(String id) {
    return ids.matcher(id).matches();
  }

  private boolean isLeftOverByAge(Cluster cluster) {
    // The client reads an absent createdAt as the epoch.
    return cluster.createdAt().isAfter(Instant.EPOCH) && isOlder(cluster.createdAt(), maxAge);
  }

  private boolean isOlder(Instant moment, Duration age) {
    return Duration.between(moment, time.now()).compareTo(age) > 0;
  }

  /**
   * Destroys a cluster that does not exist: a documented 404 to that, and nothing else, proves that
   * the token has the access level, which the service verifies first.
   */
  private void requireDestroyAllowed() {
    if (destroyAllowed) {
      return;
    }
    RuntimeException unproven = null;
    try {
      clusters.destroy(newId());
    } catch (ForbiddenException e) {
      throw new IllegalStateException(
          "The API token cannot destroy clusters in "
              + clusters
              + ", so no ephemeral cluster was deployed; use an API token of level admin.",
          e);
    } catch (NotFoundException e) {
      if (!e.code().isEmpty()) {
        destroyAllowed = true;
        return;
      }
      unproven = e;
    } catch (TypeDBCloudException e) {
      unproven = e;
    }
    throw new IllegalStateException(
        "It could not be verified that the API token can destroy clusters in "
            + clusters
            + ", so no ephemeral cluster was deployed. To verify it, a cluster that does not exist"
            + " is destroyed, which the service must respond to with HTTP 404"
            + (unproven == null
                ? "; its first response was lost or an error. "
                : ", but: " + unproven.getMessage() + " ")
            + "Check the base URL, the scope and the service, and deploy again.",
        unproven);
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
    private @Nullable Path ledger;

    private Builder(TypeDBCloudClient cloud, Scope scope) {
      this.cloud = Objects.requireNonNull(cloud, "cloud must not be null");
      this.scope = Objects.requireNonNull(scope, "scope must not be null");
    }

    private static Path defaultLedger() {
      // The JVM sets "?" for a user without a home directory.
      String home = System.getProperty("user.home", "?");
      if (home.isBlank() || home.equals("?")) {
        throw new IllegalStateException(
            "This user has no home directory (the system property user.home is '"
                + home
                + "'), so there is no default ledger of ephemeral clusters; set a directory with"
                + " ledger(path).");
      }
      return Path.of(home, ".typedb-cloud", "ephemeral");
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
      Objects.requireNonNull(prefix, "prefix must not be null");
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
      Objects.requireNonNull(age, "age must not be null");
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
     * Processes may share a ledger. Its file system must support file locks and atomic renames.
     *
     * @param directory is created when needed
     */
    public Builder ledger(Path directory) {
      this.ledger = Objects.requireNonNull(directory, "directory must not be null");
      return this;
    }

    /**
     * The clock for ages; the system clock by default. It should agree to within minutes with those
     * of the service and of other processes that share the ledger.
     */
    public Builder timeSource(TimeSource source) {
      this.time = Objects.requireNonNull(source, "source must not be null");
      return this;
    }

    /**
     * Returns an instance with these settings. Sends and writes nothing.
     *
     * @throws IllegalStateException when no ledger is set and there is no home directory
     */
    public EphemeralClusters build() {
      return new EphemeralClusters(this);
    }
  }
}
