package io.github.typedbcloud.simulator;

import java.util.Arrays;

/** The bytes of one answer: its head up to the empty line, and its body. */
final class WireResponse {

  private final byte[] bytes;
  private final int headLength;

  WireResponse(byte[] head, byte[] body) {
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
