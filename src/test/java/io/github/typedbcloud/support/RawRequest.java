package io.github.typedbcloud.support;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads requests from a socket, for servers that send bytes which no HTTP server would send. */
public final class RawRequest {

  private static final String CONTENT_LENGTH = "Content-Length: ";

  private RawRequest() {}

  /**
   * Reads a request with its body.
   *
   * @return its request line and headers
   * @throws EOFException when the client closes the connection before the end of the headers
   */
  public static String read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("no request");
      }
      head.append((char) next);
    }
    int length = head.indexOf(CONTENT_LENGTH);
    if (length >= 0) {
      int start = length + CONTENT_LENGTH.length();
      in.readNBytes(Integer.parseInt(head.substring(start, head.indexOf("\r\n", start))));
    }
    return head.toString();
  }
}
