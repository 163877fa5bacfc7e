package io.github.typedbcloud.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Speaks HTTP/1.1 over a plain socket, and sends whatever bytes the exchange of the moment says.
 * One thread for each connection.
 */
final class RawServer implements AutoCloseable {

  private static final int BRIEFLY_MILLIS = 3;

  private static final String END_OF_HEAD = "\r\n\r\n";

  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Exchange exchange;

  /**
   * A request.
   *
   * @param isComplete false when the connection ended within it
   */
  record Received(
      String method, String path, Map<String, String> headers, String body, boolean isComplete) {

    boolean isTokenExchange() {
      return path.endsWith("/auth");
    }

    boolean isWrite() {
      return !method.equals("GET") && !isTokenExchange();
    }
  }

  RawServer() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Later requests belong to this exchange. */
  void play(Exchange next) {
    exchange = next;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        start(() -> serve(socket));
      } catch (IOException e) {
        // The server is closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        Received request = receive(in);
        if (request == null) {
          return;
        }
        ScriptedResponse response = exchange.respond(request);
        if (response == null) {
          return;
        }
        socket.getOutputStream().write(response.bytes());
        switch (response.ending()) {
          case KEEP -> socket.setSoTimeout(0);
          case KEEP_BRIEFLY -> socket.setSoTimeout(BRIEFLY_MILLIS);
          case RESET -> {
            socket.setSoLinger(true, 0);
            return;
          }
          case CLOSE -> {
            return;
          }
          case SILENT -> {
            socket.setSoTimeout(0);
            while (in.read() >= 0) {
              // Until the client gives up.
            }
            return;
          }
        }
      }
    } catch (IOException e) {
      // The client or the server closed the connection, or no request arrived in time.
    } finally {
      sockets.remove(socket);
    }
  }

  /** The next request; null when the connection ended before it. */
  private static Received receive(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(512);
    boolean isComplete = true;
    int end = 0;
    while (end < END_OF_HEAD.length()) {
      int next = read(in, head.size() == 0);
      if (next < 0) {
        if (head.size() == 0) {
          return null;
        }
        isComplete = false;
        break;
      }
      head.write(next);
      end = next == END_OF_HEAD.charAt(end) ? end + 1 : next == '\r' ? 1 : 0;
    }
    String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1);
    String[] requestLine = (lines[0] + "  ").split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] header = (lines[i] + ": ").split(": ", 2);
      headers.put(header[0].toLowerCase(Locale.ROOT), header[1].replaceFirst(": $", ""));
    }
    int length = isComplete ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
    byte[] body = in.readNBytes(length);
    return new Received(
        requestLine[0],
        requestLine[1],
        headers,
        new String(body, StandardCharsets.UTF_8),
        isComplete && body.length == length);
  }

  /** The next byte; -1 at the end, and when the first byte of a request does not arrive in time. */
  private static int read(InputStream in, boolean isFirst) throws IOException {
    try {
      return in.read();
    } catch (SocketTimeoutException e) {
      if (isFirst) {
        return -1;
      }
      throw e;
    }
  }
}
