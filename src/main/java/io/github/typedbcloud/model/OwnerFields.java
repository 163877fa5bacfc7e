package io.github.typedbcloud.model;

import io.github.typedbcloud.internal.json.FieldReader;
import org.jspecify.annotations.Nullable;

/** Collects the owner fields of an object: those of a space, or else those of a project. */
final class OwnerFields {

  private @Nullable String team;
  private @Nullable String space;
  private String organization = "";
  private String project = "";

  void read(String name, FieldReader fields) {
    switch (name) {
      case "teamID" -> team = fields.stringOrNull();
      case "spaceID" -> space = fields.stringOrNull();
      case "organization" -> organization = fields.string();
      case "project" -> project = fields.string();
      default -> fields.value();
    }
  }

  Scope owner() {
    return team == null && space == null
        ? Scope.project(organization, project)
        : Scope.space(team == null ? "" : team, space == null ? "" : space);
  }
}
