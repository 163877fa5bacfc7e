package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.typedbcloud.internal.text.CleanText;
import java.util.Locale;
import java.util.Objects;

/**
 * The status of one server of a cluster. Extensible: unknown values are preserved. Equality ignores
 * case.
 *
 * @param value the API's value, in lower case
 */
public record ServerStatus(@JsonValue String value) {

  /** Starting. */
  public static final ServerStatus PENDING = new ServerStatus("pending");

  /** Ready for connections. */
  public static final ServerStatus RUNNING = new ServerStatus("running");

  /** Validates that the value is non-null, and converts it to lower case. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ServerStatus {
    value = Objects.requireNonNull(value, "value must not be null").toLowerCase(Locale.ROOT);
  }

  /**
   * Converts a string of the API, known to this release or not.
   *
   * @param value any string, in any case
   */
  public static ServerStatus of(String value) {
    return switch (Objects.requireNonNull(value, "value must not be null")) {
      case "pending" -> PENDING;
      case "running" -> RUNNING;
      default -> new ServerStatus(value);
    };
  }

  /** The value, with control characters escaped and cut after 200 characters. */
  @Override
  public String toString() {
    return CleanText.of(value, CleanText.MAX_VALUE);
  }
}
