package io.github.typedbcloud.simulator;

import io.github.typedbcloud.internal.httpserver.HttpRequest;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  private static final Set<Operation> ALL = Set.of(Operation.values());

  static RequestFilter of(Set<Operation> operations) {
    return new RequestFilter(operations, null, null, "", "", Map.of());
  }

  /**
   * Selects only the requests of this API version.
   *
   * @throws ImpossibleFaultException when this filter selects none of them
   */
  RequestFilter with(ApiVersion newApiVersion) {
    return narrowed(
        new RequestFilter(ALL, newApiVersion, null, "", "", Map.of()),
        JsonNames.of(newApiVersion) + "()",
        "");
  }

  /**
   * Selects only the requests for this scope.
   *
   * @throws ImpossibleFaultException when this filter selects none of them
   */
  RequestFilter with(CloudScope newScope) {
    return narrowed(
        new RequestFilter(ALL, null, newScope, "", "", Map.of()),
        "%s(\"%s\", \"%s\")".formatted(newScope.kind().noun(), newScope.owner(), newScope.name()),
        "");
  }

  /**
   * Selects only the requests with this ID in the path.
   *
   * @throws ImpossibleFaultException when this filter selects none of them
   */
  RequestFilter withClusterId(String id) {
    return narrowed(
        new RequestFilter(ALL, null, null, notEmpty(id), "", Map.of()),
        "cluster(\"" + id + "\")",
        " The ID in the body of a request is selected by newId.");
  }

  /**
   * Selects only the requests with this ID in the body.
   *
   * @throws ImpossibleFaultException when this filter selects none of them
   */
  RequestFilter withNewId(String id) {
    return narrowed(
        new RequestFilter(ALL, null, null, "", notEmpty(id), Map.of()),
        "newId(\"" + id + "\")",
        " The ID in the path of a request is selected by cluster.");
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

  /**
   * Adds a condition, under which there must still be requests to select.
   *
   * @param condition replaces one of the same kind
   * @param selector the condition as users write it
   * @param hint what to do, at the end of the message
   */
  private RequestFilter narrowed(RequestFilter condition, String selector, String hint) {
    RequestFilter narrowed =
        new RequestFilter(
            operations,
            condition.apiVersion == null ? apiVersion : condition.apiVersion,
            condition.scope == null ? scope : condition.scope,
            condition.clusterId.isEmpty() ? clusterId : condition.clusterId,
            condition.newId.isEmpty() ? newId : condition.newId,
            headers);
    if (narrowed.possibleOperations().isEmpty()) {
      throw new ImpossibleFaultException(
          """
          The selector %s selects no request of %s. It selects only requests of %s, \
          in the API versions %s: select some of these, or omit it.%s"""
              .formatted(
                  selector,
                  this,
                  condition.possibleOperations(),
                  condition.possibleVersions(),
                  hint));
    }
    return narrowed;
  }

  /** The operations of which it can select a request to a known path. */
  Set<Operation> possibleOperations() {
    Set<Operation> possible = EnumSet.noneOf(Operation.class);
    for (Operation operation : Operation.values()) {
      if (Stream.of(ApiVersion.values()).anyMatch(version -> canMatch(operation, version))) {
        possible.add(operation);
      }
    }
    return possible;
  }

  private List<String> possibleVersions() {
    return Stream.of(ApiVersion.values())
        .filter(
            version ->
                Stream.of(Operation.values()).anyMatch(operation -> canMatch(operation, version)))
        .map(JsonNames::of)
        .toList();
  }

  private boolean canMatch(Operation operation, ApiVersion version) {
    return includes(operation)
        && operation.isOfferedBy(version)
        && (apiVersion == null || apiVersion == version)
        && (scope == null || (operation.hasScope() && scope.kind() == version.scopeKind()))
        && (clusterId.isEmpty() || operation.hasClusterInPath())
        && (newId.isEmpty() || operation.hasIdInBody());
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
    return includes(call.operation())
        && (apiVersion == null || isOf(apiVersion, call))
        && (scope == null || scope.equals(call.scope()))
        && (clusterId.isEmpty() || clusterId.equals(call.clusterId()));
  }

  private boolean includes(Operation operation) {
    return operations.isEmpty()
        ? operation != Operation.EXCHANGE_TOKEN
        : operations.contains(operation);
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
