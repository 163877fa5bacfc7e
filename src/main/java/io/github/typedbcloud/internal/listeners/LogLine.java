package io.github.typedbcloud.internal.listeners;

import io.github.typedbcloud.internal.http.HttpResult;
import io.github.typedbcloud.internal.text.CleanText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line of the log with key-value pairs, which an encoder for JSON writes as fields. SLF4J 1.7 has
 * no key-value pairs; its lines have the message alone. Not thread-safe.
 */
final class LogLine {

  private static final boolean HAS_KEY_VALUES = hasKeyValues();

  private final Logger log;
  private final Level level;
  private final Map<String, Object> pairs = new LinkedHashMap<>();

  LogLine(Logger log, Level level) {
    this.log = log;
    this.level = level;
  }

  LogLine add(String key, Object value) {
    pairs.put(key, value);
    return this;
  }

  /** The same for text that is not the client's own. */
  LogLine addText(String key, String value) {
    return add(key, CleanText.of(value, CleanText.MAX_VALUE));
  }

  /** The HTTP status; nothing without a response. */
  LogLine addStatus(int status) {
    return status == HttpResult.NO_STATUS ? this : add("status", status);
  }

  void log(String format, Object... arguments) {
    String message = String.format(Locale.ROOT, format, arguments);
    if (HAS_KEY_VALUES) {
      KeyValues.log(this, message);
    } else {
      switch (level) {
        case WARN -> log.warn(message);
        case DEBUG -> log.debug(message);
        default -> log.trace(message);
      }
    }
  }

  private static boolean hasKeyValues() {
    try {
      Class.forName("org.slf4j.spi.LoggingEventBuilder", false, Logger.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Loaded only with SLF4J 2. */
  private static final class KeyValues {
    static void log(LogLine line, String message) {
      LoggingEventBuilder event = line.log.atLevel(line.level);
      for (Map.Entry<String, Object> pair : line.pairs.entrySet()) {
        event = event.addKeyValue(pair.getKey(), pair.getValue());
      }
      event.log(message);
    }
  }
}
