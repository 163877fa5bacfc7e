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

/** Destroys what killed test runs left, for a scheduled job. */
final class SweepCommand {

  static final String HELP =
      """
      Usage: java -jar typedb-cloud-client-all.jar sweep --id-prefix PREFIX [options]

      Destroys the ephemeral clusters that killed test runs left: those that the ledger of this
      machine records and whose process is no more, and those whose ID is the prefix, a hyphen and
      ten letters or digits, and that are older than the maximal age. Nothing else is touched.

        --id-prefix PREFIX    the prefix of your tests' clusters; required
        --space TEAM/SPACE    where (default TYPEDB_CLOUD_TEAM and TYPEDB_CLOUD_SPACE)
        --project ORG/PROJECT where (default TYPEDB_CLOUD_ORGANIZATION and TYPEDB_CLOUD_PROJECT)
        --max-age TIME        such as 90m or 6h (default 6h)
        --ledger DIRECTORY    (default .typedb-cloud/ephemeral in the home directory)
        --dry-run             print what would be destroyed, and destroy nothing
        --help                print this

      Credentials come from TYPEDB_CLOUD_CLIENT_ID, TYPEDB_CLOUD_CLIENT_SECRET and, if set,
      TYPEDB_CLOUD_URL. The API token needs the level admin. Exits with 1 when a cluster could not
      be destroyed.
      """;

  private @Nullable String idPrefix;
  private @Nullable Scope scope;
  private @Nullable Path ledger;
  private Duration maxAge = EphemeralClusters.DEFAULT_MAX_AGE;
  private boolean dryRun;

  private SweepCommand() {}

  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(HELP);
      return Main.DONE;
    }
    SweepCommand command = new SweepCommand();
    command.scope = Scope.from(environment).orElse(null);
    command.read(new Options(arguments));
    return command.run(environment, out, err);
  }

  private void read(Options options) {
    while (options.hasNext()) {
      String name = options.name();
      switch (name) {
        case "--id-prefix" -> idPrefix = options.value(name);
        case "--space" -> {
          String[] space = options.pair(name);
          scope = Scope.space(space[0], space[1]);
        }
        case "--project" -> {
          String[] project = options.pair(name);
          scope = Scope.project(project[0], project[1]);
        }
        case "--max-age" -> maxAge = options.duration(name);
        case "--ledger" -> ledger = Path.of(options.value(name));
        case "--dry-run" -> dryRun = true;
        default ->
            throw new UsageException("sweep has no option '" + name + "'; see sweep --help.");
      }
    }
  }

  private int run(Map<String, String> environment, PrintStream out, PrintStream err) {
    String prefix =
        Optional.ofNullable(idPrefix)
            .orElseThrow(() -> new UsageException("sweep needs --id-prefix; see sweep --help."));
    Scope where =
        Optional.ofNullable(scope)
            .orElseThrow(
                () ->
                    new UsageException(
                        "sweep needs --space or --project, or the environment to name one; see"
                            + " sweep --help."));
    try (TypeDBCloudClient cloud = TypeDBCloudClient.builder().fromEnv(environment).build()) {
      EphemeralClusters clusters = clusters(cloud, where, prefix);
      if (dryRun) {
        clusters.leftovers().forEach(id -> out.println("would destroy " + id));
        return Main.DONE;
      }
      SweepResult result = clusters.sweep();
      result.destroyed().forEach(id -> out.println("destroyed " + id));
      result.failed().forEach((id, why) -> err.println("left " + id + ": " + why.getMessage()));
      out.println(
          "Swept "
              + where
              + ": "
              + result.destroyed().size()
              + " destroyed, "
              + result.failed().size()
              + " left.");
      return result.failed().isEmpty() ? Main.DONE : Main.FAILED;
    }
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
