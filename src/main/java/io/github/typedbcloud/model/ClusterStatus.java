package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;

/**
 * The state of a cluster. The list is open: a status that this release has no constant for is an
 * ordinary value, and equality ignores case.
 *
 * @param value the API's own word, in lower case
 */
public record ClusterStatus(@JsonValue String value) {

  /** Being made; its servers are not all up. */
  public static final ClusterStatus STARTING = new ClusterStatus("starting");

  /** Ready for connections. */
  public static final ClusterStatus RUNNING = new ClusterStatus("running");

  /** On its way to {@code suspended}. */
  public static final ClusterStatus SUSPENDING = new ClusterStatus("suspending");

  /** At rest, without servers; its data is kept. */
  public static final ClusterStatus SUSPENDED = new ClusterStatus("suspended");

  /** On its way back to {@code running}. */
  public static final ClusterStatus RESUMING = new ClusterStatus("resuming");

  /** Being taken down for good; afterwards a get answers 404. */
  public static final ClusterStatus DESTROYING = new ClusterStatus("destroying");

  /** Folds the word to lower case, so that two spellings of one word are equal. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ClusterStatus {
    value = Objects.requireNonNull(value, "value must not be null").toLowerCase(Locale.ROOT);
  }

  /**
   * The value of a word, known to this release or not.
   *
   * @param value any text, in any case
   */
  public static ClusterStatus of(String value) {
    return switch (Objects.requireNonNull(value, "value must not be null")) {
      case "starting" -> STARTING;
      case "running" -> RUNNING;
      case "suspending" -> SUSPENDING;
      case "suspended" -> SUSPENDED;
      case "resuming" -> RESUMING;
      case "destroying" -> DESTROYING;
      default -> new ClusterStatus(value);
    };
  }

  /** The word itself. */
  @Override
  public String toString() {
    return value;
  }
}
