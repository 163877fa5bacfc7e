package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** Reads the fields of a JSON object and rejects invalid ones with HTTP 400. */
final class Fields {

  private final ObjectNode object;

  private Fields(ObjectNode object) {
    this.object = object;
  }

  /** The fields of an object. Rejects unknown fields, so that a misspelt one is noticed. */
  static Fields of(ObjectNode object, Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw ApiError.badRequest(
                    "unknown_field",
                    "The field \"%s\" is unknown.".formatted(ApiError.quote(name)));
              }
            });
    return new Fields(object);
  }

  static ApiError invalid(String field, Object value, String rule) {
    return ApiError.badRequest(
        "invalid_field",
        "The field \"%s\" is invalid: %s. It must be %s."
            .formatted(field, ApiError.quote(value.toString()), rule));
  }

  /** Whether the field is present, even if it is null. */
  boolean has(String name) {
    return object.has(name);
  }

  boolean isEmpty() {
    return object.isEmpty();
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
      return of(inner, known);
    }
    throw invalid(name, required(name), "an object");
  }

  private JsonNode required(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      throw ApiError.badRequest("missing_field", "The field \"%s\" is required.".formatted(name));
    }
    return value;
  }
}
