package io.github.typedbcloud.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads options of the form {@code --name}, {@code --name value} or {@code --name=value}. */
final class Options {

  /** 100 years, the longest duration of a simulator. */
  private static final int MAX_DAYS = 36_500;

  private final Deque<String> remaining;

  /** The option that was read last. */
  private String name = "";

  /** Its value after the equals sign, until it is read. */
  private @Nullable String attached;

  Options(List<String> arguments) {
    this.remaining = new ArrayDeque<>(arguments);
  }

  /**
   * Passes each option to a reader, which must read its value if it has one.
   *
   * @throws UsageException when an option has no value but needs one, or the reader throws an
   *     {@link IllegalArgumentException}; the message names the option
   */
  void forEach(Consumer<Options> reader) {
    while (next()) {
      named(
          name,
          () -> {
            reader.accept(this);
            return this;
          });
    }
  }

  /**
   * Returns what the value of an option is used for.
   *
   * @param option its name, with which the message of a failure starts
   * @throws UsageException when the value is rejected with an {@link IllegalArgumentException}
   */
  static <T> T named(String option, Supplier<T> use) {
    try {
      return use.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  /** Whether there is another option. */
  private boolean next() {
    if (attached != null) {
      throw new UsageException(name + " has no value.");
    }
    if (remaining.isEmpty()) {
      return false;
    }
    String argument = remaining.remove();
    int end = argument.startsWith("--") ? argument.indexOf('=') : -1;
    name = end < 0 ? argument : argument.substring(0, end);
    attached = end < 0 ? null : argument.substring(end + 1);
    return true;
  }

  /** The name of the option. */
  String name() {
    return name;
  }

  /** The value of the option. */
  String value() {
    String value = attached;
    attached = null;
    if (value != null) {
      return value;
    }
    String following = remaining.peek();
    if (following == null || following.startsWith("--")) {
      throw new UsageException(name + " needs a value.");
    }
    return remaining.remove();
  }

  int number() {
    String value = value();
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new UsageException(name + " needs an integer, not '" + value + "'.");
    }
  }

  Path path() {
    String value = value();
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new UsageException(name + " needs a path, not '" + value + "'.");
    }
  }

  /** A duration of zero or more, such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}. */
  Duration duration() {
    return duration(Duration.ZERO, "zero or more");
  }

  /** A duration of more than zero. */
  Duration positiveDuration() {
    return duration(Duration.ofNanos(1), "more than zero");
  }

  private Duration duration(Duration least, String range) {
    String value = value();
    Duration duration = duration(value);
    if (duration.compareTo(least) < 0 || duration.compareTo(Duration.ofDays(MAX_DAYS)) > 0) {
      throw new UsageException(
          "%s needs a duration of %s, up to %sd, not '%s'."
              .formatted(name, range, MAX_DAYS, value));
    }
    return duration;
  }

  private Duration duration(String value) {
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
  String[] pair() {
    return parts("/", 2, "two names separated by a slash, such as my-team/default");
  }

  /** The non-empty parts of the value, of which there must be {@code count}. */
  String[] parts(String separator, int count, String form) {
    String value = value();
    String[] parts = value.split(separator, -1);
    if (parts.length != count || List.of(parts).contains("")) {
      // The value may hold a secret.
      throw new UsageException(name + " needs " + form + ".");
    }
    return parts;
  }

  /** The non-empty elements of a list separated by commas, of which there must be one or more. */
  List<String> list() {
    String value = value();
    List<String> elements = List.of(value.split(",", -1));
    if (elements.contains("")) {
      throw new UsageException(
          name + " needs one or more elements separated by commas, not '" + value + "'.");
    }
    return elements;
  }

  /** The elements of a list separated by commas; empty without a value. */
  List<String> optionalList() {
    String following = remaining.peek();
    boolean hasValue = attached != null || (following != null && !following.startsWith("--"));
    return hasValue ? list() : List.of();
  }

  /** The exception for an option that the command does not have. */
  UsageException unknown() {
    return new UsageException("Unknown option '" + name + "'.");
  }
}
