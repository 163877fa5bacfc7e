package io.github.typedbcloud.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network between a client and a server on this machine that can lose its state, like a router
 * that restarts: from then on it drops what arrives on the connections of before, in both
 * directions, and nobody is notified. New connections work.
 */
public final class SilentNetwork implements AutoCloseable {

  private final URI server;
  private final ServerSocket listener;
  private final List<Link> links = new CopyOnWriteArrayList<>();

  /** A network in front of a server. */
  public SilentNetwork(String serverUrl) {
    this.server = URI.create(serverUrl);
    try {
      this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** The URL of the server through this network. */
  public String url() {
    return server.getScheme() + "://127.0.0.1:" + listener.getLocalPort();
  }

  /** The connections of now go silent. */
  public void loseState() {
    links.forEach(link -> link.silent = true);
  }

  /** How many connections were ever opened. */
  public int connections() {
    return links.size();
  }

  /** How many connections the client has not closed. */
  public long openConnections() {
    return links.stream().filter(link -> !link.closedByClient).count();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Link link : links) {
        link.client.close();
        link.server.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Link link = new Link(client, new Socket(server.getHost(), server.getPort()));
        links.add(link);
        start(() -> link.forward(client, link.server));
        start(() -> link.forward(link.server, client));
      } catch (IOException e) {
        // The network or the server was closed.
      }
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "silent-network");
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection. */
  private static final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean silent;
    private volatile boolean closedByClient;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void forward(Socket from, Socket to) {
      byte[] packet = new byte[16 * 1024];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int length = in.read(packet); length >= 0; length = in.read(packet)) {
          if (!silent) {
            out.write(packet, 0, length);
          }
        }
      } catch (IOException e) {
        // Reset by one side.
      }
      if (from == client) {
        closedByClient = true;
      }
      if (!silent) {
        try {
          from.close();
          to.close();
        } catch (IOException e) {
          // Closed already.
        }
      }
    }
  }
}
