package io.github.typedbcloud.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first line and the header of a request.
 *
 * @param path the path as it was sent, without the query
 * @param http10 whether the client speaks HTTP/1.0
 * @param fields the values of each header, by its name in lower case
 */
record RequestHead(String method, String path, boolean http10, Map<String, List<String>> fields) {

  /** Whether the client means to send another request over this connection. */
  boolean keepsAlive() {
    List<String> options = tokens("connection");
    return !options.contains("close") && (!http10 || options.contains("keep-alive"));
  }

  /** Whether the client waits for {@code 100 Continue} before it sends the body. */
  boolean expectsContinue() {
    return !http10 && tokens("expect").contains("100-continue");
  }

  /**
   * Whether the body comes in chunks.
   *
   * @throws ApiError 501 when it is coded in another way, 400 when that cannot be
   */
  boolean isChunked() {
    List<String> codings = tokens("transfer-encoding");
    if (codings.isEmpty()) {
      return false;
    }
    if (http10 || fields.containsKey("content-length")) {
      throw ApiError.malformedRequest(
          "The request has a Transfer-Encoding beside HTTP/1.0 or a Content-Length; send one.");
    }
    if (!codings.equals(List.of("chunked"))) {
      throw ApiError.unknownTransferEncoding();
    }
    return true;
  }

  /**
   * How many bytes the body has when it is not chunked; {@link Long#MAX_VALUE} stands for more.
   *
   * @throws ApiError 400 when the header says nothing sensible
   */
  long contentLength() {
    List<String> lengths = tokens("content-length").stream().distinct().toList();
    if (lengths.isEmpty()) {
      return 0;
    }
    if (lengths.size() > 1 || !lengths.get(0).matches("[0-9]+")) {
      throw ApiError.malformedRequest("Content-Length must be one whole number of bytes.");
    }
    // No body of more digits is ever read, so how many there are does not matter.
    return lengths.get(0).length() > 18 ? Long.MAX_VALUE : Long.parseLong(lengths.get(0));
  }

  @Nullable String first(String lowerCaseName) {
    List<String> values = fields.get(lowerCaseName);
    return values == null ? null : values.get(0);
  }

  /** The members of a header that is a list, in lower case, over all its lines. */
  private List<String> tokens(String name) {
    return fields.getOrDefault(name, List.of()).stream()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .map(token -> token.strip().toLowerCase(Locale.ROOT))
        .filter(token -> !token.isEmpty() || name.equals("content-length"))
        .toList();
  }

  /** Leaves out the header, which holds secrets. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
