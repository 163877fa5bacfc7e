package io.github.typedbcloud.console;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this process can know of the terminal that it may run in. */
final class Terminal {

  private Terminal() {}

  /** Whether output goes to a terminal that understands how to clear a line. */
  static boolean isThere() {
    String type = System.getenv().getOrDefault("TERM", "dumb");
    return !type.equals("dumb") && isInteractive(System.console());
  }

  /** From JDK 22 on there can be a console without a terminal, which then says so. */
  private static boolean isInteractive(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  static int columns(int otherwise) {
    return columns(System.getenv(), otherwise);
  }

  static int columns(Map<String, String> environment, int otherwise) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : otherwise;
  }
}
