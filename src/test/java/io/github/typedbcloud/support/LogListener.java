package io.github.typedbcloud.support;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Captures all that the client and the HTTP library log, at every level. */
public final class LogListener extends Handler implements AutoCloseable {
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  // Held here, because the logging framework may discard a logger, and its level, that nothing
  // holds.
  private final List<Logger> loggers =
      List.of(Logger.getLogger("io.github.typedbcloud"), Logger.getLogger("okhttp3"));

  public LogListener() {
    setLevel(Level.ALL);
    for (Logger logger : loggers) {
      logger.setLevel(Level.ALL);
      logger.addHandler(this);
    }
  }

  @Override
  public void publish(LogRecord record) {
    StringWriter line = new StringWriter();
    line.append(
        switch (record.getLevel().getName()) {
          case "FINEST" -> "TRACE";
          case "FINE" -> "DEBUG";
          case "INFO" -> "INFO";
          default -> record.getLevel().getName().startsWith("W") ? "WARN" : "ERROR";
        });
    line.append(' ').append(record.getMessage());
    if (record.getThrown() != null) {
      record.getThrown().printStackTrace(new PrintWriter(line));
    }
    lines.add(line.toString());
  }

  /** All that was logged, a line each, with the level before it. */
  public String text() {
    return String.join("\n", List.copyOf(lines));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    for (Logger logger : loggers) {
      logger.removeHandler(this);
      logger.setLevel(null);
    }
  }
}
