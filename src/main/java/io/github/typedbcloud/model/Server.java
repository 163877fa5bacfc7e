package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.typedbcloud.internal.json.FieldReader;
import io.github.typedbcloud.internal.json.Json;
import io.github.typedbcloud.internal.text.CleanText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One server of a cluster.
 *
 * @param address host and port, for example {@code abc123-0.cluster.typedb.com:80}
 * @param status the status
 * @param additionalProperties fields that are unknown to this release, as plain JSON values; see
 *     {@link Cluster} for their types
 */
public record Server(
    String address, ServerStatus status, Map<String, @Nullable Object> additionalProperties) {

  /** Validates that the components are non-null, and copies the map. */
  public Server {
    Objects.requireNonNull(address, "address must not be null");
    Objects.requireNonNull(status, "status must not be null");
    Objects.requireNonNull(additionalProperties, "additionalProperties must not be null");
    additionalProperties = Json.immutableCopy(additionalProperties);
  }

  /**
   * A server without unknown fields.
   *
   * @param address host and port
   * @param status the status
   */
  public Server(String address, ServerStatus status) {
    this(address, status, Map.of());
  }

  /**
   * Reads the API's JSON from a map, with defaults for absent fields as the package states.
   *
   * @param map a JSON object as plain values
   * @throws IllegalArgumentException when a field has the wrong type
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Server fromMap(Map<String, ? extends @Nullable Object> map) {
    return read(FieldReader.of(map));
  }

  static Server read(FieldReader fields) {
    String address = "";
    String status = "";
    Map<String, @Nullable Object> unknown = Map.of();
    for (String name = fields.next(); name != null; name = fields.next()) {
      switch (name) {
        case "address" -> address = fields.string();
        case "status" -> status = fields.string();
        default -> unknown = fields.addTo(unknown);
      }
    }
    return new Server(address, ServerStatus.of(status), unknown);
  }

  /** The API's JSON as plain values, including the unknown fields. */
  @JsonValue
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("address", address);
    map.put("status", status.value());
    map.putAll(additionalProperties);
    return map;
  }

  /** Human-readable form: {@code abc123-0.cluster.typedb.com:80 (running)}. */
  @Override
  public String toString() {
    return CleanText.of(address, CleanText.MAX_VALUE) + " (" + status + ")";
  }
}
