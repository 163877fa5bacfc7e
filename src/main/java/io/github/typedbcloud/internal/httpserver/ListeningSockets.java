package io.github.typedbcloud.internal.httpserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets that a server accepts connections on: one for each address, all with one port. */
final class ListeningSockets {

  private static final Logger LOG = LoggerFactory.getLogger(ListeningSockets.class);

  /** How many connections may wait to be accepted; hundreds may start at once. */
  private static final int BACKLOG = 2048;

  /** How many ports are tried before all are taken to be in use on one of the addresses. */
  private static final int MAX_FREE_PORTS_TRIED = 100;

  private ListeningSockets() {}

  /**
   * Starts to listen on all addresses of a host.
   *
   * @param host a name or an address; {@code localhost} stands for both loopback addresses
   * @param port 0 for any that is free on all of the addresses
   * @throws UncheckedIOException when the host is unknown or the port is in use on an address
   */
  static List<ServerSocket> open(String host, int port) {
    List<InetAddress> addresses = addresses(host);
    if (port != 0) {
      return openAll(addresses, port);
    }
    for (int tried = 1; tried < MAX_FREE_PORTS_TRIED; tried++) {
      try {
        return openAll(addresses, 0);
      } catch (UncheckedIOException e) {
        LOG.debug("A port that is free on one address is in use on another", e);
      }
    }
    return openAll(addresses, 0);
  }

  private static List<InetAddress> addresses(String host) {
    try {
      if (HttpServer.isLocalhost(host)) {
        InetAddress ipv4 = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetAddress ipv6 =
            InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        // Clients such as Node try ::1 first, but some machines and containers have no IPv6.
        return isLocal(ipv6) ? List.of(ipv4, ipv6) : List.of(ipv4);
      }
      List<InetAddress> resolved = List.of(InetAddress.getAllByName(host));
      List<InetAddress> local = resolved.stream().filter(ListeningSockets::isLocal).toList();
      if (local.isEmpty()) {
        throw new UncheckedIOException(
            "Cannot listen on host %s: no address of this machine.".formatted(host),
            new UnknownHostException(resolved.toString()));
      }
      return local;
    } catch (UnknownHostException e) {
      throw new UncheckedIOException("Cannot listen on host " + host + ": unknown host.", e);
    }
  }

  /** Whether this machine can listen on the address, whatever the port. */
  private static boolean isLocal(InetAddress address) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(address, 0));
      return true;
    } catch (IOException e) {
      LOG.debug("Cannot listen on {}", address, e);
      return false;
    }
  }

  /** The first address selects the port if it is 0. */
  private static List<ServerSocket> openAll(List<InetAddress> addresses, int port) {
    List<ServerSocket> sockets = new ArrayList<>();
    boolean complete = false;
    try {
      int common = port;
      for (InetAddress address : addresses) {
        ServerSocket socket = open(address, common);
        sockets.add(socket);
        common = socket.getLocalPort();
      }
      complete = true;
      return List.copyOf(sockets);
    } finally {
      if (!complete) {
        sockets.forEach(ListeningSockets::close);
      }
    }
  }

  private static ServerSocket open(InetAddress address, int port) {
    try {
      ServerSocket socket = new ServerSocket();
      try {
        // Otherwise connections in TIME_WAIT would keep the port in use.
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, port), BACKLOG);
        return socket;
      } catch (IOException e) {
        close(socket);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot listen on %s, port %s (%s); choose another port, or 0 for any free one."
              .formatted(address.getHostAddress(), port, e.getMessage()),
          e);
    }
  }

  /** Stops listening. */
  static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.warn("Closing {} failed", socket, e);
    }
  }
}
