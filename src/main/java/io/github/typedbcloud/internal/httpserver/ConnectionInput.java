package io.github.typedbcloud.internal.httpserver;

import io.github.typedbcloud.time.TimeSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The input of one connection, with pauses that end when the client disconnects. Not thread-safe
 * except for {@link #end}.
 */
final class ConnectionInput {

  /** In bytes. Holds a typical request. */
  private static final int BUFFER = 16 * 1024;

  private static final TimeSource MACHINE = TimeSource.system();

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private final CountDownLatch ended = new CountDownLatch(1);
  private int start;
  private int end;
  private boolean clientLeft;

  ConnectionInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** The next byte; -1 at the end of the stream. */
  int read() throws IOException {
    if (start == end && !fill()) {
      return -1;
    }
    return buffer[start++] & 0xFF;
  }

  /**
   * Reads at least one byte.
   *
   * @throws EOFException at the end of the stream
   */
  int read(byte[] target, int offset, int max) throws IOException {
    if (start == end && !fill()) {
      throw new EOFException("the client closed its end within a request");
    }
    int length = Math.min(max, end - start);
    System.arraycopy(buffer, start, target, offset, length);
    start += length;
    return length;
  }

  /**
   * Waits by the system clock. Ends early when the client disconnects and when {@link #end} is
   * called. What the client sends meanwhile is kept.
   */
  void pause(Duration duration) {
    if (duration.isZero()) {
      return;
    }
    Duration until = MACHINE.elapsed().plus(duration);
    try {
      Duration left = duration;
      while (left.compareTo(Duration.ZERO) > 0 && !clientLeft && ended.getCount() > 0) {
        pauseOnce(left);
        left = until.minus(MACHINE.elapsed());
      }
      socket.setSoTimeout(0);
    } catch (IOException e) {
      // Reset by the client or closed by the server: the pause no longer has a purpose.
      clientLeft = true;
    } catch (InterruptedException e) {
      clientLeft = true;
      Thread.currentThread().interrupt();
    }
  }

  /** Discards what the client still sends, for a while, so that it reads the response. */
  void drain(int maxBytes, Duration maxTime) throws IOException {
    Duration until = MACHINE.elapsed().plus(maxTime);
    int left = maxBytes;
    try {
      while (left > 0 && !clientLeft) {
        Duration time = until.minus(MACHINE.elapsed());
        if (time.isNegative() || time.isZero()) {
          return;
        }
        left -= end - start;
        start = 0;
        end = 0;
        receive(time);
      }
    } catch (SocketTimeoutException e) {
      // The timeout elapsed.
      return;
    }
  }

  /** Ends the current and all later pauses. Thread-safe. */
  void end() {
    ended.countDown();
  }

  private void pauseOnce(Duration longest) throws IOException, InterruptedException {
    if (end == buffer.length && start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      // The buffer is full, so a client that disconnects now is noticed at the end.
      boolean early = ended.await(longest.toNanos(), TimeUnit.NANOSECONDS);
      clientLeft |= early;
      return;
    }
    try {
      receive(longest);
    } catch (SocketTimeoutException e) {
      // The caller checks the clock.
      return;
    }
  }

  /** Appends what the client sends to the buffer. */
  private void receive(Duration longest) throws IOException {
    long millis = Math.min(Integer.MAX_VALUE, longest.plusNanos(999_999).toMillis());
    socket.setSoTimeout((int) Math.max(1, millis));
    int length = in.read(buffer, end, buffer.length - end);
    clientLeft = length < 0;
    end += Math.max(0, length);
  }

  private boolean fill() throws IOException {
    if (clientLeft) {
      return false;
    }
    start = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    clientLeft = end == 0;
    return !clientLeft;
  }
}
