package io.github.typedbcloud.cli;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.simulator.AccessLevel;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Runs a simulator until the process ends. */
final class SimulatorCommand {

  static final int DEFAULT_PORT = 8080;

  static final String HELP =
      """
      usage: java -jar typedb-cloud-client-all.jar simulator [options]

      Serves both versions of the TypeDB Cloud API on the loopback interface until Ctrl+C.

      Options:
        --port PORT                  the port to listen on; 0 selects a free port (default 8080)
        --space TEAM/SPACE           add a space; repeatable (default my-team/default)
        --project ORG/PROJECT        add a project; repeatable (default my-org/default)
        --api-token ID:SECRET:LEVEL  add an API token for all spaces and projects; LEVEL is read,
                                     write or admin; repeatable (an admin token always exists)
        --transition-time DURATION   the duration of starting, suspending, resuming and
                                     destroying, such as 500ms, 30s or 5m (default 2s)
        --token-lifetime DURATION    the lifetime of access tokens (default 1h)
        --no-payment-method          reject clusters that are not free
        --help                       print this help
      """;

  private SimulatorCommand() {}

  static void run(List<String> arguments, PrintStream out) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(HELP);
      return;
    }
    try (TypeDBCloudSimulator simulator = settings(new Options(arguments)).start()) {
      out.println("TypeDB Cloud simulator on " + simulator.url() + "; stop with Ctrl+C");
      out.println("export " + TypeDBCloudClient.URL_VARIABLE + "=" + simulator.url());
      out.println("export " + TypeDBCloudClient.CLIENT_ID_VARIABLE + "=" + simulator.clientId());
      out.println(
          "export " + TypeDBCloudClient.CLIENT_SECRET_VARIABLE + "=" + simulator.clientSecret());
      out.println(simulator);
      out.flush();
      awaitProcessEnd();
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
      default -> throw new UsageException("Unknown option '" + name + "'; see simulator --help.");
    }
  }

  private static AccessLevel level(String name) {
    try {
      return AccessLevel.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UsageException("Unknown access level '" + name + "'; use read, write or admin.");
    }
  }

  private static void awaitProcessEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
