package io.github.typedbcloud.cli;

import io.github.typedbcloud.simulator.AccessLevel;
import io.github.typedbcloud.simulator.Assumption;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs a simulator until the process ends. */
final class SimulatorCommand implements Command {

  private static final int DEFAULT_PORT = 8080;

  private static final Pattern VERSION =
      Pattern.compile("[0-9]{1,9}\\.[0-9]{1,9}\\.[0-9]{1,9}(-[0-9A-Za-z][0-9A-Za-z.-]*)?");

  private static final String HELP =
      """
      usage: java -jar typedb-cloud-client-all.jar simulator [options]

      Serves all versions of the TypeDB Cloud API on the loopback interface until Ctrl+C.

      Network:
        --host HOST                  the address or name to listen on; 0.0.0.0 stands for all
                                     addresses (default localhost: 127.0.0.1 and ::1)
        --port PORT                  the port to listen on; 0 selects a free port (default 8080)
        --tls                        serve HTTPS with a new self-signed certificate
        --tls-certificate FILE       where to write that certificate (default a temporary file)

      Control:
        --admin                      serve the admin API below /__simulator/: reset, seeds, faults,
                                     time, tokens and received requests, without authorization
        --seed FILE                  add what is in a JSON file: spaces, projects, tokens, clusters,
                                     versions, catalog, settings and time; repeatable
        --log                        print each request of the API to the standard error

      Scripts:
        --json                       print one line of JSON when ready instead of text: url, urls,
                                     clientId, clientSecret, admin (with --admin), certificate
                                     (with --tls) and pid
        --ready-file FILE            write the same JSON to a file when ready, which only its owner
                                     can read; deleted at the end

      Contents:
        --space TEAM/SPACE           add a space; repeatable (default my-team/default)
        --project ORG/PROJECT        add a project; repeatable (default my-org/default)
        --api-token ID:SECRET:LEVEL  add an API token for all spaces and projects; LEVEL is read,
                                     write or admin; repeatable (an admin token always exists)
        --versions VERSION,...       the offered TypeDB versions
        --no-payment-method          reject clusters that are not free
        --strict [NAME,...]          read these assumptions about the service strictly, without
                                     names all of them; repeatable
        --lenient [NAME,...]         the same, leniently

      Time, in durations such as 500ms, 30s, 5m, 2h or 1d:
        --transition-time DURATION   all four of the following (default 2s); they override it
                                     when they follow it
        --starting-time DURATION     how long clusters are starting
        --suspending-time DURATION   how long clusters are suspending
        --resuming-time DURATION     how long clusters are resuming
        --destroying-time DURATION   how long clusters are destroying
        --token-lifetime DURATION    the lifetime of access tokens (default 1h)
        --manual-time                freeze the clock until the admin API advances it

        --help                       print this help
      """;

  private final TypeDBCloudSimulator.Builder builder =
      TypeDBCloudSimulator.builder().port(DEFAULT_PORT);

  /** The options with API tokens and seeds, each of which may conflict with another one. */
  private final Set<String> contents = new LinkedHashSet<>();

  private String host = "localhost";
  private boolean tls;
  private boolean json;
  private boolean log;
  private boolean admin;
  private boolean manualTime;
  private @Nullable Path certificateFile;
  private @Nullable Path readyFile;

  @Override
  public String name() {
    return "simulator";
  }

  @Override
  public String summary() {
    return "run a TypeDB Cloud simulator for programs in any language";
  }

  @Override
  public String help() {
    return HELP;
  }

  @Override
  public int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    read(new Options(arguments));
    if (log) {
      builder.requestListener(request -> err.println(AccessLog.line(request)));
    }
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(stop, stopped));
    Runtime.getRuntime().addShutdownHook(hook);
    SelfSignedCertificate certificate = tls ? new SelfSignedCertificate(host) : null;
    if (certificate != null) {
      builder.tls(certificate.context());
    }
    // The files of another simulator are replaced only once the port is known to be free.
    try (TypeDBCloudSimulator simulator = startSimulator();
        ReadyFile ready = readyFile == null ? null : new ReadyFile(readyFile)) {
      if (!isLoopback(host)) {
        err.println("Warning: other machines may be able to connect to the simulator.");
      }
      Path pem = certificate == null ? null : certificate.write(certificateFile);
      ConnectionInfo info = new ConnectionInfo(simulator, pem);
      if (ready != null) {
        ready.write(info.toJson());
      }
      if (json) {
        out.println(info.toJson());
      } else {
        info.print(out);
      }
      out.flush();
      stop.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
      remove(hook);
    }
    return Main.SUCCESS;
  }

  private TypeDBCloudSimulator startSimulator() {
    try {
      return builder.start();
    } catch (IllegalArgumentException e) {
      // Each token and each seed is valid, but they do not fit each other.
      throw new IllegalArgumentException(
          "%s: %s".formatted(String.join(", ", contents), e.getMessage()), e);
    }
  }

  private void read(Options options) {
    options.forEach(this::readOne);
    if (certificateFile != null && !tls) {
      throw new UsageException("--tls-certificate needs --tls.");
    }
    if (manualTime && !admin) {
      throw new UsageException("--manual-time needs --admin, which advances the clock.");
    }
  }

  private void readOne(Options options) {
    switch (options.name()) {
      case "--host" -> {
        host = options.value();
        builder.host(host);
      }
      case "--port" -> builder.port(options.number());
      case "--tls" -> tls = true;
      case "--tls-certificate" -> certificateFile = options.path();
      case "--admin" -> {
        admin = true;
        builder.admin(true);
      }
      case "--seed" -> seed(options.path());
      case "--log" -> log = true;
      case "--json" -> json = true;
      case "--ready-file" -> readyFile = options.path();
      case "--space" -> {
        String[] space = options.pair();
        builder.space(space[0], space[1]);
      }
      case "--project" -> {
        String[] project = options.pair();
        builder.project(project[0], project[1]);
      }
      case "--api-token" -> {
        contents.add(options.name());
        String[] token = options.parts(":", 3, "ID:SECRET:LEVEL");
        builder.apiToken(token[0], token[1], level(token[2]));
      }
      case "--versions" -> builder.versions(versions(options.list()));
      case "--strict" -> builder.strict(assumptions(options.optionalList()));
      case "--lenient" -> builder.lenient(assumptions(options.optionalList()));
      case "--no-payment-method" -> builder.paymentMethod(false);
      case "--transition-time" -> builder.transitionTime(options.duration());
      case "--starting-time" -> builder.startingTime(options.duration());
      case "--suspending-time" -> builder.suspendingTime(options.duration());
      case "--resuming-time" -> builder.resumingTime(options.duration());
      case "--destroying-time" -> builder.destroyingTime(options.duration());
      case "--token-lifetime" -> builder.accessTokenLifetime(options.positiveDuration());
      case "--manual-time" -> {
        manualTime = true;
        builder.seed("{\"time\":{\"mode\":\"manual\"}}");
      }
      default -> throw options.unknown();
    }
  }

  private void seed(Path file) {
    contents.add("--seed " + file);
    try {
      builder.seed(Files.readString(file));
    } catch (IOException e) {
      throw new FileException("--seed", file, e);
    } catch (IllegalArgumentException e) {
      throw new FileException("--seed", file, e.getMessage());
    }
  }

  private static List<String> versions(List<String> names) {
    for (String name : names) {
      if (!VERSION.matcher(name).matches()) {
        throw new IllegalArgumentException("'" + name + "' is not a version such as 3.0.6.");
      }
    }
    return names;
  }

  private static AccessLevel level(String name) {
    try {
      return AccessLevel.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Unknown access level '" + name + "'; use read, write or admin.", e);
    }
  }

  private static Assumption[] assumptions(List<String> names) {
    return names.stream().map(SimulatorCommand::assumption).toArray(Assumption[]::new);
  }

  private static Assumption assumption(String name) {
    List<Assumption> all = Stream.of(Assumption.values()).filter(Assumption::hasReadings).toList();
    return all.stream()
        .filter(assumption -> assumption.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Unknown assumption '" + name + "'; use any of " + all + "."));
  }

  private static boolean isLoopback(String host) {
    try {
      return Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Runs when the process is terminated: lets the command clean up. */
  private static void stop(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, so the hook is running.
      return;
    }
  }
}
