package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.error.FailedCall;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.validation.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the calls of one scope. Immutable and thread-safe. */
public final class ClusterCalls {

  private final Scope scope;
  private final ApiVersion version;
  private final String scopePath;

  /**
   * The calls of one scope.
   *
   * @throws InvalidRequestException when a part of the scope cannot be a path segment
   */
  public ClusterCalls(Scope scope) {
    this.scope = scope;
    this.version = ApiVersion.of(scope);
    this.scopePath = ApiVersion.path(scope);
  }

  /** Deploys a cluster. */
  public ApiCall<Cluster> deploy(String id, Map<String, Object> body) {
    String path = Operation.DEPLOY.path(scopePath);
    return new ApiCall<>(Operation.DEPLOY, path, scope, id, body, Decoders.cluster(id));
  }

  /** Reads a cluster. */
  public ApiCall<Cluster> get(String id) {
    return onCluster(Operation.GET, id, null);
  }

  /** Reads the clusters of the scope. */
  public ApiCall<List<Cluster>> list() {
    String path = Operation.LIST.path(scopePath);
    return new ApiCall<>(Operation.LIST, path, scope, null, null, Decoders.CLUSTERS);
  }

  /**
   * Reads the versions of TypeDB that can be deployed.
   *
   * @throws InvalidRequestException in a project scope
   */
  public ApiCall<List<String>> versions() {
    requireOffered(Operation.VERSIONS, "versions");
    String path = Operation.VERSIONS.path("");
    return new ApiCall<>(Operation.VERSIONS, path, scope, null, null, Decoders.VERSIONS);
  }

  /**
   * An operation on one cluster that responds with a cluster.
   *
   * @param body the JSON body; null for none
   * @throws InvalidRequestException when the ID cannot be a path segment, or the scope's version of
   *     the API does not offer the operation
   */
  public ApiCall<Cluster> onCluster(
      Operation operation, String id, @Nullable Map<String, Object> body) {
    if (!isOffered(operation)) {
      requireOffered(operation, operation.title() + " of " + describe(id));
    }
    List<Violation> violations = PathSegment.violations("id", id);
    if (!violations.isEmpty()) {
      throw new InvalidRequestException(operation.title() + " of a cluster", violations);
    }
    String path = operation.path(scopePath, PathSegment.encode(id));
    String resultId = ApiCall.resultId(body, id);
    return new ApiCall<>(operation, path, scope, id, body, Decoders.cluster(resultId));
  }

  /** Whether an ID can be in a path; an ID of any other form can only be found in the list. */
  public boolean canBeInPath(String id) {
    return PathSegment.violations("id", id).isEmpty();
  }

  /** A cluster, for messages. */
  public String describe(String id) {
    return "cluster '" + id + "' in " + scope;
  }

  /**
   * A call that was not built, as exceptions describe it.
   *
   * @param id the cluster; null for none
   */
  public FailedCall describe(Operation operation, @Nullable String id) {
    String base = operation == Operation.VERSIONS ? "" : scopePath;
    String path =
        id == null || operation == Operation.DEPLOY || !canBeInPath(id)
            ? operation.path(base)
            : operation.path(base, PathSegment.encode(id));
    return new ApiCall<>(operation, path, scope, id, null, Decoders.CLUSTERS).describe();
  }

  /** Whether this scope's version of the API offers an operation. */
  public boolean isOffered(Operation operation) {
    return operation.isOfferedBy(version);
  }

  private void requireOffered(Operation operation, String what) {
    if (!isOffered(operation)) {
      throw new InvalidRequestException(
          what,
          List.of(
              new Violation(
                  "scope",
                  scope.toString(),
                  "has no operation "
                      + operation.title()
                      + ": the API of projects does not offer it; use Scope.space(team, space)",
                  List.of(),
                  null)));
    }
  }
}
