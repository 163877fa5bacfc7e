package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as the service described it at one moment; it does not change afterwards.
 *
 * <p>A newly deployed cluster has a user {@code admin} with the password {@code password}: change
 * it before the cluster is used.
 *
 * @param id unique in its project or space
 * @param serverCount how many servers it has when it runs
 * @param storageSizeGB storage in GB
 * @param isFree whether it is free of charge
 * @param status its state
 * @param createdAt when it was made; the API gives it in milliseconds
 * @param owner the project or space it belongs to
 * @param version the version of TypeDB
 * @param provider the cloud provider
 * @param region the provider's region
 * @param machineType the provider's machine type
 * @param storageType the provider's storage type
 * @param servers its servers; empty while it is suspended
 * @param additionalProperties the fields that this release does not know, as plain JSON values
 */
public record Cluster(
    String id,
    int serverCount,
    int storageSizeGB,
    boolean isFree,
    ClusterStatus status,
    Instant createdAt,
    Scope owner,
    String version,
    Provider provider,
    String region,
    String machineType,
    String storageType,
    List<Server> servers,
    Map<String, @Nullable Object> additionalProperties) {

  /** Refuses null and copies the collections. */
  public Cluster {
    Objects.requireNonNull(id, "id must not be null");
    Objects.requireNonNull(status, "status must not be null");
    Objects.requireNonNull(createdAt, "createdAt must not be null");
    Objects.requireNonNull(owner, "owner must not be null");
    Objects.requireNonNull(version, "version must not be null");
    Objects.requireNonNull(provider, "provider must not be null");
    Objects.requireNonNull(region, "region must not be null");
    Objects.requireNonNull(machineType, "machineType must not be null");
    Objects.requireNonNull(storageType, "storageType must not be null");
    servers = List.copyOf(Objects.requireNonNull(servers, "servers must not be null"));
    Objects.requireNonNull(additionalProperties, "additionalProperties must not be null");
    additionalProperties = Fields.frozen(additionalProperties);
  }

  /** How many of its servers are up. */
  public int serversRunning() {
    int running = 0;
    for (Server server : servers) {
      if (server.status().equals(ServerStatus.RUNNING)) {
        running++;
      }
    }
    return running;
  }

  /**
   * A builder for an answer of your own, for tests: everything but the ID starts with the empty
   * value of its type.
   *
   * @param id the cluster's ID
   */
  public static Builder builder(String id) {
    return new Builder(id);
  }

  /** A builder that holds what this cluster holds. */
  public Builder toBuilder() {
    return new Builder(id)
        .serverCount(serverCount)
        .storageSizeGB(storageSizeGB)
        .free(isFree)
        .status(status)
        .createdAt(createdAt)
        .owner(owner)
        .version(version)
        .provider(provider)
        .region(region)
        .machineType(machineType)
        .storageType(storageType)
        .servers(servers)
        .additionalProperties(additionalProperties);
  }

  /**
   * Reads the API's JSON, by the package's rule of absence.
   *
   * @param json a JSON object as a map
   * @throws IllegalArgumentException when there is no ID, or a field has the wrong type
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Cluster fromMap(Map<String, ? extends @Nullable Object> json) {
    Fields fields = new Fields(json);
    String id = fields.text("id");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id: a cluster must have one, found " + json.keySet());
    }
    return new Cluster(
        id,
        fields.integer("serverCount"),
        fields.integer("storageSizeGB"),
        fields.flag("isFree"),
        ClusterStatus.of(fields.text("status")),
        fields.epochMillis("createdAt"),
        fields.owner(),
        fields.text("version"),
        Provider.of(fields.text("provider")),
        fields.text("region"),
        fields.text("machineType"),
        fields.text("storageType"),
        fields.objects("servers", Server::fromMap),
        fields.rest());
  }

  /** The API's JSON, unknown fields included. */
  @JsonValue
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("serverCount", serverCount);
    json.put("storageSizeGB", storageSizeGB);
    json.put("isFree", isFree);
    json.put("status", status.value());
    json.put("createdAt", createdAt.toEpochMilli());
    json.putAll(owner.toMap());
    json.put("version", version);
    json.put("provider", provider.value());
    json.put("region", region);
    json.put("machineType", machineType);
    json.put("storageType", storageType);
    json.put("servers", servers.stream().map(Server::toMap).toList());
    json.putAll(additionalProperties);
    return json;
  }

  /** One line for people; the parts are separated by commas and may change between releases. */
  @Override
  public String toString() {
    return "%s: %s, %s/%s servers running, %s %s %s, %s GB %s, TypeDB %s, %s, created %s, %s%s"
        .formatted(
            id,
            status,
            serversRunning(),
            serverCount,
            provider,
            region,
            machineType,
            storageSizeGB,
            storageType,
            version,
            isFree ? "free" : "paid",
            createdAt,
            owner,
            additionalProperties.isEmpty() ? "" : ", " + additionalProperties);
  }

  /** Collects the parts of a cluster. Not thread-safe. */
  public static final class Builder {
    private final String id;
    private int serverCount;
    private int storageSizeGB;
    private boolean free;
    private ClusterStatus status = ClusterStatus.of("");
    private Instant createdAt = Instant.EPOCH;
    private Scope owner = Scope.project("", "");
    private String version = "";
    private Provider provider = Provider.of("");
    private String region = "";
    private String machineType = "";
    private String storageType = "";
    private List<Server> servers = List.of();
    private Map<String, @Nullable Object> additionalProperties = Map.of();

    private Builder(String id) {
      this.id = id;
    }

    /** How many servers it has when it runs. */
    public Builder serverCount(int value) {
      this.serverCount = value;
      return this;
    }

    /** Storage in GB. */
    public Builder storageSizeGB(int value) {
      this.storageSizeGB = value;
      return this;
    }

    /** Whether it is free of charge. */
    public Builder free(boolean value) {
      this.free = value;
      return this;
    }

    /** Its state. */
    public Builder status(ClusterStatus value) {
      this.status = value;
      return this;
    }

    /** When it was made, in whole milliseconds. */
    public Builder createdAt(Instant value) {
      this.createdAt = value;
      return this;
    }

    /** The project or space it belongs to. */
    public Builder owner(Scope value) {
      this.owner = value;
      return this;
    }

    /** The version of TypeDB. */
    public Builder version(String value) {
      this.version = value;
      return this;
    }

    /** The cloud provider. */
    public Builder provider(Provider value) {
      this.provider = value;
      return this;
    }

    /** The provider's region. */
    public Builder region(String value) {
      this.region = value;
      return this;
    }

    /** The provider's machine type. */
    public Builder machineType(String value) {
      this.machineType = value;
      return this;
    }

    /** The provider's storage type. */
    public Builder storageType(String value) {
      this.storageType = value;
      return this;
    }

    /** Its servers. */
    public Builder servers(List<Server> value) {
      this.servers = value;
      return this;
    }

    /** Fields that this release does not know, as plain JSON values. */
    public Builder additionalProperties(Map<String, @Nullable Object> value) {
      this.additionalProperties = value;
      return this;
    }

    /**
     * The cluster as set so far.
     *
     * @throws NullPointerException naming the part, when a part was set to null
     */
    public Cluster build() {
      return new Cluster(
          id,
          serverCount,
          storageSizeGB,
          free,
          status,
          createdAt,
          owner,
          version,
          provider,
          region,
          machineType,
          storageType,
          servers,
          additionalProperties);
    }
  }
}
