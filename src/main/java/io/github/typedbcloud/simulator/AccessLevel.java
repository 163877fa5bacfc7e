package io.github.typedbcloud.simulator;

import java.util.Locale;

/** What an API token may do on a project or space. Each level includes the ones before it. */
public enum AccessLevel {
  /** Get and list clusters. */
  READ,
  /**
   * Deploy, suspend, resume, update and clone clusters, and everything that {@link #READ} allows.
   */
  WRITE,
  /** Destroy clusters, and everything that {@link #WRITE} allows. */
  ADMIN;

  boolean includes(AccessLevel needed) {
    return compareTo(needed) >= 0;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
