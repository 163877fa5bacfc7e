package io.github.typedbcloud.simulator;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The statuses of a cluster, with their automatic transitions. */
enum Status {
  RUNNING("running", null),
  SUSPENDED(null, null),
  FAILED(null, null),
  GONE(null, null),
  STARTING("pending", RUNNING),
  SUSPENDING("running", SUSPENDED),
  RESUMING("pending", RUNNING),
  DESTROYING(null, GONE);

  private final @Nullable String serverStatus;
  private final @Nullable Status next;

  Status(@Nullable String serverStatus, @Nullable Status next) {
    this.serverStatus = serverStatus;
    this.next = next;
  }

  /** The name in the API. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of the cluster's servers; null when it has none. */
  @Nullable String serverStatus() {
    return serverStatus;
  }

  /** The status after the transition; null when the status does not change by itself. */
  @Nullable Status next() {
    return next;
  }
}
