package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.typedbcloud.internal.text.CleanText;
import java.util.Locale;
import java.util.Objects;

/**
 * How often a cluster is backed up. Extensible: unknown values are preserved. Equality ignores
 * case.
 *
 * @param value the API's value, in lower case
 */
public record BackupFrequency(@JsonValue String value) {

  /** No backups; the only choice for a free cluster. */
  public static final BackupFrequency DISABLED = new BackupFrequency("disabled");

  /** Every hour. */
  public static final BackupFrequency HOURLY = new BackupFrequency("hourly");

  /** Every day. */
  public static final BackupFrequency DAILY = new BackupFrequency("daily");

  /** Validates that the value is non-null, and converts it to lower case. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public BackupFrequency {
    value = Objects.requireNonNull(value, "value must not be null").toLowerCase(Locale.ROOT);
  }

  /**
   * Converts a string of the API, known to this release or not.
   *
   * @param value any string, in any case
   */
  public static BackupFrequency of(String value) {
    return new BackupFrequency(value);
  }

  /** The value, with control characters escaped and cut after 200 characters. */
  @Override
  public String toString() {
    return CleanText.of(value, CleanText.MAX_VALUE);
  }
}
