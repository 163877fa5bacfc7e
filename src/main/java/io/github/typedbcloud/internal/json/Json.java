package io.github.typedbcloud.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain maps, lists and values, over Jackson's streams. A mapper would do the same, and add
 * a quarter to the time that a short program takes from its start to its first answer.
 */
public final class Json {

  /** Deeper than any answer of the API, which nests three levels. */
  private static final int MAX_NESTING = 64;

  /** Most requests are smaller. */
  private static final int INITIAL_BYTES = 512;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          // An excerpt of the source in a parser's message could hold a secret.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private Json() {}

  /**
   * Reads one JSON value in UTF-8 (or UTF-16 or UTF-32, which Jackson detects).
   *
   * @return a {@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean} or null
   * @throws IOException when the text is no JSON, is empty, nests deeper than 64 levels, or has
   *     anything behind the value; its message quotes nothing of the text
   */
  public static @Nullable Object read(byte[] text) throws IOException {
    if (text.length == 0) {
      throw new IOException("the text is empty");
    }
    try (JsonParser parser = parser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw notJson(parser.currentLocation());
      }
      Object value = value(parser, first);
      if (parser.nextToken() != null) {
        throw notJson(parser.currentTokenLocation());
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw new IOException(e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      // Jackson quotes what it trips over, which could be the start of a secret.
      throw notJson(e.getLocation());
    }
  }

  /**
   * Writes plain maps, lists, texts, numbers and booleans as UTF-8.
   *
   * @throws IllegalArgumentException when the value holds anything else
   */
  public static byte[] write(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_BYTES);
    try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
      write(value, generator);
    } catch (IOException e) {
      throw new IllegalArgumentException("Not a plain JSON value: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  static JsonParser parser(byte[] text) throws IOException {
    return FACTORY.createParser(text);
  }

  /** The value that begins with a token, up to its end. */
  static @Nullable Object value(JsonParser parser, JsonToken first) throws IOException {
    return switch (first) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      object.put(name, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> array = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      array.add(value(parser, next));
    }
    return array;
  }

  private static void write(@Nullable Object value, JsonGenerator generator) throws IOException {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof String text) {
      generator.writeString(text);
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof Number number) {
      write(number, generator);
    } else if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        generator.writeFieldName(String.valueOf(entry.getKey()));
        write(entry.getValue(), generator);
      }
      generator.writeEndObject();
    } else if (value instanceof List<?> list) {
      generator.writeStartArray();
      for (Object element : list) {
        write(element, generator);
      }
      generator.writeEndArray();
    } else {
      throw new IllegalArgumentException("Not a plain JSON value: a " + value.getClass().getName());
    }
  }

  private static void write(Number number, JsonGenerator generator) throws IOException {
    if (number instanceof Double || number instanceof Float) {
      generator.writeNumber(number.doubleValue());
    } else if (number instanceof BigDecimal decimal) {
      generator.writeNumber(decimal);
    } else if (number instanceof BigInteger integer) {
      generator.writeNumber(integer);
    } else {
      generator.writeNumber(number.longValue());
    }
  }

  private static IOException notJson(@Nullable JsonLocation at) {
    return new IOException(
        "it is no JSON"
            + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
  }
}
