package io.github.typedbcloud.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster at one moment.
 *
 * @param number counts the clusters of a simulator in the order in which they were created
 * @param since when the status began, by {@code TimeSource.elapsed()}
 * @param serverStatus the status of its servers; null when it has none
 */
record SimulatedCluster(
    long number,
    CloudScope scope,
    ClusterSettings settings,
    Instant createdAt,
    Status status,
    Duration since,
    @Nullable String serverStatus) {

  /** How many names there are of six characters in base 36, as in the reference. */
  private static final long NAMES = 36L * 36 * 36 * 36 * 36 * 36;

  /** Shares no factor with {@link #NAMES}, so no two clusters get the same name. */
  private static final long STRIDE = 1_234_567_891L;

  static SimulatedCluster starting(
      long number, CloudScope scope, ClusterSettings settings, Instant createdAt, Duration now) {
    return new SimulatedCluster(
        number, scope, settings, createdAt, Status.STARTING, now, Status.STARTING.serverStatus());
  }

  /** The same cluster under another number, with its status beginning again. */
  SimulatedCluster again(long newNumber, Duration now) {
    return new SimulatedCluster(newNumber, scope, settings, createdAt, status, now, serverStatus);
  }

  String id() {
    return settings.id();
  }

  SimulatedCluster enter(Status newStatus, Duration now) {
    String servers = newStatus.keepsServers() ? serverStatus : newStatus.serverStatus();
    return new SimulatedCluster(number, scope, settings, createdAt, newStatus, now, servers);
  }

  SimulatedCluster with(ClusterSettings newSettings) {
    return new SimulatedCluster(number, scope, newSettings, createdAt, status, since, serverStatus);
  }

  /** The addresses of its servers, which never change; none while it has no servers. */
  List<String> serverAddresses() {
    if (serverStatus == null) {
      return List.of();
    }
    String name = Long.toString(Math.floorMod(number * STRIDE, NAMES), 36);
    String padded = "0".repeat(6 - name.length()) + name;
    return IntStream.range(0, settings.serverCount())
        .mapToObj(server -> "%s-%s.cluster.typedb.com:80".formatted(padded, server))
        .toList();
  }
}
