package io.github.typedbcloud.support;

import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs work with the log of the client and the simulator turned off. For tests with thousands of
 * failures, whose warnings would cost more time than the calls and hide all others.
 */
public final class SilentLog {

  // Held here, because the logging framework may forget a logger, and its level, that is not held.
  private static final Logger LOG = Logger.getLogger("io.github.typedbcloud");

  private SilentLog() {}

  /** Returns what the work returns. */
  public static <T> T during(Callable<T> work) throws Exception {
    Level previous = LOG.getLevel();
    LOG.setLevel(Level.OFF);
    try {
      return work.call();
    } finally {
      LOG.setLevel(previous);
    }
  }
}
