package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a cluster in a space. A part that is null stays as it is; at least one must be
 * set. On a free cluster, any field but {@code id} needs an active payment method.
 *
 * @param id the new ID: renames the cluster
 * @param storageSizeGB the new size of the storage in GB, from 10 to 1000
 * @param machineType the new machine type
 * @param backupConfiguration the new backups
 * @param version the new version of TypeDB, or {@code latest}
 */
public record UpdateClusterRequest(
    @Nullable String id,
    @Nullable Integer storageSizeGB,
    @Nullable String machineType,
    @Nullable BackupConfiguration backupConfiguration,
    @Nullable String version) {

  /** Starts with nothing set. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that holds what this request sets. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.id = id;
    builder.storageSizeGB = storageSizeGB;
    builder.machineType = machineType;
    builder.backupConfiguration = backupConfiguration;
    builder.version = version;
    return builder;
  }

  /**
   * Reads the API's JSON; an absent part is null.
   *
   * @param json a JSON object as a map
   * @throws IllegalArgumentException when a field is unknown or has the wrong type
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static UpdateClusterRequest fromMap(Map<String, ? extends @Nullable Object> json) {
    Fields fields = new Fields(json);
    UpdateClusterRequest request =
        new UpdateClusterRequest(
            fields.textOrNull("id"),
            fields.integerOrNull("storageSizeGB"),
            fields.textOrNull("machineType"),
            fields.object("backupConfiguration", BackupConfiguration::fromMap),
            fields.textOrNull("version"));
    fields.requireNoneLeft(
        "An update request", "id, storageSizeGB, machineType, backupConfiguration, version");
    return request;
  }

  /** The API's JSON, with the parts that are set. */
  @JsonValue
  public Map<String, Object> toMap() {
    Map<String, Object> json = new LinkedHashMap<>();
    if (id != null) {
      json.put("id", id);
    }
    if (storageSizeGB != null) {
      json.put("storageSizeGB", storageSizeGB);
    }
    if (machineType != null) {
      json.put("machineType", machineType);
    }
    if (backupConfiguration != null) {
      json.put("backupConfiguration", backupConfiguration.toMap());
    }
    if (version != null) {
      json.put("version", version);
    }
    return json;
  }

  /** Collects what to change. Not thread-safe. */
  public static final class Builder {
    private @Nullable String id;
    private @Nullable Integer storageSizeGB;
    private @Nullable String machineType;
    private @Nullable BackupConfiguration backupConfiguration;
    private @Nullable String version;

    private Builder() {}

    /** The new ID: renames the cluster. */
    public Builder id(String newId) {
      this.id = Objects.requireNonNull(newId, "id must not be null");
      return this;
    }

    /** The new size of the storage in GB, from 10 to 1000. */
    public Builder storageSizeGB(int gigabytes) {
      this.storageSizeGB = gigabytes;
      return this;
    }

    /** The new machine type. */
    public Builder machineType(String name) {
      this.machineType = Objects.requireNonNull(name, "machineType must not be null");
      return this;
    }

    /** The new backups. */
    public Builder backup(BackupConfiguration backup) {
      this.backupConfiguration = Objects.requireNonNull(backup, "backup must not be null");
      return this;
    }

    /** The new version of TypeDB, or {@code latest}. */
    public Builder version(String name) {
      this.version = Objects.requireNonNull(name, "version must not be null");
      return this;
    }

    /** The request as set so far; its rules run when it is sent or validated. */
    public UpdateClusterRequest build() {
      return new UpdateClusterRequest(id, storageSizeGB, machineType, backupConfiguration, version);
    }
  }
}
