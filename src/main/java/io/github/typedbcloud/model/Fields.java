package io.github.typedbcloud.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, taken out by name; what is left at the end is unknown to us.
 *
 * <p>Absent and {@code null} are the same thing here. A field of the wrong type is an {@link
 * IllegalArgumentException} that names it.
 */
final class Fields {

  private static final int QUOTED_CHARACTERS = 60;

  private final Map<String, @Nullable Object> left;

  Fields(Map<String, ? extends @Nullable Object> json) {
    this.left = new LinkedHashMap<>(Objects.requireNonNull(json, "json must not be null"));
  }

  @Nullable String textOrNull(String name) {
    return take(name, String.class, "a text");
  }

  String text(String name) {
    String value = textOrNull(name);
    return value == null ? "" : value;
  }

  boolean flag(String name) {
    Boolean value = take(name, Boolean.class, "true or false");
    return value != null && value;
  }

  @Nullable Integer integerOrNull(String name) {
    Long value = wholeNumber(name);
    if (value == null) {
      return null;
    }
    if (value.intValue() != value) {
      throw mismatch(name, "an integer of 32 bits", value);
    }
    return value.intValue();
  }

  int integer(String name) {
    Integer value = integerOrNull(name);
    return value == null ? 0 : value;
  }

  Instant epochMillis(String name) {
    Long value = wholeNumber(name);
    return value == null ? Instant.EPOCH : Instant.ofEpochMilli(value);
  }

  /** One nested object, or null where there is none. */
  <T> @Nullable T object(String name, Function<Map<String, @Nullable Object>, T> read) {
    Map<?, ?> value = take(name, Map.class, "an object");
    return value == null ? null : nested(name, value, read);
  }

  /** A list of nested objects, empty where there is none. */
  <T> List<T> objects(String name, Function<Map<String, @Nullable Object>, T> read) {
    List<?> values = take(name, List.class, "an array");
    if (values == null || values.isEmpty()) {
      return List.of();
    }
    List<T> result = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      String at = name + "[" + i + "]";
      if (!(value instanceof Map<?, ?> map)) {
        throw mismatch(at, "an object", value);
      }
      result.add(nested(at, map, read));
    }
    return Collections.unmodifiableList(result);
  }

  /** The owner fields of either generation. */
  Scope owner() {
    String team = textOrNull("teamID");
    String space = textOrNull("spaceID");
    return team == null && space == null
        ? Scope.project(text("organization"), text("project"))
        : Scope.space(team == null ? "" : team, space == null ? "" : space);
  }

  /** The fields that nobody took: kept for the user. */
  Map<String, @Nullable Object> rest() {
    return frozen(left);
  }

  /**
   * For objects that a user writes: a field that nobody took is a mistake.
   *
   * @throws IllegalArgumentException naming the fields that are there and those that may be
   */
  void requireNoneLeft(String what, String known) {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          what + " has no field " + left.keySet() + "; its fields are " + known + ".");
    }
  }

  /** A copy that nobody can change, however deep, in the order given. */
  static Map<String, @Nullable Object> frozen(Map<String, ? extends @Nullable Object> json) {
    if (json.isEmpty()) {
      return Map.of();
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    json.forEach((name, value) -> copy.put(name, frozenValue(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static @Nullable Object frozenValue(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return frozen(named(map));
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(frozenValue(element)));
      return Collections.unmodifiableList(copy);
    }
    return value;
  }

  private @Nullable Long wholeNumber(String name) {
    Number value = take(name, Number.class, "a number");
    if (value == null) {
      return null;
    }
    // 10.0 is a whole number to JSON; longValue() alone would also take 10.5.
    if (value.doubleValue() != Math.rint(value.doubleValue())
        || Math.abs(value.doubleValue()) > Long.MAX_VALUE / 2.0) {
      throw mismatch(name, "a whole number", value);
    }
    return value.longValue();
  }

  private <T> @Nullable T take(String name, Class<T> type, String expected) {
    Object value = left.remove(name);
    if (value != null && !type.isInstance(value)) {
      throw mismatch(name, expected, value);
    }
    return type.cast(value);
  }

  private static <T> T nested(
      String name, Map<?, ?> json, Function<Map<String, @Nullable Object>, T> read) {
    try {
      return read.apply(named(json));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + "." + e.getMessage(), e);
    }
  }

  /** The names of a JSON object are texts; other maps come from a user's own hand. */
  private static Map<String, @Nullable Object> named(Map<?, ?> json) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    json.forEach((name, value) -> named.put(String.valueOf(name), value));
    return named;
  }

  private static IllegalArgumentException mismatch(
      String name, String expected, @Nullable Object value) {
    String found = value == null ? "null" : value.getClass().getSimpleName() + " " + quoted(value);
    return new IllegalArgumentException(name + ": expected " + expected + ", found " + found);
  }

  /** Whole or not at all: the start of a secret that the service repeats could not be masked. */
  private static String quoted(Object value) {
    String text = value.toString();
    return text.length() <= QUOTED_CHARACTERS ? text : "of " + text.length() + " characters";
  }
}
