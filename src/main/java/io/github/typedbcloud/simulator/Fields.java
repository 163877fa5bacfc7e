package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** Reads the fields of a JSON object and rejects invalid ones with HTTP 400. */
final class Fields {

  private final ObjectNode object;
  private final Settings settings;

  private Fields(ObjectNode object, Settings settings) {
    this.object = object;
    this.settings = settings;
  }

  /** The fields of an object, by the assumptions about unknown fields and null. */
  static Fields of(ObjectNode object, Set<String> known, Settings settings) {
    ObjectNode fields = object.deepCopy();
    if (settings.isStrict(Assumption.UNKNOWN_FIELDS)) {
      object.fieldNames().forEachRemaining(name -> requireKnown(name, known));
    } else {
      fields.retain(known);
    }
    if (!settings.isStrict(Assumption.NULL_FIELDS)) {
      fields.removeIf(JsonNode::isNull);
    }
    return new Fields(fields, settings);
  }

  private static void requireKnown(String name, Set<String> known) {
    if (!known.contains(name)) {
      throw ApiError.badRequest(
          "unknown_field",
          "The field \"%s\" is unknown; known fields are %s."
              .formatted(ApiError.quote(name), new TreeSet<>(known)));
    }
  }

  static ApiError invalid(String field, Object value, String rule) {
    return ApiError.badRequest(
        "invalid_field",
        "The field \"%s\" is invalid: %s. It must be %s."
            .formatted(field, ApiError.quote(value.toString()), rule));
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
      throw invalid(name, value, "a string");
    }
    return value.textValue();
  }

  String oneOf(String name, List<String> allowed) {
    String value = text(name);
    if (!allowed.contains(value)) {
      throw invalid(name, value, "one of " + allowed);
    }
    return value;
  }

  boolean bool(String name) {
    JsonNode value = required(name);
    if (!value.isBoolean()) {
      throw invalid(name, value, "true or false");
    }
    return value.booleanValue();
  }

  int integer(String name, int min, int max) {
    JsonNode value = required(name);
    boolean inRange =
        value.isIntegralNumber()
            && value.canConvertToInt()
            && value.intValue() >= min
            && value.intValue() <= max;
    if (!inRange) {
      throw invalid(name, value, "an integer from %s to %s".formatted(min, max));
    }
    return value.intValue();
  }

  Fields object(String name, Set<String> known) {
    if (required(name) instanceof ObjectNode inner) {
      return of(inner, known, settings);
    }
    throw invalid(name, required(name), "an object");
  }

  /** Rejects a request without this field. */
  void require(String name) {
    required(name);
  }

  private JsonNode required(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      throw ApiError.badRequest("missing_field", "The field \"%s\" is required.".formatted(name));
    }
    return value;
  }
}
