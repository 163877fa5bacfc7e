package io.github.typedbcloud.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * The runnable jar's entry point. Exits with 0 on success, with 1 when the command failed, and with
 * 2 when the arguments are invalid.
 */
public final class Main {

  static final int SUCCESS = 0;
  static final int FAILURE = 1;
  static final int USAGE_ERROR = 2;

  static final String HELP =
      """
      usage: java -jar typedb-cloud-client-all.jar <command> [options]

      Commands:
        simulator   run a TypeDB Cloud simulator for programs in any language
        sweep       destroy ephemeral clusters that killed test runs left behind
        help        print this help; "<command> --help" prints the options of a command
      """;

  private Main() {}

  /** Runs a command and exits the process if that fails. */
  public static void main(String[] arguments) {
    // The runnable jar has no logging backend; suppresses the warning of SLF4J.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    int code = run(List.of(arguments), System.getenv(), System.out, System.err);
    if (code != SUCCESS) {
      System.exit(code);
    }
  }

  /** Runs a command and returns the exit code. The simulator runs until the process ends. */
  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    String command = arguments.isEmpty() ? "" : arguments.get(0);
    List<String> options = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
    try {
      switch (command) {
        case "simulator" -> SimulatorCommand.run(options, out);
        case "sweep" -> {
          return SweepCommand.run(options, environment, out, err);
        }
        case "help", "--help", "-h" -> out.print(HELP);
        case "" -> {
          err.print(HELP);
          return USAGE_ERROR;
        }
        default -> throw new UsageException("Unknown command '" + command + "'.");
      }
      return SUCCESS;
    } catch (UsageException e) {
      err.println(e.getMessage());
      err.print(HELP);
      return USAGE_ERROR;
    } catch (RuntimeException e) {
      err.println(e.getMessage());
      return FAILURE;
    }
  }
}
