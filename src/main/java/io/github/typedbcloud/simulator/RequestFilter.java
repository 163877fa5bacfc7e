package io.github.typedbcloud.simulator;

import io.github.typedbcloud.internal.httpserver.HttpRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a rule selects; all conditions must hold.
 *
 * @param operations empty for all except the token exchange
 * @param apiVersion null for any
 * @param scope null for any
 * @param clusterId the cluster ID in the path; empty for any
 * @param newId the ID in the body of deploy, clone and update; empty for any
 * @param headers the values of headers, by their names in lower case
 */
record RequestFilter(
    Set<Operation> operations,
    @Nullable ApiVersion apiVersion,
    @Nullable CloudScope scope,
    String clusterId,
    String newId,
    Map<String, String> headers) {

  static RequestFilter of(Set<Operation> operations) {
    return new RequestFilter(operations, null, null, "", "", Map.of());
  }

  RequestFilter with(ApiVersion newApiVersion) {
    return new RequestFilter(operations, newApiVersion, scope, clusterId, newId, headers);
  }

  RequestFilter with(CloudScope newScope) {
    return new RequestFilter(operations, apiVersion, newScope, clusterId, newId, headers);
  }

  RequestFilter withClusterId(String id) {
    return new RequestFilter(operations, apiVersion, scope, notEmpty(id), newId, headers);
  }

  RequestFilter withNewId(String id) {
    return new RequestFilter(operations, apiVersion, scope, clusterId, notEmpty(id), headers);
  }

  RequestFilter withHeader(String name, String value) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("The name of the header is empty.");
    }
    Map<String, String> all = new TreeMap<>(headers);
    all.put(name.toLowerCase(Locale.ROOT), value);
    return new RequestFilter(
        operations, apiVersion, scope, clusterId, newId, Collections.unmodifiableMap(all));
  }

  static String notEmpty(String id) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("The ID of the cluster is empty.");
    }
    return id;
  }

  /** Whether it selects any request of these operations; true when it selects unknown paths. */
  boolean canMatch(Predicate<Operation> possible) {
    return Stream.of(Operation.values())
        .filter(possible)
        .filter(
            operation ->
                operations.isEmpty()
                    ? operation != Operation.EXCHANGE_TOKEN
                    : operations.contains(operation))
        .filter(operation -> clusterId.isEmpty() || operation.hasClusterInPath())
        .filter(operation -> newId.isEmpty() || operation.hasIdInBody())
        .filter(operation -> scope == null || operation.level() != null)
        .anyMatch(
            operation -> Stream.of(ApiVersion.values()).anyMatch(v -> canMatch(operation, v)));
  }

  private boolean canMatch(Operation operation, ApiVersion version) {
    return operation.isOfferedBy(version)
        && (apiVersion == null || apiVersion == version)
        && (scope == null || scope.kind() == version.scopeKind());
  }

  /** Whether it selects a request; the call is null for an unknown path. */
  boolean matches(HttpRequest request, @Nullable Call call) {
    boolean callMatches =
        call == null ? isForUnknownPaths() : matches(call) && hasNewId(request.body());
    return callMatches && hasHeaders(request);
  }

  private boolean isForUnknownPaths() {
    return operations.isEmpty()
        && apiVersion == null
        && scope == null
        && clusterId.isEmpty()
        && newId.isEmpty();
  }

  private boolean matches(Call call) {
    boolean operationMatches =
        operations.isEmpty()
            ? call.operation() != Operation.EXCHANGE_TOKEN
            : operations.contains(call.operation());
    return operationMatches
        && (apiVersion == null || isOf(apiVersion, call))
        && (scope == null || scope.equals(call.scope()))
        && (clusterId.isEmpty() || clusterId.equals(call.clusterId()));
  }

  private boolean hasNewId(String body) {
    return newId.isEmpty() || newId.equals(idIn(body));
  }

  private boolean hasHeaders(HttpRequest request) {
    return headers.entrySet().stream()
        .allMatch(
            header ->
                request
                    .headers()
                    .getOrDefault(header.getKey(), List.of())
                    .contains(header.getValue()));
  }

  /** Whether a call is of an API version; two of them have the same token exchange. */
  private static boolean isOf(ApiVersion version, Call call) {
    return call.operation() == Operation.EXCHANGE_TOKEN
        ? version.authPath().equals(call.apiVersion().authPath())
        : version == call.apiVersion();
  }

  /** The ID in a request body; empty for none. */
  private static String idIn(String body) {
    try {
      return SimulatorJson.readObject(body).path(FieldRules.ID).asText("");
    } catch (ApiError e) {
      // The service rejects it later.
      return "";
    }
  }

  @Override
  public String toString() {
    return (operations.isEmpty() ? "all except EXCHANGE_TOKEN" : operations.toString())
        + (apiVersion == null ? "" : " of the API version " + JsonNames.of(apiVersion))
        + (scope == null ? "" : " of the " + scope)
        + (clusterId.isEmpty() ? "" : " of the cluster " + clusterId)
        + (newId.isEmpty() ? "" : " with the new ID " + newId)
        + headers.entrySet().stream()
            .map(header -> " with the header " + shown(header))
            .collect(Collectors.joining());
  }

  private static String shown(Map.Entry<String, String> header) {
    String name = header.getKey();
    return name + ": " + (Secrets.isSecretHeader(name) ? Secrets.MASK : header.getValue());
  }
}
