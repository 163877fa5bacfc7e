package io.github.typedbcloud.simulator;

import java.io.IOException;
import java.time.Duration;

/** The connection over which one request came, as far as faults may touch it. */
interface Connection {

  /**
   * Waits by the machine's clock. Ends early when the client closes its end or the simulator is
   * closed.
   */
  void pause(Duration duration);

  /** Sends that part of the bytes in one write. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Has the connection end with a reset instead of an orderly close. */
  void resetAtEnd() throws IOException;
}
