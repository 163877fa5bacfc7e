package io.github.typedbcloud.console;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Detects whether this process has a terminal, and its width. */
final class Terminal {

  private Terminal() {}

  /** Whether standard output goes to a terminal that can clear a line. */
  static boolean isInteractive() {
    String type = System.getenv().getOrDefault("TERM", "dumb");
    return !type.equals("dumb") && isTerminal(System.console());
  }

  /** Since JDK 22 a console may exist without a terminal; {@code isTerminal} is new there. */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  static int columns(int defaultColumns) {
    return columns(System.getenv(), defaultColumns);
  }

  static int columns(Map<String, String> environment, int defaultColumns) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : defaultColumns;
  }
}
