package io.github.typedbcloud.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Runs one command, and exits with 0, with 1 when it failed, or with 2 when it was not understood.
 */
public final class Main {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;

  static final String HELP =
      """
      Usage: java -jar typedb-cloud-client-all.jar <command> [options]

      Commands:
        simulator   serve a TypeDB Cloud on this machine, for programs in any language
        sweep       destroy the ephemeral clusters that killed test runs left
        help        print this; "<command> --help" tells the options of a command
      """;

  private Main() {}

  /** Runs the command that the arguments name. */
  public static void main(String[] arguments) {
    // The runnable jar has no logger; SLF4J need not say so.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    int code = run(List.of(arguments), System.getenv(), System.out, System.err);
    if (code != DONE) {
      System.exit(code);
    }
  }

  /** Runs a command to its end, or, for the simulator, until the process is told to end. */
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
        case "" -> throw new UsageException("Say what to do.");
        default -> throw new UsageException("There is no command '" + command + "'.");
      }
      return DONE;
    } catch (UsageException e) {
      err.println(e.getMessage());
      err.print(HELP);
      return MISUSED;
    } catch (RuntimeException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }
}
