package io.github.typedbcloud.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The client's one way into Jackson's mapper. */
public final class Json {

  /** Deeper than any answer of the API, which nests three levels. */
  private static final int MAX_NESTING = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
                  // An excerpt of the source in a parser's message could hold a secret.
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectReader READER = MAPPER.readerFor(Object.class);

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
    try {
      return READER.readValue(text);
    } catch (StreamConstraintsException e) {
      throw new IOException(e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      // Jackson quotes what it trips over, which could be the start of a secret.
      JsonLocation at = e.getLocation();
      throw new IOException(
          "it is no JSON"
              + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    }
  }

  /**
   * Writes plain maps, lists, texts, numbers and booleans as UTF-8.
   *
   * @throws IllegalArgumentException when the value holds anything else
   */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a plain JSON value: " + e.getOriginalMessage(), e);
    }
  }
}
