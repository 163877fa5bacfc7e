package io.github.typedbcloud.simulator;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a rule selects; all conditions must hold.
 *
 * @param operations empty for all except the token exchange
 * @param apiVersion null for any
 * @param scope null for any
 * @param clusterId the cluster ID in the path; empty for any
 * @param newId the ID in the body of deploy, clone and update; empty for any
 */
record RequestFilter(
    Set<Operation> operations,
    @Nullable ApiVersion apiVersion,
    @Nullable CloudScope scope,
    String clusterId,
    String newId) {

  static RequestFilter of(Set<Operation> operations) {
    return new RequestFilter(operations, null, null, "", "");
  }

  RequestFilter with(ApiVersion newApiVersion) {
    return new RequestFilter(operations, newApiVersion, scope, clusterId, newId);
  }

  RequestFilter with(CloudScope newScope) {
    return new RequestFilter(operations, apiVersion, newScope, clusterId, newId);
  }

  RequestFilter withClusterId(String id) {
    return new RequestFilter(operations, apiVersion, scope, notEmpty(id), newId);
  }

  RequestFilter withNewId(String id) {
    return new RequestFilter(operations, apiVersion, scope, clusterId, notEmpty(id));
  }

  static String notEmpty(String id) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("The ID of the cluster is empty.");
    }
    return id;
  }

  /** Whether it selects a request; the call is null for an unknown path. */
  boolean matches(@Nullable Call call, String body) {
    if (call == null) {
      return this.equals(of(Set.of()));
    }
    boolean operationMatches =
        operations.isEmpty()
            ? call.operation() != Operation.EXCHANGE_TOKEN
            : operations.contains(call.operation());
    return operationMatches
        && (apiVersion == null || apiVersion == call.apiVersion())
        && (scope == null || scope.equals(call.scope()))
        && (clusterId.isEmpty() || clusterId.equals(call.clusterId()))
        && (newId.isEmpty() || newId.equals(idIn(body)));
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
        + (newId.isEmpty() ? "" : " with the new ID " + newId);
  }
}
