package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cluster to deploy. A text that was not set is empty, which the rules report as missing when the
 * request is validated or sent.
 *
 * @param id unique in its project or space: lowercase letters and digits in groups, separated by
 *     single underscores or hyphens
 * @param serverCount how many servers: odd, from 1 to 9; 1 for TypeDB 3.0 and later
 * @param storageSizeGB storage of each server in GB, from 10 to 1000
 * @param provider the cloud provider
 * @param region a region of the provider that offers the machine type
 * @param isFree whether the cluster is free of charge: one per organization or team, with 1 server,
 *     10 GB and a machine type that is available for free
 * @param machineType a machine type of the provider
 * @param storageType a storage type of the provider; null takes the one that the catalog names
 * @param version a version of TypeDB such as {@code 3.0.6}; in a space also {@code latest}
 * @param backupConfiguration backups, in a space only; null leaves them to the service
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

  /** Servers, where none are asked for. */
  public static final int DEFAULT_SERVER_COUNT = 1;

  /** Storage in GB, where none is asked for. */
  public static final int DEFAULT_STORAGE_SIZE_GB = 10;

  /** Refuses null alone. */
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

  /** A builder that holds what this request holds. */
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
   * Reads the API's JSON. Absent fields take the builder's defaults.
   *
   * @param json a JSON object as a map
   * @throws IllegalArgumentException when a field is unknown or has the wrong type
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static DeployClusterRequest fromMap(Map<String, ? extends @Nullable Object> json) {
    Fields fields = new Fields(json);
    Integer serverCount = fields.integerOrNull("serverCount");
    Integer storageSizeGB = fields.integerOrNull("storageSizeGB");
    DeployClusterRequest request =
        new DeployClusterRequest(
            fields.text("id"),
            serverCount == null ? DEFAULT_SERVER_COUNT : serverCount,
            storageSizeGB == null ? DEFAULT_STORAGE_SIZE_GB : storageSizeGB,
            Provider.of(fields.text("provider")),
            fields.text("region"),
            fields.flag("isFree"),
            fields.text("machineType"),
            fields.textOrNull("storageType"),
            fields.text("version"),
            fields.object("backupConfiguration", BackupConfiguration::fromMap));
    fields.requireNoneLeft(
        "A deploy request",
        "id, serverCount, storageSizeGB, provider, region, isFree, machineType, storageType,"
            + " version, backupConfiguration");
    return request;
  }

  /** The API's JSON, without the parts that are null. */
  @JsonValue
  public Map<String, Object> toMap() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("serverCount", serverCount);
    json.put("storageSizeGB", storageSizeGB);
    json.put("provider", provider.value());
    json.put("region", region);
    json.put("isFree", isFree);
    json.put("machineType", machineType);
    if (storageType != null) {
      json.put("storageType", storageType);
    }
    json.put("version", version);
    if (backupConfiguration != null) {
      json.put("backupConfiguration", backupConfiguration.toMap());
    }
    return json;
  }

  /** Collects the parts of a request. Not thread-safe. */
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

    /** How many servers: odd, from 1 to 9; 1 for TypeDB 3.0 and later. */
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

    /** A storage type of the provider; by default the one that the catalog names. */
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
     * The request as set so far; its rules run when it is sent or validated.
     *
     * @throws NullPointerException naming the part, when a part was set to null
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
