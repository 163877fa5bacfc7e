package io.github.typedbcloud.cli;

import io.github.typedbcloud.internal.version.LibraryVersion;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entry point. Exits with 0 on success, with 1 when the command failed, and with 2 when the
 * arguments are invalid.
 */
public final class Main {

  static final int SUCCESS = 0;
  static final int FAILURE = 1;
  static final int USAGE_ERROR = 2;

  private final List<Command> commands = List.of(new SimulatorCommand(), new SweepCommand());
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  Main(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** Runs a command and exits the process if that fails. */
  public static void main(String[] arguments) {
    // The runnable jar has no logging backend; suppresses the warning of SLF4J.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    int code = new Main(System.getenv(), System.out, System.err).run(List.of(arguments));
    if (code != SUCCESS) {
      System.exit(code);
    }
  }

  /** Runs a command and returns the exit code. The simulator runs until the process ends. */
  int run(List<String> arguments) {
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
    switch (first) {
      case "help", "--help", "-h" -> {
        return help(rest);
      }
      case "--version" -> {
        out.println("typedb-cloud-client " + LibraryVersion.VALUE);
        return SUCCESS;
      }
      case "" -> {
        return usageError(help());
      }
      default -> {
        return command(first)
            .map(command -> run(command, rest))
            .orElseGet(() -> usageError(unknown(first)));
      }
    }
  }

  private int run(Command command, List<String> arguments) {
    try {
      if (arguments.contains("--help") || arguments.contains("-h")) {
        out.print(command.help());
        return SUCCESS;
      }
      return command.run(arguments, environment, out, err);
    } catch (UsageException e) {
      return usageError(e.getMessage() + "\n\n" + usage(command));
    } catch (RuntimeException e) {
      err.println(e.getMessage());
      return FAILURE;
    }
  }

  /** The first line of the help, and how to print the rest. */
  private static String usage(Command command) {
    return command.help().lines().findFirst().orElse("")
        + "\n\n\""
        + command.name()
        + " --help\" lists the options.\n";
  }

  /** Of all commands, or of one. */
  private int help(List<String> names) {
    if (names.isEmpty()) {
      out.print(help());
      return SUCCESS;
    }
    String name = names.get(0);
    Optional<Command> command = command(name);
    command.ifPresent(known -> out.print(known.help()));
    return command.isPresent() ? SUCCESS : usageError(unknown(name));
  }

  private int usageError(String text) {
    err.print(text);
    return USAGE_ERROR;
  }

  private String unknown(String name) {
    return "Unknown command '" + name + "'.\n\n" + help();
  }

  private Optional<Command> command(String name) {
    return commands.stream().filter(command -> command.name().equals(name)).findFirst();
  }

  private String help() {
    StringBuilder help =
        new StringBuilder(
            """
            usage: java -jar typedb-cloud-client-all.jar COMMAND [options]

            Commands:
            """);
    for (Command command : commands) {
      help.append("  %-15s%s%n".formatted(command.name(), command.summary()));
    }
    return help.append(
            """
              help COMMAND   print the options of a command

            Options:
              --version      print the version
              --help         print this help
            """)
        .toString();
  }
}
