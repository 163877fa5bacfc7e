package io.github.typedbcloud.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One server of a cluster.
 *
 * @param address host and port, for example {@code abc123-0.cluster.typedb.com:80}
 * @param status its state
 * @param additionalProperties the fields that this release does not know, as plain JSON values
 */
public record Server(
    String address, ServerStatus status, Map<String, @Nullable Object> additionalProperties) {

  /** Refuses null and copies the map. */
  public Server {
    Objects.requireNonNull(address, "address must not be null");
    Objects.requireNonNull(status, "status must not be null");
    Objects.requireNonNull(additionalProperties, "additionalProperties must not be null");
    additionalProperties = Fields.frozen(additionalProperties);
  }

  /**
   * A server without unknown fields.
   *
   * @param address host and port
   * @param status its state
   */
  public Server(String address, ServerStatus status) {
    this(address, status, Map.of());
  }

  /**
   * Reads the API's JSON, by the package's rule of absence.
   *
   * @param json a JSON object as a map
   * @throws IllegalArgumentException when a field has the wrong type
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Server fromMap(Map<String, ? extends @Nullable Object> json) {
    Fields fields = new Fields(json);
    return new Server(
        fields.text("address"), ServerStatus.of(fields.text("status")), fields.rest());
  }

  /** The API's JSON, unknown fields included. */
  @JsonValue
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("address", address);
    json.put("status", status.value());
    json.putAll(additionalProperties);
    return json;
  }

  /** For people: {@code abc123-0.cluster.typedb.com:80 (running)}. */
  @Override
  public String toString() {
    return address + " (" + status + ")";
  }
}
