package io.github.typedbcloud.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** A command of the runnable jar. Used for one run. */
interface Command {

  /** The first argument, which selects it. */
  String name();

  /** What it does, in one line. */
  String summary();

  /** Its usage, with all options. */
  String help();

  /**
   * Runs it and returns the exit code.
   *
   * @param arguments those after the name
   * @throws UsageException when they are invalid
   */
  int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err);
}
