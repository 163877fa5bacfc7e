package io.github.typedbcloud.internal.json;

import io.github.typedbcloud.internal.text.CleanText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object in their order, as the types that the API documents. The
 * source is a parser ({@link Json#readObject}) or a map ({@link #of}).
 *
 * <pre>{@code
 * for (String name = fields.next(); name != null; name = fields.next()) {
 *   switch (name) {
 *     case "id" -> id = fields.string();
 *     default -> unknown = fields.addTo(unknown);
 *   }
 * }
 * }</pre>
 *
 * <p>The value of each field must be read exactly once. A {@code null} reads as the empty value of
 * its type. A value of another type is an {@link IllegalArgumentException} that names the field.
 * Not thread-safe.
 */
public abstract class FieldReader {

  /** Numbers up to this one are the same as a double and as a long. */
  static final double MAX_WHOLE_NUMBER = Long.MAX_VALUE / 2.0;

  private static final int MAX_QUOTED_CHARACTERS = 60;

  private static final int MAX_QUOTED_NAMES = 10;

  /** Of the current field; empty before the first. */
  String name = "";

  FieldReader() {}

  /** Reads the fields of a plain JSON object. */
  public static FieldReader of(Map<String, ? extends @Nullable Object> map) {
    return new MapFields(Objects.requireNonNull(map, "map must not be null"));
  }

  /** Moves to the next field and returns its name; null at the end of the object. */
  public abstract @Nullable String next();

  /** The value as a plain JSON value, whatever its type. */
  public abstract @Nullable Object value();

  /** A nested object; null if the value is null. */
  public abstract <T> @Nullable T object(Function<FieldReader, T> read);

  /** An array of nested objects; empty if the value is null. */
  public abstract <T> List<T> objects(Function<FieldReader, T> read);

  abstract boolean isNull();

  /** A string; null if the value is null. */
  public final @Nullable String stringOrNull() {
    return isNull() ? null : requireString();
  }

  /** A string; {@code ""} if the value is null. */
  public final String string() {
    return isNull() ? "" : requireString();
  }

  /** An array of strings, as an unmodifiable list; neither it nor its elements may be null. */
  public final List<String> strings() {
    Object value = value();
    if (!(value instanceof List<?> elements)) {
      throw mismatch(name, "an array", value);
    }
    List<String> strings = new ArrayList<>(elements.size());
    for (Object element : elements) {
      if (!(element instanceof String string)) {
        throw mismatch(name + "[" + strings.size() + "]", "a string", element);
      }
      strings.add(string);
    }
    return Collections.unmodifiableList(strings);
  }

  /** A boolean; false if the value is null. */
  public final boolean bool() {
    Object value = value();
    if (value != null && !(value instanceof Boolean)) {
      throw mismatch(name, "true or false", value);
    }
    return Boolean.TRUE.equals(value);
  }

  /** A 32-bit integer; null if the value is null. */
  public final @Nullable Integer integerOrNull() {
    return isNull() ? null : Integer.valueOf(requireInteger());
  }

  /** A 32-bit integer; the default if the value is null. */
  public final int integer(int defaultValue) {
    return isNull() ? defaultValue : requireInteger();
  }

  /** A time in milliseconds since the epoch; the epoch if the value is null. */
  public final Instant instant() {
    return isNull() ? Instant.EPOCH : Instant.ofEpochMilli(requireWholeNumber());
  }

  /**
   * Adds the current field to those that are unknown to this release.
   *
   * @param unknown the unknown fields so far; {@code Map.of()} to start with
   * @return the map with the field added
   */
  public final Map<String, @Nullable Object> addTo(Map<String, @Nullable Object> unknown) {
    Map<String, @Nullable Object> fields = unknown.isEmpty() ? new LinkedHashMap<>() : unknown;
    fields.put(name, value());
    return fields;
  }

  /**
   * Rejects unknown fields, in an object that a user writes.
   *
   * @throws IllegalArgumentException when there are unknown fields; its message lists the known
   *     ones
   */
  public static void requireNone(
      Map<String, @Nullable Object> unknown, String object, String knownFields) {
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          object
              + " has no field "
              + names(unknown.keySet())
              + "; its fields are "
              + knownFields
              + ".");
    }
  }

  /** Names of fields in a message: a few, and none that is long. */
  public static String names(Collection<String> names) {
    List<String> shown =
        names.stream()
            .limit(MAX_QUOTED_NAMES)
            .filter(name -> name.length() <= MAX_QUOTED_CHARACTERS)
            .toList();
    int others = names.size() - shown.size();
    return CleanText.of(shown.toString(), CleanText.MAX_VALUE)
        + (others == 0 ? "" : " and " + count(others, "other"));
  }

  /** The same error, with the path of the object that holds the field. */
  static IllegalArgumentException within(String path, IllegalArgumentException error) {
    return new IllegalArgumentException(
        CleanText.of(path, CleanText.MAX_VALUE) + "." + error.getMessage(), error);
  }

  static IllegalArgumentException mismatch(String path, String expected, @Nullable Object value) {
    return new IllegalArgumentException(
        (path.isEmpty() ? "" : CleanText.of(path, CleanText.MAX_VALUE) + ": ")
            + "expected "
            + expected
            + ", found "
            + found(value));
  }

  /** The value; any array for an array, and any object for an object, which need not be read. */
  @Nullable Object scalar() {
    return value();
  }

  String requireString() {
    Object value = scalar();
    if (!(value instanceof String string)) {
      throw mismatch(name, "a string", value);
    }
    return string;
  }

  long requireWholeNumber() {
    Object value = scalar();
    if (!(value instanceof Number number)) {
      throw mismatch(name, "a number", value);
    }
    // 10.0 is a whole number in JSON; longValue() alone would also accept 10.5.
    if (!isWhole(number) || Math.abs(number.doubleValue()) > MAX_WHOLE_NUMBER) {
      throw mismatch(name, "a whole number", value);
    }
    return number.longValue();
  }

  /** A decimal is not rounded for this: 1e-400 is not zero. */
  private static boolean isWhole(Number number) {
    return number instanceof BigDecimal decimal
        ? decimal.signum() == 0 || decimal.stripTrailingZeros().scale() <= 0
        : number.doubleValue() == Math.rint(number.doubleValue());
  }

  private int requireInteger() {
    long number = requireWholeNumber();
    if ((int) number != number) {
      throw mismatch(name, "a 32-bit integer", number);
    }
    return (int) number;
  }

  /** Quotes all or nothing: the beginning of a secret would be harder to recognize. */
  private static String found(@Nullable Object value) {
    if (value instanceof List) {
      return "array";
    }
    if (value instanceof Map) {
      return "object";
    }
    String type = value instanceof String ? "string " : value instanceof Number ? "number " : "";
    String text = String.valueOf(value);
    return text.length() <= MAX_QUOTED_CHARACTERS
        ? type + CleanText.of(text, MAX_QUOTED_CHARACTERS)
        : type + "of " + count(text.length(), "character");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
