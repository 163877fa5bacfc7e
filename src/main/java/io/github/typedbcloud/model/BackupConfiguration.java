package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.typedbcloud.internal.json.FieldReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster is backed up (space scopes only). A component that is null is not sent: the service
 * then uses its default, or in an update keeps the current value.
 *
 * @param frequency {@code disabled}, {@code hourly} or {@code daily}; {@code disabled} for free
 *     clusters
 * @param retentionDays the number of days that a backup is kept: 7 or 30; the service's default is
 *     7
 */
public record BackupConfiguration(
    @Nullable BackupFrequency frequency, @Nullable Integer retentionDays) {

  /**
   * Backups at this frequency, kept for the service's default number of days.
   *
   * @param frequency how often
   */
  public static BackupConfiguration of(BackupFrequency frequency) {
    Objects.requireNonNull(frequency, "frequency must not be null");
    return new BackupConfiguration(frequency, null);
  }

  /**
   * Backups at this frequency, kept for this number of days.
   *
   * @param frequency how often
   * @param retentionDays 7 or 30
   */
  public static BackupConfiguration of(BackupFrequency frequency, int retentionDays) {
    Objects.requireNonNull(frequency, "frequency must not be null");
    return new BackupConfiguration(frequency, retentionDays);
  }

  /**
   * Reads the API's JSON from a map; an absent field is null.
   *
   * @param map a JSON object as plain values
   * @throws IllegalArgumentException when a field is unknown or has the wrong type
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static BackupConfiguration fromMap(Map<String, ? extends @Nullable Object> map) {
    return read(FieldReader.of(map));
  }

  static BackupConfiguration read(FieldReader fields) {
    String frequency = null;
    Integer retentionDays = null;
    Map<String, @Nullable Object> unknown = Map.of();
    for (String name = fields.next(); name != null; name = fields.next()) {
      switch (name) {
        case "frequency" -> frequency = fields.stringOrNull();
        case "retentionDays" -> retentionDays = fields.integerOrNull();
        default -> unknown = fields.addTo(unknown);
      }
    }
    FieldReader.requireNone(unknown, "A backup configuration", "frequency, retentionDays");
    return new BackupConfiguration(
        frequency == null ? null : BackupFrequency.of(frequency), retentionDays);
  }

  /** The API's JSON as plain values, without the components that are null. */
  @JsonValue
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    if (frequency != null) {
      map.put("frequency", frequency.value());
    }
    if (retentionDays != null) {
      map.put("retentionDays", retentionDays);
    }
    return map;
  }
}
