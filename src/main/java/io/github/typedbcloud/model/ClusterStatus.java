package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.typedbcloud.internal.text.CleanText;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The status of a cluster. Extensible: unknown values are preserved. Equality ignores case.
 *
 * @param value the API's value, in lower case
 */
public record ClusterStatus(@JsonValue String value) {

  /** Being created; not all servers are running. */
  public static final ClusterStatus STARTING = new ClusterStatus("starting");

  /** Ready for connections. */
  public static final ClusterStatus RUNNING = new ClusterStatus("running");

  /** Being suspended. */
  public static final ClusterStatus SUSPENDING = new ClusterStatus("suspending");

  /** Suspended: without servers, but its data is kept. */
  public static final ClusterStatus SUSPENDED = new ClusterStatus("suspended");

  /** Being resumed; {@code running} follows. */
  public static final ClusterStatus RESUMING = new ClusterStatus("resuming");

  /** Being destroyed; afterwards a get fails with HTTP 404. */
  public static final ClusterStatus DESTROYING = new ClusterStatus("destroying");

  private static final List<ClusterStatus> DOCUMENTED =
      List.of(STARTING, RUNNING, SUSPENDING, SUSPENDED, RESUMING, DESTROYING);

  /** Validates that the value is non-null, and converts it to lower case. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ClusterStatus {
    value = Objects.requireNonNull(value, "value must not be null").toLowerCase(Locale.ROOT);
  }

  /**
   * Converts a string of the API, known to this release or not.
   *
   * @param value any string, in any case
   */
  public static ClusterStatus of(String value) {
    Objects.requireNonNull(value, "value must not be null");
    for (ClusterStatus status : DOCUMENTED) {
      if (status.value.equals(value)) {
        return status;
      }
    }
    return new ClusterStatus(value);
  }

  /** The statuses that the API documents, in the order of a cluster's life. Cannot be changed. */
  public static List<ClusterStatus> documented() {
    return DOCUMENTED;
  }

  /** The value, with control characters escaped and cut after 200 characters. */
  @Override
  public String toString() {
    return CleanText.of(value, CleanText.MAX_VALUE);
  }
}
