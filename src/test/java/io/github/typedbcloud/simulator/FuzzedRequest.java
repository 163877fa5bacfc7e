package io.github.typedbcloud.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP request of {@link SimulatorFuzzTest}.
 *
 * @param target the path as it is sent, with percent-encoding and query
 * @param body the bytes of the body, one in each character
 */
record FuzzedRequest(
    String method,
    String target,
    @Nullable String authorization,
    @Nullable String contentType,
    String body) {

  /** Every byte of the request, one in each character. */
  String bytes() {
    StringBuilder bytes = new StringBuilder();
    bytes.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: x\r\n");
    if (authorization != null) {
      bytes.append("Authorization: ").append(authorization).append("\r\n");
    }
    if (contentType != null) {
      bytes.append("Content-Type: ").append(contentType).append("\r\n");
    }
    if (!body.isEmpty()) {
      bytes.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return bytes.append("\r\n").append(body).toString();
  }

  byte[] bodyBytes() {
    return body.getBytes(ISO_8859_1);
  }

  /** The request in a line, shortened. */
  @Override
  public String toString() {
    return "%s %s (%s, %s) %s"
        .formatted(
            method,
            shortened(target),
            authorization == null ? "no token" : shortened(authorization),
            contentType,
            shortened(body));
  }

  private static String shortened(String text) {
    return text.length() <= 400 ? text : text.substring(0, 400) + "… of " + text.length();
  }
}
