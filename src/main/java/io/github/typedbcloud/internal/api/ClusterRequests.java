package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.validation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the calls of one scope: which path, about which cluster, with which body. */
public final class ClusterRequests {

  private final Scope scope;
  private final ApiVersion generation;
  private final String clustersPath;
  private final String clusterPrefix;

  /**
   * The calls of one scope.
   *
   * @throws InvalidRequestException when a part of the scope cannot be a path parameter
   */
  public ClusterRequests(Scope scope) {
    this.scope = scope;
    this.generation = ApiVersion.of(scope);
    this.clustersPath = clustersPath(scope);
    this.clusterPrefix = clustersPath + "/";
  }

  public ApiRequest deploy(String id, Map<String, Object> body) {
    return new ApiRequest(Operation.DEPLOY, clustersPath.concat("/deploy"), scope, id, body);
  }

  public ApiRequest get(String id) {
    return onCluster(Operation.GET, id, "", null);
  }

  public ApiRequest list() {
    return new ApiRequest(Operation.LIST, clustersPath, scope, null, null);
  }

  public ApiRequest update(String id, Map<String, Object> body) {
    return onCluster(Operation.UPDATE, id, "", body);
  }

  public ApiRequest suspend(String id) {
    return onCluster(Operation.SUSPEND, id, "/suspend", null);
  }

  public ApiRequest resume(String id) {
    return onCluster(Operation.RESUME, id, "/resume", null);
  }

  public ApiRequest clone(String id, String newId) {
    return onCluster(Operation.CLONE, id, "/clone", Map.of("id", newId));
  }

  public ApiRequest destroy(String id) {
    return onCluster(Operation.DESTROY, id, "", null);
  }

  public ApiRequest versions() {
    requireSupported(Operation.VERSIONS, "versions");
    return new ApiRequest(Operation.VERSIONS, "/api/v1/cluster-versions", scope, null, null);
  }

  /** Whether a call can name this ID; the list of the scope has any. */
  public boolean canAskFor(String id) {
    return PathSegment.violation("id", id) == null;
  }

  /** Names a cluster to people. */
  public String cluster(String id) {
    return "cluster '" + id + "' in " + scope;
  }

  /** Whether this scope's generation has an operation. */
  public boolean supports(Operation operation) {
    return generation.has(operation);
  }

  /**
   * Refuses an operation that this scope's generation does not have.
   *
   * @throws InvalidRequestException naming {@code Scope.space}
   */
  public void requireSupported(Operation operation, String what) {
    if (!supports(operation)) {
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

  private ApiRequest onCluster(
      Operation operation, String id, String suffix, @Nullable Map<String, Object> body) {
    if (!supports(operation)) {
      requireSupported(operation, operation.title() + " of " + cluster(id));
    }
    Violation violation = PathSegment.violation("id", id);
    if (violation != null) {
      throw new InvalidRequestException(operation.title() + " of a cluster", List.of(violation));
    }
    String path = clusterPrefix.concat(PathSegment.encode(id)).concat(suffix);
    return new ApiRequest(operation, path, scope, id, body);
  }

  private static String clustersPath(Scope scope) {
    if (scope instanceof Scope.Project project) {
      return path(
          "/api/org/",
          "organization",
          project.organization(),
          "/projects/",
          "project",
          project.project());
    }
    Scope.Space space = (Scope.Space) scope;
    return path("/api/v1/team/", "team", space.team(), "/spaces/", "space", space.space());
  }

  private static String path(
      String prefix,
      String outerField,
      String outer,
      String infix,
      String innerField,
      String inner) {
    List<Violation> violations = new ArrayList<>();
    Violation ofOuter = PathSegment.violation(outerField, outer);
    Violation ofInner = PathSegment.violation(innerField, inner);
    if (ofOuter != null) {
      violations.add(ofOuter);
    }
    if (ofInner != null) {
      violations.add(ofInner);
    }
    if (!violations.isEmpty()) {
      throw new InvalidRequestException("the scope", violations);
    }
    return prefix + PathSegment.encode(outer) + infix + PathSegment.encode(inner) + "/clusters";
  }
}
