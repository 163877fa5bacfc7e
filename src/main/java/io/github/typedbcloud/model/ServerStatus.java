package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;

/**
 * The state of one server of a cluster. The list is open, and equality ignores case.
 *
 * @param value the API's own word, in lower case
 */
public record ServerStatus(@JsonValue String value) {

  /** Not up yet. */
  public static final ServerStatus PENDING = new ServerStatus("pending");

  /** Ready for connections. */
  public static final ServerStatus RUNNING = new ServerStatus("running");

  /** Folds the word to lower case, so that two spellings of one word are equal. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ServerStatus {
    value = Objects.requireNonNull(value, "value must not be null").toLowerCase(Locale.ROOT);
  }

  /**
   * The value of a word, known to this release or not.
   *
   * @param value any text, in any case
   */
  public static ServerStatus of(String value) {
    return switch (Objects.requireNonNull(value, "value must not be null")) {
      case "pending" -> PENDING;
      case "running" -> RUNNING;
      default -> new ServerStatus(value);
    };
  }

  /** The word itself. */
  @Override
  public String toString() {
    return value;
  }
}
