package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;

/**
 * How often a cluster is backed up. The list is open, and equality ignores case.
 *
 * @param value the API's own word, in lower case
 */
public record BackupFrequency(@JsonValue String value) {

  /** No backups; the only choice for a free cluster. */
  public static final BackupFrequency DISABLED = new BackupFrequency("disabled");

  /** Every hour. */
  public static final BackupFrequency HOURLY = new BackupFrequency("hourly");

  /** Every day. */
  public static final BackupFrequency DAILY = new BackupFrequency("daily");

  /** Folds the word to lower case, so that two spellings of one word are equal. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public BackupFrequency {
    value = Objects.requireNonNull(value, "value must not be null").toLowerCase(Locale.ROOT);
  }

  /**
   * The value of a word, known to this release or not.
   *
   * @param value any text, in any case
   */
  public static BackupFrequency of(String value) {
    return new BackupFrequency(value);
  }

  /** The word itself. */
  @Override
  public String toString() {
    return value;
  }
}
