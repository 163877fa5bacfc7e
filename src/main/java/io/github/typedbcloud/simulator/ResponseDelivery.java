package io.github.typedbcloud.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** How the bytes of an answer come to the client. */
interface ResponseDelivery {

  /** In one write: no part of an answer waits for the receipt of another. */
  ResponseDelivery WHOLE =
      (answer, line) -> {
        line.write(answer.bytes(), 0, answer.bytes().length);
        return true;
      };

  /** Not at all: the connection closes. */
  ResponseDelivery LOST = (answer, line) -> false;

  /** Not at all: the connection is reset. */
  ResponseDelivery RESET =
      (answer, line) -> {
        line.resetAtEnd();
        return false;
      };

  /** Something else comes, which no reader of HTTP can take for an answer. */
  ResponseDelivery GARBAGE =
      (answer, line) -> {
        byte[] bytes =
            "\0\1\2 this is no HTTP \377\376\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        line.write(bytes, 0, bytes.length);
        return false;
      };

  /**
   * Sends an answer, or less.
   *
   * @return whether the connection may go on
   */
  boolean send(WireResponse answer, Connection line) throws IOException;

  /** The head and the first bytes of the body, then the connection closes. */
  static ResponseDelivery cut(int bytes) {
    return (answer, line) -> {
      int most = answer.bytes().length - answer.headLength();
      line.write(answer.bytes(), 0, answer.headLength() + Math.min(bytes, most));
      return false;
    };
  }

  /** Some bytes at a time, head and all. */
  static ResponseDelivery slowly(int bytesPerStep, Duration pause) {
    return (answer, line) -> {
      int length = answer.bytes().length;
      int sent = 0;
      while (sent < length) {
        int step = Math.min(bytesPerStep, length - sent);
        line.write(answer.bytes(), sent, step);
        sent += step;
        if (sent < length) {
          line.pause(pause);
        }
      }
      return true;
    };
  }

  /** Whether the client is to see a status at all. */
  default boolean showsStatus() {
    return this != LOST && this != RESET && this != GARBAGE;
  }
}
