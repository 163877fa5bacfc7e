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

  /** Refuses what could not be one segment of a path. */
  private static CloudScope checked(CloudScope scope) {
    for (String part : new String[] {scope.owner, scope.name}) {
      if (part.isBlank() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException(
            "\"%s\" cannot name a %s or %s; give a name like \"default\"."
                .formatted(part, scope.apiVersion.ownerNoun(), scope.apiVersion.noun()));
      }
    }
    return scope;
  }

  /** The first of this apiVersion; fails when there is none. */
  static CloudScope first(List<CloudScope> scopes, ApiVersion apiVersion) {
    return scopes.stream()
        .filter(scope -> scope.apiVersion == apiVersion)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "This simulator has no %s; name one with TypeDBCloudSimulator.Builder.%s."
                        .formatted(apiVersion.noun(), apiVersion.noun())));
  }

  /** This, when it is one of those that there are. */
  CloudScope requireIn(List<CloudScope> scopes) {
    if (!scopes.contains(this)) {
      throw new IllegalArgumentException(
          "This simulator has no %s; it has %s.".formatted(this, scopes));
    }
    return this;
  }

  /** Clusters of one owner share the limit of one free cluster, in whatever scopes they are. */
  boolean sameOwner(CloudScope other) {
    return apiVersion == other.apiVersion && owner.equals(other.owner);
  }

  @Override
  public String toString() {
    return apiVersion.noun() + " " + owner + "/" + name;
  }
}
