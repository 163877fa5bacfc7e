package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads the fields of a JSON object and rejects invalid ones with HTTP 400. The message has the
 * path of the field from the outermost object, such as {@code faults[0].duration}.
 */
final class Fields {

  /** Keeps every moment that is computed from it within the years that a clock can show. */
  private static final String NAME_FORM = "a string that is not blank";

  private static final String SCOPE_NAME_FORM = "a name such as default";

  private final String path;
  private final ObjectNode object;
  private final Settings settings;

  private Fields(String path, ObjectNode object, Settings settings) {
    this.path = path;
    this.object = object;
    this.settings = settings;
  }

  /** The fields of an object, by the assumptions about unknown fields and null. */
  static Fields of(ObjectNode object, Set<String> known, Settings settings) {
    return of("", object, known, settings);
  }

  /** The fields of an object, without unknown ones. */
  static Fields of(ObjectNode object, Set<String> known) {
    return of("", object, known, Settings.DEFAULT);
  }

  private static Fields of(String path, ObjectNode object, Set<String> known, Settings settings) {
    ObjectNode fields = object.deepCopy();
    if (settings.isStrict(Assumption.UNKNOWN_FIELDS)) {
      object.fieldNames().forEachRemaining(name -> requireKnown(path, name, known));
    } else {
      fields.retain(known);
    }
    if (!settings.isStrict(Assumption.NULL_FIELDS)) {
      fields.removeIf(JsonNode::isNull);
    }
    return new Fields(path, fields, settings);
  }

  private static void requireKnown(String path, String name, Set<String> known) {
    if (!known.contains(name)) {
      throw ApiError.badRequest(
          "unknown_field",
          "The field \"%s\" is unknown; known fields are %s."
              .formatted(ApiError.quote(path + name), new TreeSet<>(known)));
    }
  }

  static ApiError invalid(String field, Object value, String rule) {
    return ApiError.badRequest(
        "invalid_field",
        "The field \"%s\" is invalid: %s. It must be %s."
            .formatted(field, ApiError.quote(value.toString()), rule));
  }

  /** The error of one of these fields. */
  ApiError error(String name, String rule) {
    boolean isSecret = name.equals(AdminJson.CLIENT_SECRET);
    return invalid(path + name, isSecret ? Secrets.MASK : required(name), rule);
  }

  /** Whether the field is present, even if it is null where that is not the same as absent. */
  boolean has(String name) {
    return object.has(name);
  }

  /** The names of the fields that are present. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  String text(String name) {
    JsonNode value = required(name);
    if (!value.isTextual()) {
      throw error(name, "a string");
    }
    return value.textValue();
  }

  /** A string that is not blank. */
  String name(String name) {
    String value = text(name);
    if (value.isBlank()) {
      throw error(name, NAME_FORM);
    }
    return value;
  }

  /** A string that is not blank, with a default. */
  String name(String name, String absent) {
    return has(name) ? name(name) : absent;
  }

  /** The name of an owner or a scope. */
  String scopeName(String name) {
    String value = text(name);
    if (!CloudScope.isName(value)) {
      throw error(name, SCOPE_NAME_FORM);
    }
    return value;
  }

  /** The names of scopes in an array; none when the field is absent. */
  List<String> scopeNames(String name) {
    return elements(name, SCOPE_NAME_FORM, text -> Optional.of(text).filter(CloudScope::isName));
  }

  String oneOf(String name, List<String> allowed) {
    String value = text(name);
    if (!allowed.contains(value)) {
      throw error(name, "one of " + allowed);
    }
    return value;
  }

  /** A constant by its name in JSON. */
  <E extends Enum<E>> E constant(String name, Class<E> type) {
    return parsed(
        name,
        "one of " + JsonNames.all(type),
        text -> JsonNames.find(type, text).orElseThrow(IllegalArgumentException::new));
  }

  boolean bool(String name) {
    JsonNode value = required(name);
    if (!value.isBoolean()) {
      throw error(name, "true or false");
    }
    return value.booleanValue();
  }

  boolean bool(String name, boolean absent) {
    return has(name) ? bool(name) : absent;
  }

  int integer(String name, int min, int max) {
    return (int) integer(name, (long) min, max);
  }

  long integer(String name, long min, long max) {
    JsonNode value = required(name);
    boolean inRange =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() >= min
            && value.longValue() <= max;
    if (!inRange) {
      throw error(name, "an integer from %s to %s".formatted(min, max));
    }
    return value.longValue();
  }

  /** An integer in a string, as in a query. */
  long textInteger(String name, long min, long max) {
    String form = "an integer from %s to %s".formatted(min, max);
    long value = parsed(name, form, Long::parseLong);
    if (value < min || value > max) {
      throw error(name, form);
    }
    return value;
  }

  double number(String name, double min, double max) {
    JsonNode value = required(name);
    double number = value.doubleValue();
    if (!value.isNumber() || !(number >= min && number <= max)) {
      throw error(name, "a number from %s to %s".formatted(min, max));
    }
    return number;
  }

  /** A duration, which may be negative. */
  Duration duration(String name) {
    Duration duration = parsed(name, Durations.FORM, Durations::parse);
    if (duration.compareTo(Durations.MAX) > 0 || duration.compareTo(Durations.MAX.negated()) < 0) {
      throw error(name, "at most %s days".formatted(Durations.MAX.toDays()));
    }
    return duration;
  }

  Duration durationFromZero(String name) {
    Duration duration = duration(name);
    if (duration.isNegative()) {
      throw error(name, "zero or more");
    }
    return duration;
  }

  Duration positiveDuration(String name) {
    Duration duration = durationFromZero(name);
    if (duration.isZero()) {
      throw error(name, "more than zero");
    }
    return duration;
  }

  /** A string that is parsed; what the parser rejects is an error of this field. */
  <T> T parsed(String name, String form, Function<String, T> parser) {
    String text = text(name);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw error(name, form);
    }
  }

  /** Any value. */
  JsonNode value(String name) {
    return required(name);
  }

  Fields object(String name, Set<String> known) {
    return of(path + name + ".", object(name), known, settings);
  }

  /** An object whose names are not known. */
  ObjectNode object(String name) {
    if (required(name) instanceof ObjectNode inner) {
      return inner;
    }
    throw error(name, "an object");
  }

  /** The objects of an array; none when the field is absent. */
  List<Fields> objects(String name, Set<String> known) {
    List<Fields> objects = new ArrayList<>();
    for (JsonNode element : array(name)) {
      String at = "%s[%s]".formatted(name, objects.size());
      if (!(element instanceof ObjectNode inner)) {
        throw invalid(path + at, element, "an object");
      }
      objects.add(of(path + at + ".", inner, known, settings));
    }
    return objects;
  }

  /** The strings of an array, none of which is blank; none when the field is absent. */
  List<String> names(String name) {
    return elements(name, NAME_FORM, text -> Optional.of(text).filter(value -> !value.isBlank()));
  }

  /** The strings of an array, each of which is one of these; none when the field is absent. */
  List<String> someOf(String name, List<String> allowed) {
    return elements(name, "one of " + allowed, text -> Optional.of(text).filter(allowed::contains));
  }

  /** The constants of an array by their names in JSON; none when the field is absent. */
  <E extends Enum<E>> List<E> constants(String name, Class<E> type) {
    return elements(name, "one of " + JsonNames.all(type), text -> JsonNames.find(type, text));
  }

  private <T> List<T> elements(String name, String form, Function<String, Optional<T>> parser) {
    List<T> elements = new ArrayList<>();
    for (JsonNode element : array(name)) {
      Optional<T> value =
          element.isTextual() ? parser.apply(element.textValue()) : Optional.empty();
      elements.add(
          value.orElseThrow(
              () -> invalid("%s%s[%s]".formatted(path, name, elements.size()), element, form)));
    }
    return elements;
  }

  private ArrayNode array(String name) {
    if (!has(name)) {
      return SimulatorJson.array();
    }
    if (required(name) instanceof ArrayNode array) {
      return array;
    }
    throw error(name, "an array");
  }

  /** Rejects a request without this field. */
  void require(String name) {
    required(name);
  }

  private JsonNode required(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      throw ApiError.badRequest(
          "missing_field", "The field \"%s\" is required.".formatted(path + name));
    }
    return value;
  }
}
