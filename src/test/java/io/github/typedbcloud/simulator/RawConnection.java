package io.github.typedbcloud.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection to a simulator on which a test sends every byte itself. Each char is one byte. */
final class RawConnection implements AutoCloseable {

  /** How long a test waits for an expected response, in milliseconds by the system clock. */
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  RawConnection(TypeDBCloudSimulator simulator) {
    this(connect(simulator));
  }

  RawConnection(Socket socket) {
    this.socket = socket;
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Socket connect(TypeDBCloudSimulator simulator) {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), URI.create(simulator.url()).getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RawConnection send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Sends an HTTP/1.1 request without a body. */
  RawConnection request(String method, String path, String... headerLines) throws IOException {
    String lines = headerLines.length == 0 ? "" : String.join("\r\n", headerLines) + "\r\n";
    return send("%s %s HTTP/1.1\r\nHost: x\r\n%s\r\n".formatted(method, path, lines));
  }

  /** Closes the output, so that the server reads the end of the stream. */
  RawConnection endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** The head of the next response, with its empty line. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) readByte());
    }
    return head.toString();
  }

  /** Head and body of the next response, as long as its Content-Length says. */
  String response() throws IOException {
    String head = head();
    int length =
        Integer.parseInt(head.replaceFirst("(?s).*\r\nContent-Length: ([0-9]+)\r\n.*", "$1"));
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < length; i++) {
      body.append((char) readByte());
    }
    return head + body;
  }

  int readByte() throws IOException {
    int read = in.read();
    if (read < 0) {
      throw new IOException("the simulator closed the connection");
    }
    return read;
  }

  /** Everything up to the end of the connection. */
  String rest() throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    in.transferTo(rest);
    return rest.toString(StandardCharsets.ISO_8859_1);
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
