package io.github.typedbcloud.internal.httpserver;

import java.io.IOException;
import java.time.Duration;

/**
 * Sends everything in small steps with pauses between them.
 *
 * @param bytesPerStep one or more
 */
record SlowConnection(Connection connection, int bytesPerStep, Duration pause)
    implements Connection {

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int sent = 0;
    while (sent < length) {
      int step = Math.min(bytesPerStep, length - sent);
      connection.write(bytes, offset + sent, step);
      sent += step;
      if (sent < length) {
        connection.pause(pause);
      }
    }
  }

  @Override
  public void pause(Duration duration) {
    connection.pause(duration);
  }

  @Override
  public void resetAtEnd() throws IOException {
    connection.resetAtEnd();
  }
}
