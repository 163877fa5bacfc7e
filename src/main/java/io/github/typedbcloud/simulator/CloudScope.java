package io.github.typedbcloud.simulator;

import java.util.List;

/**
 * A project of an organization or a space of a team.
 *
 * @param owner the organization or team
 * @param name the project or space
 */
record CloudScope(ScopeKind kind, String owner, String name) {

  static CloudScope project(String organization, String project) {
    return of(ScopeKind.PROJECT, organization, project);
  }

  static CloudScope space(String team, String space) {
    return of(ScopeKind.SPACE, team, space);
  }

  /**
   * A scope with names that can be a segment of a path.
   *
   * @throws IllegalArgumentException for other names
   */
  static CloudScope of(ScopeKind kind, String owner, String name) {
    CloudScope scope = new CloudScope(kind, owner, name);
    for (String part : new String[] {scope.owner, scope.name}) {
      if (part.isBlank() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException(
            "\"%s\" is not a valid name of a %s or %s; use a name such as \"default\"."
                .formatted(part, scope.kind.ownerNoun(), scope.kind.noun()));
      }
    }
    return scope;
  }

  /** The first scope of a kind; fails when there is none. */
  static CloudScope first(List<CloudScope> scopes, ScopeKind kind) {
    return scopes.stream()
        .filter(scope -> scope.kind == kind)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "This simulator has no %s; add one with TypeDBCloudSimulator.Builder.%s."
                        .formatted(kind.noun(), kind.noun())));
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
    return kind == other.kind && owner.equals(other.owner);
  }

  @Override
  public String toString() {
    return kind.noun() + " " + owner + "/" + name;
  }
}
