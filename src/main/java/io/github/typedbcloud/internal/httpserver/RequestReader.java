package io.github.typedbcloud.internal.httpserver;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the requests of a connection, one after the other (RFC 9112). Not thread-safe. */
final class RequestReader {

  /** In bytes, of the request line and the headers together. */
  private static final int MAX_HEAD = 64 * 1024;

  /** In bytes. */
  private static final int MAX_BODY = 1024 * 1024;

  /** In bytes. This much of a larger body is read, so that its sender reads the response. */
  private static final int MAX_BODY_READ = 16 * 1024 * 1024;

  /** In bytes, of the line with the size of a chunk. */
  private static final int MAX_CHUNK_LINE = 1024;

  private static final Pattern REQUEST_LINE =
      Pattern.compile("([!-~]+) ([!-~]+) HTTP/([0-9])\\.([0-9])");

  private static final Pattern HEADER =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\\t\\x20-\\x7e\\x80-\\xff]*)");

  private static final Pattern PATH = Pattern.compile("(/[^?#]*)(?:\\?([^#]*))?.*");

  /** Proxies send the whole URL, and every server must accept it. */
  private static final Pattern URL =
      Pattern.compile("https?://[^/?#]*([^?#]*)(?:\\?([^#]*))?.*", Pattern.CASE_INSENSITIVE);

  private static final Pattern INVALID_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** How much of an invalid path a message quotes, in characters. */
  private static final int MAX_QUOTED = 80;

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ConnectionInput in;
  private final OutputStream out;
  private final byte[] buffer = new byte[8 * 1024];
  private byte[] line = new byte[256];

  RequestReader(ConnectionInput in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /**
   * The next request; null when the client closed the connection.
   *
   * @throws BadHttpRequestException when it is invalid or too large; then nothing more can be read,
   *     because the start of the next request is unknown
   */
  @Nullable HttpRequest next() throws IOException, BadHttpRequestException {
    String first = readLine(MAX_HEAD);
    // Some old clients send a line end after a body, which servers should ignore.
    while (first != null && first.isEmpty()) {
      first = readLine(MAX_HEAD);
    }
    if (first == null) {
      return null;
    }
    Matcher requestLine = REQUEST_LINE.matcher(first);
    if (!requestLine.matches()) {
      throw BadHttpRequestException.malformed(
          "The request does not start with a method, a path and an HTTP version.");
    }
    if (!requestLine.group(3).equals("1")) {
      throw new BadHttpRequestException(
          505, "unknown_http_version", "Only HTTP/1.1 and HTTP/1.0 are supported.");
    }
    boolean isHttp10 = requestLine.group(4).equals("0");
    Map<String, List<String>> headers = readHeaders(MAX_HEAD - first.length());
    if (!isHttp10 && headers.getOrDefault("host", List.of()).size() != 1) {
      throw BadHttpRequestException.malformed("An HTTP/1.1 request needs one Host header.");
    }
    String[] target = pathAndQuery(requestLine.group(2));
    String body = new String(readBody(headers, isHttp10), StandardCharsets.UTF_8);
    List<String> connection = tokens(headers, "connection");
    boolean keepAlive =
        !connection.contains("close") && (!isHttp10 || connection.contains("keep-alive"));
    return new HttpRequest(
        requestLine.group(1), target[0], target[1], headers, body, isHttp10, keepAlive);
  }

  private static String[] pathAndQuery(String target) throws BadHttpRequestException {
    if (target.equals("*")) {
      return new String[] {target, ""};
    }
    Matcher path = PATH.matcher(target);
    Matcher url = URL.matcher(target);
    if (INVALID_ESCAPE.matcher(target).find() || !(path.matches() || url.matches())) {
      String quoted =
          target.length() <= MAX_QUOTED ? target : target.substring(0, MAX_QUOTED) + "…";
      throw BadHttpRequestException.malformed("\"" + quoted + "\" is not a percent-encoded path.");
    }
    Matcher found = path.matches() ? path : url;
    String query = found.group(2);
    return new String[] {
      found.group(1).isEmpty() ? "/" : found.group(1), query == null ? "" : query
    };
  }

  private byte[] readBody(Map<String, List<String>> headers, boolean isHttp10)
      throws IOException, BadHttpRequestException {
    boolean isChunked = isChunked(headers, isHttp10);
    long length = isChunked ? 0 : contentLength(headers);
    if (!isHttp10 && tokens(headers, "expect").contains("100-continue")) {
      requireBodySize(length);
      out.write(CONTINUE);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    long size = isChunked ? readChunks(body) : readBytes(body, 0, length);
    requireBodySize(size);
    return body.toByteArray();
  }

  private static void requireBodySize(long size) throws BadHttpRequestException {
    if (size > MAX_BODY) {
      throw new BadHttpRequestException(
          413, "body_too_large", "The request body is larger than " + MAX_BODY + " bytes.");
    }
  }

  private static boolean isChunked(Map<String, List<String>> headers, boolean isHttp10)
      throws BadHttpRequestException {
    List<String> codings = tokens(headers, "transfer-encoding");
    if (codings.isEmpty()) {
      return false;
    }
    if (isHttp10 || headers.containsKey("content-length")) {
      throw BadHttpRequestException.malformed(
          "Transfer-Encoding cannot be combined with HTTP/1.0 or a Content-Length.");
    }
    if (!codings.equals(List.of("chunked"))) {
      throw new BadHttpRequestException(
          501, "unknown_transfer_encoding", "The only supported Transfer-Encoding is chunked.");
    }
    return true;
  }

  /** {@link Long#MAX_VALUE} stands for any larger number. */
  private static long contentLength(Map<String, List<String>> headers)
      throws BadHttpRequestException {
    List<String> lengths = tokens(headers, "content-length").stream().distinct().toList();
    if (lengths.isEmpty()) {
      return 0;
    }
    if (lengths.size() > 1 || !lengths.get(0).matches("[0-9]+")) {
      throw BadHttpRequestException.malformed("Content-Length must be one number of bytes.");
    }
    return lengths.get(0).length() > 18 ? Long.MAX_VALUE : Long.parseLong(lengths.get(0));
  }

  /** Reads all chunks and trailers; returns the size of the body. */
  private long readChunks(ByteArrayOutputStream body) throws IOException, BadHttpRequestException {
    long length = 0;
    long size = readChunkSize();
    while (size > 0 && length < MAX_BODY_READ) {
      length = readBytes(body, length, size);
      if (length < MAX_BODY_READ) {
        readChunkEnd();
        size = readChunkSize();
      }
    }
    if (length < MAX_BODY_READ) {
      readHeaders(MAX_HEAD);
    }
    return length;
  }

  private long readChunkSize() throws IOException, BadHttpRequestException {
    String text = readLine(MAX_CHUNK_LINE);
    if (text == null) {
      throw new EOFException("the client closed the connection between two chunks");
    }
    String digits = text.split(";", 2)[0].strip();
    if (!digits.matches("[0-9A-Fa-f]{1,15}")) {
      throw BadHttpRequestException.malformed("A chunk of the body does not start with its size.");
    }
    return Long.parseLong(digits, 16);
  }

  private void readChunkEnd() throws IOException, BadHttpRequestException {
    int read = in.read();
    if (read == '\r') {
      read = in.read();
    }
    if (read != '\n') {
      throw BadHttpRequestException.malformed("A chunk of the body does not have its size.");
    }
  }

  /** Reads more bytes of a body, keeps them up to the limit, and returns the new length. */
  private long readBytes(ByteArrayOutputStream body, long length, long bytes) throws IOException {
    long end = Math.min(MAX_BODY_READ, length + Math.min(bytes, MAX_BODY_READ));
    long current = length;
    while (current < end) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, end - current));
      current += read;
      if (current <= MAX_BODY) {
        body.write(buffer, 0, read);
      }
    }
    return current;
  }

  private Map<String, List<String>> readHeaders(int maxBytes)
      throws IOException, BadHttpRequestException {
    Map<String, List<String>> headers = new HashMap<>();
    int left = maxBytes;
    while (true) {
      String text = readLine(left);
      if (text == null) {
        throw new EOFException("the client closed the connection within the headers");
      }
      if (text.isEmpty()) {
        return headers;
      }
      Matcher header = HEADER.matcher(text);
      if (!header.matches()) {
        throw BadHttpRequestException.malformed("A header line is not \"Name: value\".");
      }
      headers
          .computeIfAbsent(header.group(1).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.group(2).strip());
      left -= text.length() + 2;
    }
  }

  /** The elements of a list header, in lower case. */
  private static List<String> tokens(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of()).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(token -> token.strip().toLowerCase(Locale.ROOT))
        .filter(token -> !token.isEmpty() || name.equals("content-length"))
        .toList();
  }

  /** The next line without its end, one character per byte; null at the end of the stream. */
  private @Nullable String readLine(int maxBytes) throws IOException, BadHttpRequestException {
    int length = 0;
    int read = in.read();
    while (read != '\n' && read != -1) {
      if (length >= maxBytes) {
        throw new BadHttpRequestException(
            431, "header_too_large", "The headers are larger than " + MAX_HEAD + " bytes.");
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
