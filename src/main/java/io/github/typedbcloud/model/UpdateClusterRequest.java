package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.typedbcloud.internal.json.FieldReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a cluster in a space. A component that is null is not changed; at least one must be
 * set. On a free cluster, any field but {@code id} needs an active payment method.
 *
 * @param id the new ID: renames the cluster
 * @param storageSizeGB the new size of the storage in GB, from 10 to 1000
 * @param machineType the new machine type
 * @param backupConfiguration the new backup configuration
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

  /** A builder that starts with the values of this request. */
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
   * Reads the API's JSON from a map; an absent field is null.
   *
   * @param map a JSON object as plain values
   * @throws IllegalArgumentException when a field is unknown or has the wrong type
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static UpdateClusterRequest fromMap(Map<String, ? extends @Nullable Object> map) {
    Builder request = builder();
    Map<String, @Nullable Object> unknown = Map.of();
    FieldReader fields = FieldReader.of(map);
    for (String name = fields.next(); name != null; name = fields.next()) {
      switch (name) {
        case "id" -> request.id = fields.stringOrNull();
        case "storageSizeGB" -> request.storageSizeGB = fields.integerOrNull();
        case "machineType" -> request.machineType = fields.stringOrNull();
        case "backupConfiguration" ->
            request.backupConfiguration = fields.object(BackupConfiguration::read);
        case "version" -> request.version = fields.stringOrNull();
        default -> unknown = fields.addTo(unknown);
      }
    }
    FieldReader.requireNone(
        unknown,
        "An update request",
        "id, storageSizeGB, machineType, backupConfiguration, version");
    return request.build();
  }

  /** The API's JSON as plain values, without the components that are null. */
  @JsonValue
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    if (id != null) {
      map.put("id", id);
    }
    if (storageSizeGB != null) {
      map.put("storageSizeGB", storageSizeGB);
    }
    if (machineType != null) {
      map.put("machineType", machineType);
    }
    if (backupConfiguration != null) {
      map.put("backupConfiguration", backupConfiguration.toMap());
    }
    if (version != null) {
      map.put("version", version);
    }
    return map;
  }

  /** Builds an update. Not thread-safe. */
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

    /** The new backup configuration. */
    public Builder backup(BackupConfiguration backup) {
      this.backupConfiguration = Objects.requireNonNull(backup, "backup must not be null");
      return this;
    }

    /** The new version of TypeDB, or {@code latest}. */
    public Builder version(String name) {
      this.version = Objects.requireNonNull(name, "version must not be null");
      return this;
    }

    /** Builds the request, which is validated when it is sent. */
    public UpdateClusterRequest build() {
      return new UpdateClusterRequest(id, storageSizeGB, machineType, backupConfiguration, version);
    }
  }
}
