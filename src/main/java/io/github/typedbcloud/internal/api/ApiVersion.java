package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.validation.Violation;
import java.util.List;
import java.util.stream.Stream;

/** The versions of the API, with the paths that differ. A scope belongs to exactly one. */
public enum ApiVersion {
  PROJECTS("/api/auth", "/api/org/", "organization", "/projects/", "project"),
  SPACES("/api/v1/auth", "/api/v1/team/", "team", "/spaces/", "space");

  private final String authPath;
  private final String ownerPrefix;
  private final String ownerField;
  private final String groupPrefix;
  private final String groupField;

  ApiVersion(
      String authPath,
      String ownerPrefix,
      String ownerField,
      String groupPrefix,
      String groupField) {
    this.authPath = authPath;
    this.ownerPrefix = ownerPrefix;
    this.ownerField = ownerField;
    this.groupPrefix = groupPrefix;
    this.groupField = groupField;
  }

  /** The version of the API that serves a scope. */
  public static ApiVersion of(Scope scope) {
    return scope instanceof Scope.Project ? PROJECTS : SPACES;
  }

  /** The call that exchanges the client's credentials for an access token. */
  public <T> ApiCall<T> tokenExchange(Decoder<T> decoder) {
    return new ApiCall<>(Operation.EXCHANGE_TOKEN, authPath, null, null, null, decoder);
  }

  /**
   * The path below which the operations of a scope are.
   *
   * @throws InvalidRequestException when a part of the scope cannot be a path segment
   */
  static String path(Scope scope) {
    return scope instanceof Scope.Project project
        ? PROJECTS.path(project.organization(), project.project())
        : SPACES.path(((Scope.Space) scope).team(), ((Scope.Space) scope).space());
  }

  /** The path below which the operations of a scope are, with names in place of the scope. */
  String scopeTemplate() {
    return ownerPrefix + "{" + ownerField + "}" + groupPrefix + "{" + groupField + "}";
  }

  private String path(String owner, String group) {
    List<Violation> violations =
        Stream.of(
                PathSegment.violations(ownerField, owner),
                PathSegment.violations(groupField, group))
            .flatMap(List::stream)
            .toList();
    if (!violations.isEmpty()) {
      throw new InvalidRequestException("the scope", violations);
    }
    return ownerPrefix + PathSegment.encode(owner) + groupPrefix + PathSegment.encode(group);
  }
}
