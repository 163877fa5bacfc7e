package io.github.typedbcloud.internal.httpserver;

import java.util.Arrays;

/** The bytes of one response: its head up to the empty line, and its body. */
final class ResponseBytes {

  private final byte[] bytes;
  private final int headLength;

  ResponseBytes(byte[] head, byte[] body) {
    this.headLength = head.length;
    this.bytes = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, bytes, head.length, body.length);
  }

  /** Head and body; not a copy. */
  byte[] bytes() {
    return bytes;
  }

  int headLength() {
    return headLength;
  }
}
