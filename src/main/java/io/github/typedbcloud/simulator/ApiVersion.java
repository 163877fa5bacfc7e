package io.github.typedbcloud.simulator;

import java.util.List;

/** The two generations of the API, and the words in which they differ. */
enum ApiVersion {
  PROJECTS("project", "organization", "organization", "project", "gp2"),
  SPACES("space", "team", "teamID", "spaceID", "gp2-csi");

  private final String noun;
  private final String ownerNoun;
  private final String ownerField;
  private final String nameField;
  private final String awsStorageType;

  ApiVersion(
      String noun, String ownerNoun, String ownerField, String nameField, String awsStorageType) {
    this.noun = noun;
    this.ownerNoun = ownerNoun;
    this.ownerField = ownerField;
    this.nameField = nameField;
    this.awsStorageType = awsStorageType;
  }

  /** What people call a scope of this generation. */
  String noun() {
    return noun;
  }

  /** What people call that to which such a scope belongs. */
  String ownerNoun() {
    return ownerNoun;
  }

  /** The field of a cluster that names the organization or team. */
  String ownerField() {
    return ownerField;
  }

  /** The field of a cluster that names the project or space. */
  String nameField() {
    return nameField;
  }

  String awsStorageType() {
    return awsStorageType;
  }

  /** The segments of the path of the token exchange. */
  List<String> authPath() {
    return this == PROJECTS ? List.of("api", "auth") : List.of("api", "v1", "auth");
  }

  /** The segments before {@code clusters}; those in braces are read from the request. */
  List<String> scopePrefix() {
    return this == PROJECTS
        ? List.of("api", "org", Route.OWNER, "projects", Route.NAME)
        : List.of("api", "v1", "team", Route.OWNER, "spaces", Route.NAME);
  }
}
