package io.github.typedbcloud.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the object that a parser is at, and of the objects in it, while they are parsed.
 * Errors of the parser are thrown as {@link UncheckedIOException}.
 */
final class ParserFields extends FieldReader {

  /** A power of two, and many more than there are fields, so that few of them share a slot. */
  private static final int RECENT_STRINGS = 128;

  private static final int NO_INDEX = -1;

  /** What an object of a list takes up, such as a cluster, without its strings. */
  private static final int DOCUMENT_BYTES = 160;

  /** What an object in an object takes up, such as a server, without its strings. */
  private static final int OBJECT_BYTES = 56;

  private final JsonValues values;
  private final JsonParser parser;

  /** In an array of objects, which repeat each other's strings: the last one of each field. */
  private String @Nullable [] recent;

  ParserFields(JsonValues values) {
    this.values = values;
    this.parser = values.parser();
  }

  /** Reads a document that is an object. */
  <T> T document(Function<FieldReader, T> read) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw mismatch("", "an object", scalar());
    }
    return read.apply(this);
  }

  /** Reads a document that is an array of objects; strings that they share are kept once. */
  <T> List<T> documents(Function<FieldReader, T> read) {
    recent = new String[RECENT_STRINGS];
    return elements("", read);
  }

  @Override
  public @Nullable String next() {
    try {
      String next = values.nextName();
      if (next != null) {
        name = next;
        parser.nextToken();
      }
      return next;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable Object value() {
    try {
      return values.current();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  @Nullable Object scalar() {
    return switch (parser.currentToken()) {
      case START_ARRAY -> List.of();
      case START_OBJECT -> Map.of();
      default -> value();
    };
  }

  @Override
  public <T> @Nullable T object(Function<FieldReader, T> read) {
    return isNull() ? null : object(name, NO_INDEX, read);
  }

  @Override
  public <T> List<T> objects(Function<FieldReader, T> read) {
    return isNull() ? List.of() : elements(name, read);
  }

  @Override
  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  @Override
  String requireString() {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return super.requireString();
    }
    try {
      return recent == null ? values.string() : shared(recent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads most numbers without an object for each. */
  @Override
  long requireWholeNumber() {
    try {
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
          && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
          && Math.abs((double) parser.getLongValue()) <= MAX_WHOLE_NUMBER) {
        return parser.getLongValue();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return super.requireWholeNumber();
  }

  private <T> List<T> elements(String array, Function<FieldReader, T> read) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw mismatch(array, "an array", scalar());
    }
    if (nextToken() == JsonToken.END_ARRAY) {
      return List.of();
    }
    T first = object(array, 0, read);
    if (nextToken() == JsonToken.END_ARRAY) {
      return List.of(first);
    }
    List<T> objects = new ArrayList<>();
    objects.add(first);
    while (parser.currentToken() != JsonToken.END_ARRAY) {
      objects.add(object(array, objects.size(), read));
      nextToken();
    }
    return objects;
  }

  private JsonToken nextToken() {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T object(String field, int index, Function<FieldReader, T> read) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw mismatch(path(field, index), "an object", scalar());
    }
    try {
      values.reserve(field.isEmpty() ? DOCUMENT_BYTES : OBJECT_BYTES);
      return read.apply(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw within(path(field, index), e);
    }
  }

  private static String path(String field, int index) {
    return index == NO_INDEX ? field : field + "[" + index + "]";
  }

  /** The current string: that of the same field of the object before, when they are equal. */
  private String shared(String[] strings) throws IOException {
    int length = parser.getTextLength();
    if (length == 0) {
      return "";
    }
    char[] characters = parser.getTextCharacters();
    int offset = parser.getTextOffset();
    int hash = name.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (RECENT_STRINGS - 1);
    String known = strings[slot];
    if (known == null || !isEqual(known, characters, offset, length)) {
      known = values.string();
      strings[slot] = known;
    }
    return known;
  }

  private static boolean isEqual(String known, char[] characters, int offset, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (characters[offset + i] != known.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
