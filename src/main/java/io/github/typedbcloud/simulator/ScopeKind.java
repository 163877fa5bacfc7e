package io.github.typedbcloud.simulator;

/** The kinds of scopes that clusters belong to, one row each. */
enum ScopeKind {
  PROJECT("project", "organization", "organization", "project"),
  SPACE("space", "team", "teamID", "spaceID");

  private final String noun;
  private final String ownerNoun;
  private final String ownerField;
  private final String nameField;

  ScopeKind(String noun, String ownerNoun, String ownerField, String nameField) {
    this.noun = noun;
    this.ownerNoun = ownerNoun;
    this.ownerField = ownerField;
    this.nameField = nameField;
  }

  /** The word for a scope. */
  String noun() {
    return noun;
  }

  /** The word for the owner of a scope. */
  String ownerNoun() {
    return ownerNoun;
  }

  /** The field of a cluster with its organization or team. */
  String ownerField() {
    return ownerField;
  }

  /** The field of a cluster with its project or space. */
  String nameField() {
    return nameField;
  }
}
