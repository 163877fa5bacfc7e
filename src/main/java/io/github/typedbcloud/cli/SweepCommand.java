package io.github.typedbcloud.cli;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.ephemeral.EphemeralClusters;
import io.github.typedbcloud.ephemeral.SweepResult;
import io.github.typedbcloud.model.Scope;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Destroys ephemeral clusters that killed test runs left behind, as a scheduled job. */
final class SweepCommand implements Command {

  private static final String HELP =
      """
      usage: java -jar typedb-cloud-client-all.jar sweep --id-prefix PREFIX [options]

      Destroys ephemeral clusters that killed test runs left behind. Their ID is the prefix, a hyphen
      and ten letters or digits. They are in the ledger of this machine and no process uses them, or
      they are not in the ledger and older than the maximum age. No other cluster is touched.

      Options:
        --id-prefix PREFIX     the ID prefix of the tests' clusters; required
        --space TEAM/SPACE     a space to sweep; repeatable
        --project ORG/PROJECT  a project to sweep; repeatable
        --max-age DURATION     the maximum age, such as 90m or 6h (default 6h)
        --ledger DIRECTORY     the ledger (default .typedb-cloud/ephemeral in the home directory)
        --dry-run              print what would be destroyed, destroy nothing
        --allow-insecure-http  accept an http URL of another host; sends credentials unencrypted
        --help                 print this help

      Without a space or project, sweeps that of TYPEDB_CLOUD_TEAM and TYPEDB_CLOUD_SPACE, or of
      TYPEDB_CLOUD_ORGANIZATION and TYPEDB_CLOUD_PROJECT. Credentials are read from
      TYPEDB_CLOUD_CLIENT_ID and TYPEDB_CLOUD_CLIENT_SECRET, the base URL from TYPEDB_CLOUD_URL if
      set. The API token needs the level admin. The exit code is 1 if a space or project could not be
      swept, a cluster could not be destroyed or an entry of the ledger could not be read; the others
      are swept all the same.
      """;

  private @Nullable String idPrefix;

  /** Without duplicates, in the order of the arguments. */
  private final Set<Scope> scopes = new LinkedHashSet<>();

  private @Nullable Path ledger;
  private Duration maxAge = EphemeralClusters.DEFAULT_MAX_AGE;
  private boolean dryRun;
  private boolean insecureHttpAllowed;

  /** The entries of the ledger that were printed; all scopes share them. */
  private final Set<SweepResult.UnreadableEntry> unreadable = new HashSet<>();

  @Override
  public String name() {
    return "sweep";
  }

  @Override
  public String summary() {
    return "destroy ephemeral clusters that killed test runs left behind";
  }

  @Override
  public String help() {
    return HELP;
  }

  @Override
  public int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    new Options(arguments).forEach(this::readOne);
    if (scopes.isEmpty()) {
      Scope.from(environment).ifPresent(scopes::add);
    }
    return run(environment, out, err);
  }

  private void readOne(Options options) {
    switch (options.name()) {
      case "--id-prefix" -> {
        if (idPrefix != null) {
          throw new IllegalArgumentException("Only one is possible; sweep others in other runs.");
        }
        idPrefix = options.value();
      }
      case "--space" -> {
        String[] space = options.pair();
        scopes.add(Scope.space(space[0], space[1]));
      }
      case "--project" -> {
        String[] project = options.pair();
        scopes.add(Scope.project(project[0], project[1]));
      }
      case "--max-age" -> maxAge = options.positiveDuration();
      case "--ledger" -> ledger = options.path();
      case "--dry-run" -> dryRun = true;
      case "--allow-insecure-http" -> insecureHttpAllowed = true;
      default -> throw options.unknown();
    }
  }

  private int run(Map<String, String> environment, PrintStream out, PrintStream err) {
    if (idPrefix == null) {
      throw new UsageException("sweep needs --id-prefix.");
    }
    if (scopes.isEmpty()) {
      throw new UsageException(
          "sweep needs --space or --project, or the environment variables of one.");
    }
    try (TypeDBCloudClient cloud = client(environment)) {
      boolean isComplete = true;
      for (Scope scope : scopes) {
        EphemeralClusters clusters = clusters(cloud, scope, idPrefix);
        isComplete &= sweep(clusters, scope, out, err);
      }
      return isComplete ? Main.SUCCESS : Main.FAILURE;
    }
  }

  private TypeDBCloudClient client(Map<String, String> environment) {
    TypeDBCloudClient.Builder builder = TypeDBCloudClient.builder().fromEnv(environment);
    if (insecureHttpAllowed) {
      builder.allowInsecureHttp();
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(withOptions(e), e);
    }
  }

  private EphemeralClusters clusters(TypeDBCloudClient cloud, Scope scope, String prefix) {
    EphemeralClusters.Builder builder = EphemeralClusters.builder(cloud, scope).maxAge(maxAge);
    if (ledger != null) {
      builder.ledger(ledger);
    }
    Options.named("--id-prefix", () -> builder.idPrefix(prefix));
    try {
      return builder.build();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(withOptions(e), e);
    }
  }

  /** Returns whether all was read and destroyed. A failure does not end the sweep of others. */
  private boolean sweep(EphemeralClusters clusters, Scope scope, PrintStream out, PrintStream err) {
    SweepResult result;
    try {
      result = dryRun ? clusters.previewSweep() : clusters.sweep();
    } catch (RuntimeException e) {
      err.println("failed to sweep " + scope + ": " + withOptions(e));
      return false;
    }
    String done = dryRun ? "would destroy " : "destroyed ";
    result.destroyed().forEach(id -> out.println(done + id));
    String notDone = dryRun ? "failed to read " : "failed to destroy ";
    result
        .failed()
        .forEach((id, failure) -> err.println(notDone + id + ": " + failure.getMessage()));
    result.unreadable().stream()
        .filter(unreadable::add)
        .forEach(
            entry ->
                err.println("unreadable ledger entry " + entry.file() + ": " + entry.reason()));
    out.println((dryRun ? "Dry run of " : "Swept ") + scope + ": " + summary(result) + ".");
    return result.isComplete();
  }

  private String summary(SweepResult result) {
    String entries =
        result.unreadable().isEmpty() ? "" : ", " + result.unreadable().size() + " unreadable";
    return result.destroyed().size()
        + (dryRun ? " to destroy, " : " destroyed, ")
        + result.failed().size()
        + " failed"
        + entries;
  }

  /** The message, with options in place of the methods that it advises to call. */
  private static String withOptions(RuntimeException e) {
    return Objects.toString(e.getMessage())
        .replace("call allowInsecureHttp()", "use --allow-insecure-http")
        .replace("ledger(path)", "--ledger");
  }
}
