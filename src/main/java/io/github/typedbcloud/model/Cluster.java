package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.typedbcloud.internal.json.FieldReader;
import io.github.typedbcloud.internal.json.Json;
import io.github.typedbcloud.internal.text.CleanText;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as the service described it in one response.
 *
 * <p>A newly deployed cluster has a user {@code admin} with the password {@code password}: change
 * it before you use the cluster.
 *
 * @param id unique in its project or space
 * @param serverCount the number of servers that it has while it runs
 * @param storageSizeGB storage in GB
 * @param isFree whether it is free of charge
 * @param status the status
 * @param createdAt when it was created, in whole milliseconds
 * @param owner the project or space it belongs to
 * @param version the version of TypeDB
 * @param provider the cloud provider
 * @param region the provider's region
 * @param machineType the provider's machine type
 * @param storageType the provider's storage type
 * @param servers the servers; empty while the cluster is suspended
 * @param additionalProperties fields that are unknown to this release, as plain JSON values: an
 *     unmodifiable {@code Map} or {@code List}, {@code String}, {@code Boolean} or null. No number
 *     is rounded: an integer is an {@code Integer}, {@code Long} or {@code BigInteger}, whichever
 *     holds it first; a number with a fraction or an exponent is a {@code Double} where that is
 *     written the same way, such as {@code 2.5}, and otherwise a {@code BigDecimal}, such as {@code
 *     1.10} or {@code 1e400}, so read them as {@code Number}
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

  private static final int MAX_PRINTED = 1_000;

  /** Validates that the components are non-null, and copies the collections. */
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
    additionalProperties = Json.immutableCopy(additionalProperties);
  }

  /** The number of servers whose status is {@code running}. */
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
   * A builder, for tests: everything but the ID starts with the empty value of its type.
   *
   * @param id the cluster's ID
   */
  public static Builder builder(String id) {
    return new Builder(id);
  }

  /** A builder that starts with the values of this cluster. */
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
   * Reads the body of a response of the API, with defaults for absent fields as the package states.
   *
   * @param json a JSON object in UTF-8
   * @throws IOException when the JSON is invalid
   * @throws IllegalArgumentException when it is not an object, there is no ID, or a field has the
   *     wrong type
   */
  public static Cluster fromJson(byte[] json) throws IOException {
    Objects.requireNonNull(json, "json must not be null");
    return Json.readObject(json, Cluster::read);
  }

  /**
   * Reads the body of a response of the API that is an array of clusters.
   *
   * @param json a JSON array in UTF-8
   * @return an unmodifiable list
   * @throws IOException when the JSON is invalid
   * @throws IllegalArgumentException when it is not an array of objects, a cluster has no ID, or a
   *     field has the wrong type
   */
  public static List<Cluster> listFromJson(byte[] json) throws IOException {
    Objects.requireNonNull(json, "json must not be null");
    return Json.readObjects(json, Cluster::read);
  }

  /**
   * Reads the API's JSON from a map, as {@link #fromJson} does.
   *
   * @param map a JSON object as plain values
   * @throws IllegalArgumentException when there is no ID, or a field has the wrong type
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Cluster fromMap(Map<String, ? extends @Nullable Object> map) {
    return read(FieldReader.of(map));
  }

  private static Cluster read(FieldReader fields) {
    String id = "";
    int serverCount = 0;
    int storageSizeGB = 0;
    boolean isFree = false;
    String status = "";
    Instant createdAt = Instant.EPOCH;
    String team = null;
    String space = null;
    String organization = "";
    String project = "";
    String version = "";
    String provider = "";
    String region = "";
    String machineType = "";
    String storageType = "";
    List<Server> servers = List.of();
    Map<String, @Nullable Object> unknown = Map.of();
    for (String name = fields.next(); name != null; name = fields.next()) {
      switch (name) {
        case "id" -> id = fields.string();
        case "serverCount" -> serverCount = fields.integer(0);
        case "storageSizeGB" -> storageSizeGB = fields.integer(0);
        case "isFree" -> isFree = fields.bool();
        case "status" -> status = fields.string();
        case "createdAt" -> createdAt = fields.instant();
        case "teamID" -> team = fields.stringOrNull();
        case "spaceID" -> space = fields.stringOrNull();
        case "organization" -> organization = fields.string();
        case "project" -> project = fields.string();
        case "version" -> version = fields.string();
        case "provider" -> provider = fields.string();
        case "region" -> region = fields.string();
        case "machineType" -> machineType = fields.string();
        case "storageType" -> storageType = fields.string();
        case "servers" -> servers = fields.objects(Server::read);
        default -> unknown = fields.addTo(unknown);
      }
    }
    if (id.isEmpty()) {
      throw new IllegalArgumentException(
          "id: must not be empty; unknown fields: " + FieldReader.names(unknown.keySet()));
    }
    return new Cluster(
        id,
        serverCount,
        storageSizeGB,
        isFree,
        ClusterStatus.of(status),
        createdAt,
        Scope.Space.orProject(team, space, organization, project),
        version,
        Provider.of(provider),
        region,
        machineType,
        storageType,
        servers,
        unknown);
  }

  /** The API's JSON as plain values, including the unknown fields. */
  @JsonValue
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("serverCount", serverCount);
    map.put("storageSizeGB", storageSizeGB);
    map.put("isFree", isFree);
    map.put("status", status.value());
    map.put("createdAt", createdAt.toEpochMilli());
    map.putAll(owner.toMap());
    map.put("version", version);
    map.put("provider", provider.value());
    map.put("region", region);
    map.put("machineType", machineType);
    map.put("storageType", storageType);
    map.put("servers", servers.stream().map(Server::toMap).toList());
    map.putAll(additionalProperties);
    return map;
  }

  /**
   * Human-readable form, in one line of at most 1,000 characters; it may change between releases.
   */
  @Override
  public String toString() {
    return CleanText.of(
        "%s: %s, %s/%s servers running, %s %s %s, %s GB %s, TypeDB %s, %s, created %s, %s%s"
            .formatted(
                CleanText.of(id, CleanText.MAX_VALUE),
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
                additionalProperties.isEmpty() ? "" : ", " + additionalProperties),
        MAX_PRINTED);
  }

  /** Builds a cluster. Not thread-safe. */
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

    /** The number of servers that it has while it runs. */
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

    /** The status. */
    public Builder status(ClusterStatus value) {
      this.status = value;
      return this;
    }

    /** When it was created, in whole milliseconds. */
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

    /** The servers. */
    public Builder servers(List<Server> value) {
      this.servers = value;
      return this;
    }

    /** Fields that are unknown to this release, as plain JSON values. */
    public Builder additionalProperties(Map<String, @Nullable Object> value) {
      this.additionalProperties = value;
      return this;
    }

    /**
     * Builds the cluster.
     *
     * @throws NullPointerException when a component was set to null; the message names it
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
