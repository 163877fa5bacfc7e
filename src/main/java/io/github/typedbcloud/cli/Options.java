package io.github.typedbcloud.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Reads options of the form {@code --name value} or {@code --name=value} in order. */
final class Options {

  private final Deque<String> remaining = new ArrayDeque<>();

  Options(List<String> arguments) {
    for (String argument : arguments) {
      int end = argument.startsWith("--") ? argument.indexOf('=') : -1;
      if (end < 0) {
        remaining.add(argument);
      } else {
        remaining.add(argument.substring(0, end));
        remaining.add(argument.substring(end + 1));
      }
    }
  }

  boolean hasNext() {
    return !remaining.isEmpty();
  }

  String name() {
    return remaining.remove();
  }

  String value(String name) {
    if (remaining.isEmpty()) {
      throw new UsageException(name + " needs a value.");
    }
    return remaining.remove();
  }

  int number(String name) {
    String value = value(name);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new UsageException(name + " needs an integer, not '" + value + "'.");
    }
  }

  /** A duration such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h} or {@code 1d}. */
  Duration duration(String name) {
    String value = value(name);
    try {
      return value.endsWith("ms")
          ? Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)))
          : Duration.parse((value.endsWith("d") ? "P" : "PT") + value.toUpperCase(Locale.ROOT));
    } catch (NumberFormatException | DateTimeException e) {
      throw new UsageException(
          name + " needs a duration such as 500ms, 30s, 5m, 2h or 1d, not '" + value + "'.");
    }
  }

  /** Two names separated by a slash. */
  String[] pair(String name) {
    return parts(name, "/", 2, "two names separated by a slash, such as my-team/default");
  }

  /** The non-empty parts of one value, of which there must be {@code count}. */
  String[] parts(String name, String separator, int count, String form) {
    String value = value(name);
    String[] parts = value.split(separator, -1);
    if (parts.length != count || List.of(parts).contains("")) {
      throw new UsageException(name + " needs " + form + ", not '" + value + "'.");
    }
    return parts;
  }
}
