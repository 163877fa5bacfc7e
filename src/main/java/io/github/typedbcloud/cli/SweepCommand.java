package io.github.typedbcloud.cli;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.ephemeral.EphemeralClusters;
import io.github.typedbcloud.ephemeral.SweepResult;
import io.github.typedbcloud.model.Scope;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
        --space TEAM/SPACE     the space (default TYPEDB_CLOUD_TEAM and TYPEDB_CLOUD_SPACE)
        --project ORG/PROJECT  the project (default TYPEDB_CLOUD_ORGANIZATION and
                               TYPEDB_CLOUD_PROJECT)
        --max-age DURATION     the maximum age, such as 90m or 6h (default 6h)
        --ledger DIRECTORY     the ledger (default .typedb-cloud/ephemeral in the home directory)
        --dry-run              print the clusters, destroy nothing
        --allow-insecure-http  accept an http URL of another host; sends credentials unencrypted
        --help                 print this help

      Credentials are read from TYPEDB_CLOUD_CLIENT_ID and TYPEDB_CLOUD_CLIENT_SECRET, the base URL
      from TYPEDB_CLOUD_URL if set. The API token needs the level admin. The exit code is 1 if a
      cluster could not be destroyed or an entry of the ledger could not be read.
      """;

  private @Nullable String idPrefix;
  private @Nullable Scope scope;
  private @Nullable Path ledger;
  private Duration maxAge = EphemeralClusters.DEFAULT_MAX_AGE;
  private boolean dryRun;
  private boolean insecureHttpAllowed;

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
    scope = Scope.from(environment).orElse(null);
    read(new Options(arguments));
    return run(environment, out, err);
  }

  private void read(Options options) {
    while (options.next()) {
      switch (options.name()) {
        case "--id-prefix" -> idPrefix = options.value();
        case "--space" -> {
          String[] space = options.pair();
          scope = Scope.space(space[0], space[1]);
        }
        case "--project" -> {
          String[] project = options.pair();
          scope = Scope.project(project[0], project[1]);
        }
        case "--max-age" -> maxAge = options.duration();
        case "--ledger" -> ledger = options.path();
        case "--dry-run" -> dryRun = true;
        case "--allow-insecure-http" -> insecureHttpAllowed = true;
        default -> throw options.unknown();
      }
    }
  }

  private int run(Map<String, String> environment, PrintStream out, PrintStream err) {
    String prefix =
        Optional.ofNullable(idPrefix)
            .orElseThrow(() -> new UsageException("sweep needs --id-prefix."));
    Scope where =
        Optional.ofNullable(scope)
            .orElseThrow(
                () ->
                    new UsageException(
                        "sweep needs --space or --project, or the environment variables of"
                            + " one."));
    TypeDBCloudClient.Builder builder = TypeDBCloudClient.builder().fromEnv(environment);
    if (insecureHttpAllowed) {
      builder.allowInsecureHttp();
    }
    try (TypeDBCloudClient cloud = builder.build()) {
      EphemeralClusters clusters = clusters(cloud, where, prefix);
      SweepResult result = dryRun ? clusters.previewSweep() : clusters.sweep();
      String done = dryRun ? "would destroy " : "destroyed ";
      result.destroyed().forEach(id -> out.println(done + id));
      String notDone = dryRun ? "failed to read " : "failed to destroy ";
      result
          .failed()
          .forEach((id, failure) -> err.println(notDone + id + ": " + failure.getMessage()));
      result
          .unreadable()
          .forEach(
              entry ->
                  err.println("unreadable ledger entry " + entry.file() + ": " + entry.reason()));
      if (!dryRun) {
        out.println("Swept " + where + ": " + summary(result) + ".");
      }
      return result.isComplete() ? Main.SUCCESS : Main.FAILURE;
    }
  }

  private static String summary(SweepResult result) {
    String unreadable =
        result.unreadable().isEmpty() ? "" : ", " + result.unreadable().size() + " unreadable";
    return result.destroyed().size()
        + " destroyed, "
        + result.failed().size()
        + " failed"
        + unreadable;
  }

  private EphemeralClusters clusters(TypeDBCloudClient cloud, Scope where, String prefix) {
    try {
      EphemeralClusters.Builder builder =
          EphemeralClusters.builder(cloud, where).idPrefix(prefix).maxAge(maxAge);
      return (ledger == null ? builder : builder.ledger(ledger)).build();
    } catch (IllegalArgumentException e) {
      throw new UsageException(Objects.toString(e.getMessage()));
    }
  }
}
