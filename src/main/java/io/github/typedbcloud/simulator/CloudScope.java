package io.github.typedbcloud.simulator;

import java.util.List;

/**
 * A project of an organization or a space of a team.
 *
 * @param owner the organization or team
 * @param name the project or space
 */
record CloudScope(ApiVersion apiVersion, String owner, String name) {

  static CloudScope project(String organization, String project) {
    return checked(new CloudScope(ApiVersion.PROJECTS, organization, project));
  }

  static CloudScope space(String team, String space) {
    return checked(new CloudScope(ApiVersion.SPACES, team, space));
  }

  /** Requires names that can be a segment of a path. */
  private static CloudScope checked(CloudScope scope) {
    for (String part : new String[] {scope.owner, scope.name}) {
      if (part.isBlank() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException(
            "\"%s\" is not a valid name of a %s or %s; use a name such as \"default\"."
                .formatted(part, scope.apiVersion.ownerNoun(), scope.apiVersion.noun()));
      }
    }
    return scope;
  }

  /** The first scope of an API version; fails when there is none. */
  static CloudScope first(List<CloudScope> scopes, ApiVersion apiVersion) {
    return scopes.stream()
        .filter(scope -> scope.apiVersion == apiVersion)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "This simulator has no %s; add one with TypeDBCloudSimulator.Builder.%s."
                        .formatted(apiVersion.noun(), apiVersion.noun())));
  }

  /** Returns this scope if it is one of these; fails otherwise. */
  CloudScope requireIn(List<CloudScope> scopes) {
    if (!scopes.contains(this)) {
      throw new IllegalArgumentException(
          "This simulator has no %s; it has %s.".formatted(this, scopes));
    }
    return this;
  }

  /** Whether both have the same owner, whose clusters share the limit of one free cluster. */
  boolean sameOwner(CloudScope other) {
    return apiVersion == other.apiVersion && owner.equals(other.owner);
  }

  @Override
  public String toString() {
    return apiVersion.noun() + " " + owner + "/" + name;
  }
}
