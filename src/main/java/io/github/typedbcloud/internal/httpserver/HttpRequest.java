package io.github.typedbcloud.internal.httpserver;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param path the percent-encoded path as it was sent, without the query
 * @param query the percent-encoded query as it was sent, without the question mark; empty for none
 * @param headers the values of each header, by its name in lower case
 * @param body as UTF-8; empty for none
 * @param isHttp10 whether the client speaks HTTP/1.0
 * @param keepAlive whether the client keeps the connection open for another request
 */
public record HttpRequest(
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    String body,
    boolean isHttp10,
    boolean keepAlive) {

  /** The {@code Authorization} header; null for none. */
  public @Nullable String authorization() {
    return header("authorization");
  }

  /** The {@code Content-Type} header; null for none. */
  public @Nullable String contentType() {
    return header("content-type");
  }

  /**
   * The first value of a header; null for none.
   *
   * @param name in lower case
   */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.get(0);
  }

  /** Without query and headers, which may be secrets, and body, which may be long. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
