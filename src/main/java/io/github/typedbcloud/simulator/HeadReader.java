package io.github.typedbcloud.simulator;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the first line and the header of requests, line by line. For one thread. */
final class HeadReader {

  /** In bytes, for the first line and the header together. Real requests have some hundred. */
  static final int LARGEST_HEAD = 64 * 1024;

  private static final Pattern REQUEST_LINE =
      Pattern.compile("([!-~]+) ([!-~]+) HTTP/([0-9])\\.([0-9])");

  private static final Pattern FIELD =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\\t\\x20-\\x7e\\x80-\\xff]*)");

  private final ConnectionInput in;
  private byte[] line = new byte[256];

  HeadReader(ConnectionInput in) {
    this.in = in;
  }

  /**
   * The next head; null when the client has closed its end between requests.
   *
   * @throws ApiError when it is not HTTP/1.0 or HTTP/1.1, or too large
   */
  @Nullable RequestHead next() throws IOException {
    String first = line(LARGEST_HEAD);
    // Some old clients send a line end behind a body; HTTP asks servers to look past it.
    while (first != null && first.isEmpty()) {
      first = line(LARGEST_HEAD);
    }
    if (first == null) {
      return null;
    }
    Matcher parts = REQUEST_LINE.matcher(first);
    if (!parts.matches()) {
      throw ApiError.malformedRequest(
          "The request does not begin with a method, a path and a version of HTTP.");
    }
    if (!parts.group(3).equals("1")) {
      throw ApiError.unknownHttpVersion();
    }
    boolean http10 = parts.group(4).equals("0");
    Map<String, List<String>> fields = fields(LARGEST_HEAD - first.length());
    if (!http10 && fields.getOrDefault("host", List.of()).size() != 1) {
      throw ApiError.malformedRequest("A request of HTTP/1.1 needs one Host header.");
    }
    String path = RequestTarget.path(parts.group(2));
    return new RequestHead(parts.group(1), path, http10, fields);
  }

  /** Reads lines up to an empty one. */
  Map<String, List<String>> fields(int mostBytes) throws IOException {
    Map<String, List<String>> fields = new HashMap<>();
    int left = mostBytes;
    while (true) {
      String text = line(left);
      if (text == null) {
        throw new EOFException("the client closed its end within a header");
      }
      if (text.isEmpty()) {
        return fields;
      }
      Matcher field = FIELD.matcher(text);
      if (!field.matches()) {
        throw ApiError.malformedRequest("A line of the header is not \"Name: value\".");
      }
      fields
          .computeIfAbsent(field.group(1).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(field.group(2).strip());
      left -= text.length() + 2;
    }
  }

  /**
   * The next line without its end, one character for each byte; null when the client has closed its
   * end.
   */
  @Nullable String line(int mostBytes) throws IOException {
    int length = 0;
    int read = in.read();
    while (read != '\n' && read != -1) {
      if (length >= mostBytes) {
        throw ApiError.headTooLarge(LARGEST_HEAD);
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = (byte) read;
      read = in.read();
    }
    if (read == -1) {
      return null;
    }
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, 0, end, StandardCharsets.ISO_8859_1);
  }
}
