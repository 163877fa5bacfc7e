package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads and writes JSON trees. The only class of the simulator that uses the mapper. */
final class SimulatorJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SimulatorJson() {}

  /**
   * Reads exactly one JSON object without duplicate keys.
   *
   * @throws ApiError 400 when the string is anything else
   */
  static ObjectNode readObject(String text) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw ApiError.badRequest(
          "malformed_json",
          "The JSON is invalid%s: %s".formatted(position(e), ApiError.quote(problem(e))));
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw ApiError.badRequest("malformed_json", "The JSON must be an object.");
  }

  private static String position(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null
        ? ""
        : " in line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** The message without what follows the problem itself, such as options of the parser. */
  private static String problem(JsonProcessingException e) {
    return e.getOriginalMessage().replaceFirst(" \\(start marker at .*|: was expecting .*", "");
  }

  /**
   * Reads exactly one JSON value.
   *
   * @throws IllegalArgumentException when the string is anything else
   */
  static JsonNode readValue(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (!node.isMissingNode()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "\"%s\" is invalid JSON: %s".formatted(text, e.getOriginalMessage()), e);
    }
    throw new IllegalArgumentException("An empty string is invalid JSON.");
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values could not be written.", e);
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ObjectNode error(String code, String message) {
    return object().put("code", code).put("message", message);
  }
}
