package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.typedbcloud.internal.json.FieldReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cluster to deploy. A string that was not set is empty, which is reported as a violation when
 * the request is validated or sent.
 *
 * @param id unique in its project or space: lowercase letters and digits in groups, separated by
 *     single underscores or hyphens
 * @param serverCount the number of servers: odd, from 1 to 9; 1 for TypeDB 3.0 and later
 * @param storageSizeGB storage of each server in GB, from 10 to 1000
 * @param provider the cloud provider
 * @param region a region of the provider that offers the machine type
 * @param isFree whether the cluster is free of charge: one per organization or team, with 1 server,
 *     10 GB and a machine type that is available for free
 * @param machineType a machine type of the provider
 * @param storageType a storage type of the provider; if null, the default one of the catalog
 * @param version a version of TypeDB such as {@code 3.0.6}; in a space also {@code latest}
 * @param backupConfiguration backups, in a space only; if null, the default of the service
 */
public record DeployClusterRequest(
    String id,
    int serverCount,
    int storageSizeGB,
    Provider provider,
    String region,
    boolean isFree,
    String machineType,
    @Nullable String storageType,
    String version,
    @Nullable BackupConfiguration backupConfiguration) {

  /** The default number of servers. */
  public static final int DEFAULT_SERVER_COUNT = 1;

  /** The default storage in GB. */
  public static final int DEFAULT_STORAGE_SIZE_GB = 10;

  /** Validates that the required components are non-null. */
  public DeployClusterRequest {
    Objects.requireNonNull(id, "id must not be null");
    Objects.requireNonNull(provider, "provider must not be null");
    Objects.requireNonNull(region, "region must not be null");
    Objects.requireNonNull(machineType, "machineType must not be null");
    Objects.requireNonNull(version, "version must not be null");
  }

  /** Starts with 1 server, 10 GB, not free, the provider's storage type, and nothing else set. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with the values of this request. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.id = id;
    builder.serverCount = serverCount;
    builder.storageSizeGB = storageSizeGB;
    builder.provider = provider;
    builder.region = region;
    builder.free = isFree;
    builder.machineType = machineType;
    builder.storageType = storageType;
    builder.version = version;
    builder.backupConfiguration = backupConfiguration;
    return builder;
  }

  /**
   * Reads the API's JSON from a map. Absent fields have the builder's defaults.
   *
   * @param map a JSON object as plain values
   * @throws IllegalArgumentException when a field is unknown or has the wrong type
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static DeployClusterRequest fromMap(Map<String, ? extends @Nullable Object> map) {
    Builder request = builder();
    Map<String, @Nullable Object> unknown = Map.of();
    FieldReader fields = FieldReader.of(map);
    for (String name = fields.next(); name != null; name = fields.next()) {
      switch (name) {
        case "id" -> request.id = fields.string();
        case "serverCount" -> request.serverCount = fields.integer(DEFAULT_SERVER_COUNT);
        case "storageSizeGB" -> request.storageSizeGB = fields.integer(DEFAULT_STORAGE_SIZE_GB);
        case "provider" -> request.provider = Provider.of(fields.string());
        case "region" -> request.region = fields.string();
        case "isFree" -> request.free = fields.bool();
        case "machineType" -> request.machineType = fields.string();
        case "storageType" -> request.storageType = fields.stringOrNull();
        case "version" -> request.version = fields.string();
        case "backupConfiguration" ->
            request.backupConfiguration = fields.object(BackupConfiguration::read);
        default -> unknown = fields.addTo(unknown);
      }
    }
    FieldReader.requireNone(
        unknown,
        "A deploy request",
        "id, serverCount, storageSizeGB, provider, region, isFree, machineType, storageType,"
            + " version, backupConfiguration");
    return request.build();
  }

  /** The API's JSON as plain values, without the components that are null. */
  @JsonValue
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("serverCount", serverCount);
    map.put("storageSizeGB", storageSizeGB);
    map.put("provider", provider.value());
    map.put("region", region);
    map.put("isFree", isFree);
    map.put("machineType", machineType);
    if (storageType != null) {
      map.put("storageType", storageType);
    }
    map.put("version", version);
    if (backupConfiguration != null) {
      map.put("backupConfiguration", backupConfiguration.toMap());
    }
    return map;
  }

  /** Builds a request. Not thread-safe. */
  public static final class Builder {
    private String id = "";
    private int serverCount = DEFAULT_SERVER_COUNT;
    private int storageSizeGB = DEFAULT_STORAGE_SIZE_GB;
    private Provider provider = Provider.of("");
    private String region = "";
    private boolean free;
    private String machineType = "";
    private @Nullable String storageType;
    private String version = "";
    private @Nullable BackupConfiguration backupConfiguration;

    private Builder() {}

    /** The cluster's ID. */
    public Builder id(String name) {
      this.id = name;
      return this;
    }

    /** The number of servers: odd, from 1 to 9; 1 for TypeDB 3.0 and later. */
    public Builder serverCount(int servers) {
      this.serverCount = servers;
      return this;
    }

    /** Storage of each server in GB, from 10 to 1000. */
    public Builder storageSizeGB(int gigabytes) {
      this.storageSizeGB = gigabytes;
      return this;
    }

    /** The cloud provider. */
    public Builder provider(Provider cloud) {
      this.provider = cloud;
      return this;
    }

    /** A region of the provider, for example {@code europe-west2}. */
    public Builder region(String name) {
      this.region = name;
      return this;
    }

    /** Whether the cluster is free of charge; false by default. */
    public Builder free(boolean isFree) {
      this.free = isFree;
      return this;
    }

    /** A machine type of the provider, for example {@code c2d-highcpu-2}. */
    public Builder machineType(String name) {
      this.machineType = name;
      return this;
    }

    /** A storage type of the provider; by default the first one in the catalog. */
    public Builder storageType(String name) {
      this.storageType = Objects.requireNonNull(name, "storageType must not be null");
      return this;
    }

    /** A version of TypeDB, for example {@code 3.0.6}. */
    public Builder version(String name) {
      this.version = name;
      return this;
    }

    /** Backups, in a space only. */
    public Builder backup(BackupConfiguration backup) {
      this.backupConfiguration = Objects.requireNonNull(backup, "backup must not be null");
      return this;
    }

    /**
     * Builds the request, which is validated when it is sent.
     *
     * @throws NullPointerException when a required component was set to null; the message names it
     */
    public DeployClusterRequest build() {
      return new DeployClusterRequest(
          id,
          serverCount,
          storageSizeGB,
          provider,
          region,
          free,
          machineType,
          storageType,
          version,
          backupConfiguration);
    }
  }
}
