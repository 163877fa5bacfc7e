package io.github.typedbcloud.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A status of a cluster. Those that the service is known to have are constants, which can be
 * compared with {@code ==}; any other has no transition, and its cluster keeps its servers.
 */
final class Status {

  static final Status RUNNING = new Status("running", "running", null);
  static final Status SUSPENDED = new Status("suspended", null, null);
  static final Status FAILED = ofAnyServers("failed", null);

  /** Of no cluster: the end of destroying. */
  static final Status GONE = new Status("gone", null, null);

  static final Status STARTING = new Status("starting", "pending", RUNNING);
  static final Status SUSPENDING = new Status("suspending", "running", SUSPENDED);
  static final Status RESUMING = new Status("resuming", "pending", RUNNING);
  static final Status DESTROYING = ofAnyServers("destroying", GONE);

  /** The statuses that end by themselves. */
  static final List<Status> TRANSITIONS = List.of(STARTING, SUSPENDING, RESUMING, DESTROYING);

  private static final List<Status> KNOWN =
      List.of(RUNNING, SUSPENDED, FAILED, STARTING, SUSPENDING, RESUMING, DESTROYING);

  private final String text;
  private final boolean keepsServers;
  private final @Nullable String serverStatus;
  private final @Nullable Status next;

  private Status(String text, @Nullable String serverStatus, @Nullable Status next) {
    this(text, false, serverStatus, next);
  }

  private Status(
      String text, boolean keepsServers, @Nullable String serverStatus, @Nullable Status next) {
    this.text = text;
    this.keepsServers = keepsServers;
    this.serverStatus = serverStatus;
    this.next = next;
  }

  private static Status ofAnyServers(String text, @Nullable Status next) {
    return new Status(text, true, RUNNING.serverStatus, next);
  }

  /** The status with this name, known or not. */
  static Status of(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("The status of the cluster is empty.");
    }
    return KNOWN.stream()
        .filter(status -> status.text.equals(text))
        .findFirst()
        .orElseGet(() -> ofAnyServers(text, null));
  }

  /** The name in the API. */
  String text() {
    return text;
  }

  /** Whether the servers stay as they were when a cluster enters this status. */
  boolean keepsServers() {
    return keepsServers;
  }

  /** The status of the servers of a cluster that was always in this status; null without any. */
  @Nullable String serverStatus() {
    return serverStatus;
  }

  /** The status after the transition; null when the status does not change by itself. */
  @Nullable Status next() {
    return next;
  }

  @Override
  public String toString() {
    return text;
  }
}
