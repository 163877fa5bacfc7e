package io.github.typedbcloud.cli;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.simulator.AccessLevel;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Serves a simulator until the process is told to end. */
final class SimulatorCommand {

  static final int DEFAULT_PORT = 8080;

  static final String HELP =
      """
      Usage: java -jar typedb-cloud-client-all.jar simulator [options]

      Serves both generations of the TypeDB Cloud API on the loopback interface until Ctrl+C.

        --port N                     where to listen; 0 is any free port (default 8080)
        --space TEAM/SPACE           a space; may be repeated (default my-team/default)
        --project ORG/PROJECT        a project; may be repeated (default my-org/default)
        --api-token ID:SECRET:LEVEL  an API token for all of them, LEVEL read, write or admin;
                                     may be repeated (one of level admin is always there)
        --transition-time TIME       how long starting, suspending, resuming and destroying
                                     take, such as 500ms, 30s or 5m (default 2s)
        --token-lifetime TIME        how long an access token is valid (default 1h)
        --no-payment-method          refuse clusters that are not free
        --help                       print this
      """;

  private SimulatorCommand() {}

  static void run(List<String> arguments, PrintStream out) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(HELP);
      return;
    }
    try (TypeDBCloudSimulator simulator = settings(new Options(arguments)).start()) {
      out.println("TypeDB Cloud simulator on " + simulator.url() + ", until Ctrl+C");
      out.println("export " + TypeDBCloudClient.URL_VARIABLE + "=" + simulator.url());
      out.println("export " + TypeDBCloudClient.CLIENT_ID_VARIABLE + "=" + simulator.clientId());
      out.println(
          "export " + TypeDBCloudClient.CLIENT_SECRET_VARIABLE + "=" + simulator.clientSecret());
      out.println(simulator);
      out.flush();
      untilTheProcessEnds();
    }
  }

  private static TypeDBCloudSimulator.Builder settings(Options options) {
    TypeDBCloudSimulator.Builder builder = TypeDBCloudSimulator.builder().port(DEFAULT_PORT);
    while (options.hasNext()) {
      String name = options.name();
      try {
        set(builder, name, options);
      } catch (IllegalArgumentException e) {
        throw new UsageException(name + ": " + e.getMessage());
      }
    }
    return builder;
  }

  private static void set(TypeDBCloudSimulator.Builder builder, String name, Options options) {
    switch (name) {
      case "--port" -> builder.port(options.number(name));
      case "--space" -> {
        String[] space = options.pair(name);
        builder.space(space[0], space[1]);
      }
      case "--project" -> {
        String[] project = options.pair(name);
        builder.project(project[0], project[1]);
      }
      case "--api-token" -> {
        String[] token = options.parts(name, ":", 3, "ID:SECRET:LEVEL");
        builder.apiToken(token[0], token[1], level(token[2]));
      }
      case "--transition-time" -> builder.transitionTime(options.duration(name));
      case "--token-lifetime" -> builder.accessTokenLifetime(options.duration(name));
      case "--no-payment-method" -> builder.paymentMethod(false);
      default ->
          throw new UsageException(
              "The simulator has no option '" + name + "'; see simulator --help.");
    }
  }

  private static AccessLevel level(String name) {
    try {
      return AccessLevel.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "There is no access level '" + name + "'; it is read, write or admin.");
    }
  }

  private static void untilTheProcessEnds() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
