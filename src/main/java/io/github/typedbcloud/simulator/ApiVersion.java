package io.github.typedbcloud.simulator;

import java.util.Locale;

/** The versions of the API, one row each. */
enum ApiVersion {
  PROJECTS(
      "/api/auth",
      "/api/org/{owner}/projects/{name}",
      "project",
      "organization",
      "organization",
      "project",
      "gp2"),
  SPACES(
      "/api/v1/auth",
      "/api/v1/team/{owner}/spaces/{name}",
      "space",
      "team",
      "teamID",
      "spaceID",
      "gp2-csi");

  private final String text = camelCase(name());
  private final String authPath;
  private final String scopePath;

  private final String noun;
  private final String ownerNoun;
  private final String ownerField;
  private final String nameField;
  private final String awsStorageType;

  ApiVersion(
      String authPath,
      String scopePath,
      String noun,
      String ownerNoun,
      String ownerField,
      String nameField,
      String awsStorageType) {
    this.authPath = authPath;
    this.scopePath = scopePath;
    this.noun = noun;
    this.ownerNoun = ownerNoun;
    this.ownerField = ownerField;
    this.nameField = nameField;
    this.awsStorageType = awsStorageType;
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

  String awsStorageType() {
    return awsStorageType;
  }

  /** The path of the token exchange. */
  String authPath() {
    return authPath;
  }

  /** The path of a scope; the names in braces are read from the request. */
  String scopePath() {
    return scopePath;
  }

  /** The name in what the simulator shows, such as {@code earlySpaces}. */
  String text() {
    return text;
  }

  private static String camelCase(String constant) {
    String lower = constant.toLowerCase(Locale.ROOT);
    int end = lower.indexOf('_');
    return end < 0
        ? lower
        : lower.substring(0, end) + constant.charAt(end + 1) + lower.substring(end + 2);
  }
}
