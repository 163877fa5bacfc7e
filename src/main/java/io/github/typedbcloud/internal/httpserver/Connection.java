package io.github.typedbcloud.internal.httpserver;

import java.io.IOException;
import java.time.Duration;

/** The connection of a request, as far as a handler may control it. */
public interface Connection {

  /** Waits by the system clock; ends early when the client disconnects or the server is closed. */
  void pause(Duration duration);

  /** Sends a range of the bytes in one write. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Ends the connection with a reset instead of an orderly close. */
  void resetAtEnd() throws IOException;
}
