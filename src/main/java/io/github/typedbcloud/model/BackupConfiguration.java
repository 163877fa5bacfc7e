package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster is backed up (space scopes only). A part that is null is not sent: the service then
 * takes its own default, or in an update leaves the part as it is.
 *
 * @param frequency {@code disabled}, {@code hourly} or {@code daily}; {@code disabled} for free
 *     clusters
 * @param retentionDays for how many days a backup is kept: 7 or 30; the service's default is 7
 */
public record BackupConfiguration(
    @Nullable BackupFrequency frequency, @Nullable Integer retentionDays) {

  /**
   * Backups at this frequency, kept for as long as the service keeps them by default.
   *
   * @param frequency how often
   */
  public static BackupConfiguration of(BackupFrequency frequency) {
    return new BackupConfiguration(frequency, null);
  }

  /**
   * Backups at this frequency, kept for this long.
   *
   * @param frequency how often
   * @param retentionDays 7 or 30
   */
  public static BackupConfiguration of(BackupFrequency frequency, int retentionDays) {
    return new BackupConfiguration(frequency, retentionDays);
  }

  /**
   * Reads the API's JSON; an absent part is null.
   *
   * @param json a JSON object as a map
   * @throws IllegalArgumentException when a field is unknown or has the wrong type
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static BackupConfiguration fromMap(Map<String, ? extends @Nullable Object> json) {
    Fields fields = new Fields(json);
    String frequency = fields.textOrNull("frequency");
    Integer retentionDays = fields.integerOrNull("retentionDays");
    fields.requireNoneLeft("A backup configuration", "frequency, retentionDays");
    return new BackupConfiguration(
        frequency == null ? null : BackupFrequency.of(frequency), retentionDays);
  }

  /** The API's JSON, with the parts that are set. */
  @JsonValue
  public Map<String, Object> toMap() {
    Map<String, Object> json = new LinkedHashMap<>();
    if (frequency != null) {
      json.put("frequency", frequency.value());
    }
    if (retentionDays != null) {
      json.put("retentionDays", retentionDays);
    }
    return json;
  }
}
