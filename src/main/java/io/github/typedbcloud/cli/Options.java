package io.github.typedbcloud.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Arguments of the form {@code --name value}, or {@code --name=value}, read one after the other.
 */
final class Options {

  private final Deque<String> left = new ArrayDeque<>();

  Options(List<String> arguments) {
    for (String argument : arguments) {
      int end = argument.startsWith("--") ? argument.indexOf('=') : -1;
      if (end < 0) {
        left.add(argument);
      } else {
        left.add(argument.substring(0, end));
        left.add(argument.substring(end + 1));
      }
    }
  }

  boolean hasNext() {
    return !left.isEmpty();
  }

  String name() {
    return left.remove();
  }

  String value(String name) {
    if (left.isEmpty()) {
      throw new UsageException(name + " needs a value.");
    }
    return left.remove();
  }

  int number(String name) {
    String value = value(name);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new UsageException(name + " needs a whole number, not '" + value + "'.");
    }
  }

  /** As in {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}. */
  Duration duration(String name) {
    String value = value(name);
    try {
      return value.endsWith("ms")
          ? Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)))
          : Duration.parse((value.endsWith("d") ? "P" : "PT") + value.toUpperCase(Locale.ROOT));
    } catch (NumberFormatException | DateTimeException e) {
      throw new UsageException(
          name + " needs a time such as 500ms, 30s, 5m, 2h or 1d, not '" + value + "'.");
    }
  }

  /** Two names with a slash between them. */
  String[] pair(String name) {
    return parts(name, "/", 2, "two names with a slash between them, such as my-team/default");
  }

  /** Parts of one value. */
  String[] parts(String name, String separator, int count, String form) {
    String value = value(name);
    String[] parts = value.split(separator, -1);
    if (parts.length != count || List.of(parts).contains("")) {
      throw new UsageException(name + " needs " + form + ", not '" + value + "'.");
    }
    return parts;
  }
}
