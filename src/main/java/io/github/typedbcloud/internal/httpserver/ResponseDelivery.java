package io.github.typedbcloud.internal.httpserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** How the bytes of a response are sent. */
public interface ResponseDelivery {

  /** In one write. */
  ResponseDelivery WHOLE =
      (response, connection) -> {
        connection.write(response.bytes(), 0, response.bytes().length);
        return true;
      };

  /** Not at all: the connection is closed. */
  ResponseDelivery LOST = (response, connection) -> false;

  /** Not at all: the connection is reset. */
  ResponseDelivery RESET =
      (response, connection) -> {
        connection.resetAtEnd();
        return false;
      };

  /** Sends bytes that no HTTP parser accepts as a response. */
  ResponseDelivery GARBAGE =
      (response, connection) -> {
        byte[] bytes =
            "\0\1\2 this is not HTTP \377\376\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        connection.write(bytes, 0, bytes.length);
        return false;
      };

  /**
   * Sends a response, or a part of it.
   *
   * @return whether the connection may be kept
   */
  boolean send(ResponseBytes response, Connection connection) throws IOException;

  /** The head and the first bytes of the body; then the connection is closed. */
  static ResponseDelivery cut(int bytes) {
    return (response, connection) -> {
      int max = response.bytes().length - response.headLength();
      connection.write(response.bytes(), 0, response.headLength() + Math.min(bytes, max));
      return false;
    };
  }

  /** As this one, but a few bytes at a time, including the head. */
  default ResponseDelivery slowly(int bytesPerStep, Duration pause) {
    return (response, connection) ->
        send(response, new SlowConnection(connection, bytesPerStep, pause));
  }

  /** Whether the client gets a status code. */
  default boolean showsStatus() {
    return this != LOST && this != RESET && this != GARBAGE;
  }
}
