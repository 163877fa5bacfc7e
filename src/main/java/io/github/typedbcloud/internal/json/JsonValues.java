package io.github.typedbcloud.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of any type, within a limit of memory for the whole document: a few bytes of JSON
 * such as {@code {"a":0}} take up some 200 on the heap.
 *
 * <p>The limit is 16 times the size of the JSON and 1 MiB, but no more than an eighth of the heap
 * (4 MiB for a heap of less than 32 MiB). What a value takes up is estimated, for a 64-bit JVM with
 * compressed references. Not thread-safe.
 */
final class JsonValues {

  private static final int FACTOR = 16;

  private static final int MAX_NAME_LENGTH = 1024;

  private static final long ALLOWANCE_BYTES = 1024 * 1024;

  private static final long HEAP_LIMIT_BYTES =
      Math.max(4L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 8);

  /** An object with its table, and one entry of it. */
  private static final int MAP_BYTES = 168;

  private static final int ENTRY_BYTES = 40;

  /** A power of two, and many more than objects that repeat each other's names have. */
  private static final int RECENT_NAMES = 256;

  /** A name, also in the parser's table of names; without its characters. */
  private static final int NAME_BYTES = 120;

  private static final int LIST_BYTES = 72;

  /** With the copy that is made when the list grows. */
  private static final int ELEMENT_BYTES = 12;

  private static final int STRING_BYTES = 48;
  private static final int NUMBER_BYTES = 24;
  private static final int LARGE_NUMBER_BYTES = 128;

  /** The exponent of a number, beyond which arithmetic with it would be slow. */
  private static final int MAX_SCALE = 10_000;

  /** A decimal has none. */
  private static final Pattern NEGATIVE_ZERO = Pattern.compile("-0(?:\\.0+)?(?:[eE].*)?");

  private final JsonParser parser;
  private final long limit;
  private long reserved;
  private @Nullable String @Nullable [] recentNames;

  /**
   * Values of one document.
   *
   * @param size of the JSON in bytes
   */
  JsonValues(JsonParser parser, long size) {
    this.parser = parser;
    this.limit = Math.min(FACTOR * size + ALLOWANCE_BYTES, HEAP_LIMIT_BYTES);
  }

  JsonParser parser() {
    return parser;
  }

  /** The current value, up to its end. */
  @Nullable Object current() throws IOException {
    return value(parser.currentToken());
  }

  /**
   * The name of the next field; null at the end of the object.
   *
   * @throws IOException when it is longer than 1,024 characters, which the parser of Jackson 2.15
   *     has no limit for
   */
  @Nullable String nextName() throws IOException {
    String name = parser.nextFieldName();
    if (name != null && name.length() > MAX_NAME_LENGTH) {
      throw new IOException(
          "the name of a field is longer than " + MAX_NAME_LENGTH + " characters");
    }
    return name;
  }

  /** The current string. */
  String string() throws IOException {
    int length = parser.getTextLength();
    reserve(length == 0 ? 0 : STRING_BYTES + 2L * length);
    return parser.getText();
  }

  /**
   * Reserves memory.
   *
   * @throws IOException when the document would take up more than the limit
   */
  void reserve(long bytes) throws IOException {
    reserved += bytes;
    if (reserved > limit) {
      throw new IOException(
          "its values take up more memory than "
              + limit
              + " bytes, the limit for JSON of this size");
    }
  }

  /** Whether it is a value of this class, or one without parts. */
  static boolean isImmutable(@Nullable Object value) {
    return value instanceof ParsedObject
        || value instanceof ParsedArray
        || !(value instanceof Map || value instanceof List);
  }

  private @Nullable Object value(JsonToken first) throws IOException {
    return switch (first) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> string();
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> fraction();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private Map<String, @Nullable Object> object() throws IOException {
    reserve(MAP_BYTES);
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (String name = nextName(); name != null; name = nextName()) {
      reserve(ENTRY_BYTES + (isRecent(name) ? 0 : NAME_BYTES + 3L * name.length()));
      object.put(name, value(parser.nextToken()));
    }
    return new ParsedObject(object);
  }

  /** Whether objects share the name. The parser returns the same string for the same name. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isRecent(String name) {
    if (recentNames == null) {
      recentNames = new String[RECENT_NAMES];
    }
    int hash = name.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (RECENT_NAMES - 1);
    boolean isRecent = recentNames[slot] == name;
    recentNames[slot] = name;
    return isRecent;
  }

  private List<@Nullable Object> array() throws IOException {
    reserve(LIST_BYTES);
    List<@Nullable Object> array = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      reserve(ELEMENT_BYTES);
      array.add(value(next));
    }
    return new ParsedArray(array.toArray());
  }

  private Number integer() throws IOException {
    boolean isLarge = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
    Number number = parser.getNumberValue();
    // The JVM keeps the small ones.
    if (!(number instanceof Integer small && small == small.byteValue())) {
      reserve(isLarge ? LARGE_NUMBER_BYTES + parser.getTextLength() : NUMBER_BYTES);
    }
    return number;
  }

  private Number fraction() throws IOException {
    String text = parser.getText();
    double number = parser.getDoubleValue();
    if (Double.toString(number).equals(text) || NEGATIVE_ZERO.matcher(text).matches()) {
      reserve(NUMBER_BYTES);
      return number;
    }
    reserve(LARGE_NUMBER_BYTES + 2L * text.length());
    return decimal(text);
  }

  private static BigDecimal decimal(String text) throws IOException {
    try {
      BigDecimal decimal = new BigDecimal(text);
      if (Math.abs((long) decimal.scale()) <= MAX_SCALE) {
        return decimal;
      }
    } catch (NumberFormatException e) {
      // The exponent does not fit 32 bits.
    }
    throw new IOException("it holds a number whose exponent is beyond " + MAX_SCALE);
  }

  /** An object that nothing can change any more, so that it needs no copy. */
  private static final class ParsedObject extends AbstractMap<String, @Nullable Object> {
    private final Map<String, @Nullable Object> fields;

    ParsedObject(Map<String, @Nullable Object> fields) {
      this.fields = Collections.unmodifiableMap(fields);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
      return fields.entrySet();
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
      return fields.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
      return fields.containsKey(name);
    }

    @Override
    public int size() {
      return fields.size();
    }
  }

  /** An array that nothing can change any more. */
  private static final class ParsedArray extends AbstractList<@Nullable Object>
      implements RandomAccess {
    private final @Nullable Object[] elements;

    ParsedArray(@Nullable Object[] elements) {
      this.elements = elements;
    }

    @Override
    public @Nullable Object get(int index) {
      return elements[index];
    }

    @Override
    public int size() {
      return elements.length;
    }
  }
}
