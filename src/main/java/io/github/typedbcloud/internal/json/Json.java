package io.github.typedbcloud.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON with Jackson's streaming API: as plain values (maps, lists, strings,
 * numbers and booleans), or object by object with a {@link FieldReader}. Databind would do the
 * same, and add a quarter to the time from the start of a short program to its first response.
 */
public final class Json {

  /** Deeper than any response of the API, which nests three levels. */
  private static final int MAX_NESTING = 64;

  /** In characters; a longer string, whatever it is for, could take four times its bytes. */
  private static final int MAX_STRING_LENGTH = 1024 * 1024;

  /** In characters, so that arithmetic with a number is fast. */
  private static final int MAX_NUMBER_LENGTH = 1000;

  /** More than most requests need. */
  private static final int INITIAL_BYTES = 512;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxStringLength(MAX_STRING_LENGTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .build())
          // The names in a response may be many, and the JVM's table of strings is everyone's.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // An excerpt of the source in a parser's message could hold a secret.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  /** So much is decoded in about a millisecond, for which no time limit is needed. */
  public static final int UNTIMED_BYTES = 64 * 1024;

  private static final ThreadLocal<@Nullable BooleanSupplier> TIME_LIMIT = new ThreadLocal<>();

  private Json() {}

  /** Decodes something. */
  @FunctionalInterface
  public interface Decoding<T> {
    /** Decodes it. */
    T decode() throws IOException;
  }

  /**
   * Limits the time that reading JSON takes on the current thread. JSON of less than 64 kB is read
   * in any case.
   *
   * @param isOver whether the time is over; then reading fails with an {@code
   *     InterruptedIOException}
   */
  public static <T> T within(BooleanSupplier isOver, Decoding<T> decoding) throws IOException {
    TIME_LIMIT.set(isOver);
    try {
      return decoding.decode();
    } finally {
      TIME_LIMIT.remove();
    }
  }

  /**
   * Reads one JSON value in UTF-8 (or UTF-16 or UTF-32, which Jackson detects).
   *
   * <p>A number is an {@code Integer}, else a {@code Long}, else a {@code BigInteger}; with a
   * fraction or an exponent it is a {@code Double} where that is written the same way, else a
   * {@code BigDecimal}: nothing is rounded.
   *
   * @return an unmodifiable {@code Map} or {@code List}, a {@code String}, {@code Number}, {@code
   *     Boolean} or null
   * @throws IOException when the JSON is invalid or empty, nests deeper than 64 levels, has content
   *     after the value, a string of more than 1 Mi characters, a name of more than 1024, a number
   *     of more than 1000 or with an exponent beyond 10,000, or needs more memory than {@link
   *     JsonValues} allows; its message does not quote the JSON
   */
  public static @Nullable Object read(byte[] json) throws IOException {
    return parse(json, ParserFields::value);
  }

  /**
   * Reads one JSON object.
   *
   * @throws IOException as {@link #read} does
   * @throws IllegalArgumentException when it is not an object, or a field has the wrong type
   */
  public static <T> T readObject(byte[] json, Function<FieldReader, T> read) throws IOException {
    return parse(json, fields -> fields.document(read));
  }

  /**
   * Reads a JSON array of objects. Strings that these share are kept once.
   *
   * @return an unmodifiable list
   * @throws IOException as {@link #read} does
   * @throws IllegalArgumentException when it is not an array of objects, or a field has the wrong
   *     type
   */
  public static <T> List<T> readObjects(byte[] json, Function<FieldReader, T> read)
      throws IOException {
    return Collections.unmodifiableList(parse(json, fields -> fields.documents(read)));
  }

  /**
   * Writes a plain value as UTF-8.
   *
   * @throws IllegalArgumentException when it contains an object of another type
   */
  public static byte[] write(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_BYTES);
    try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
      write(value, generator);
    } catch (IOException | IllegalStateException e) {
      // Jackson's generator writes strings, numbers and booleans; for others it needs databind.
      throw new IllegalArgumentException("Not a plain JSON value: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  /** A copy of a plain JSON object that is unmodifiable, at every depth, in the same order. */
  public static Map<String, @Nullable Object> immutableCopy(
      Map<?, ? extends @Nullable Object> map) {
    if (map.isEmpty()) {
      return Map.of();
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((name, value) -> copy.put(String.valueOf(name), immutableValue(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static @Nullable Object immutableValue(@Nullable Object value) {
    if (JsonValues.isImmutable(value)) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return immutableCopy(map);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(element -> copy.add(immutableValue(element)));
      return Collections.unmodifiableList(copy);
    }
    return value;
  }

  private static <T extends @Nullable Object> T parse(byte[] json, Function<ParserFields, T> read)
      throws IOException {
    if (json.length == 0) {
      throw new IOException("the JSON is empty");
    }
    BooleanSupplier isOver = json.length > UNTIMED_BYTES ? TIME_LIMIT.get() : null;
    try (JsonParser parser =
        isOver == null
            ? FACTORY.createParser(json)
            : FACTORY.createParser(new TimedInput(json, isOver))) {
      if (parser.nextToken() == null) {
        throw invalid(parser.currentLocation());
      }
      T value = read.apply(new ParserFields(new JsonValues(parser, json.length)));
      if (parser.nextToken() != null) {
        throw invalid(parser.currentTokenLocation());
      }
      return value;
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof JsonProcessingException cause ? invalid(cause) : e.getCause();
    } catch (JsonProcessingException e) {
      throw invalid(e);
    } catch (IllegalStateException e) {
      // Of the parser's table of names, when too many of them have the same hash.
      throw new IOException("the names of its fields collide", e);
    }
  }

  /** Fails when the time is over. The parser reads some 8,000 bytes at a time. */
  private static final class TimedInput extends FilterInputStream {
    private final BooleanSupplier isOver;

    TimedInput(byte[] json, BooleanSupplier isOver) {
      super(new ByteArrayInputStream(json));
      this.isOver = isOver;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (isOver.getAsBoolean()) {
        throw new InterruptedIOException("it could not be decoded in time");
      }
      return super.read(bytes, offset, length);
    }
  }

  private static void write(@Nullable Object value, JsonGenerator generator) throws IOException {
    if (value instanceof Map<?, ?> map) {
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
      generator.writePOJO(value);
    }
  }

  /** Jackson's message may quote the JSON, which could be the beginning of a secret. */
  private static IOException invalid(JsonProcessingException error) {
    return error instanceof StreamConstraintsException
        ? new IOException(error.getOriginalMessage(), error)
        : invalid(error.getLocation());
  }

  private static IOException invalid(@Nullable JsonLocation at) {
    return new IOException(
        "invalid JSON"
            + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
  }
}
