package io.github.typedbcloud.simulator;

/**
 * The versions of the API, one row each, oldest first. The two versions for spaces serve the same
 * spaces, and every access token is valid for all versions.
 */
enum ApiVersion {
  /** Early 2025. */
  PROJECTS(ScopeKind.PROJECT, "/api/auth", "/api/org/{owner}/projects/{name}", "gp2", false, false),
  /** Mid-2025. */
  EARLY_SPACES(ScopeKind.SPACE, "/api/auth", "/api/team/{owner}/spaces/{name}", "gp2", true, false),
  /** Today's reference. */
  SPACES(
      ScopeKind.SPACE, "/api/v1/auth", "/api/v1/team/{owner}/spaces/{name}", "gp2-csi", true, true);

  private final ScopeKind scopeKind;
  private final String authPath;
  private final String scopePath;
  private final String awsStorageType;
  private final boolean backups;
  private final boolean newest;

  ApiVersion(
      ScopeKind scopeKind,
      String authPath,
      String scopePath,
      String awsStorageType,
      boolean backups,
      boolean newest) {
    this.scopeKind = scopeKind;
    this.authPath = authPath;
    this.scopePath = scopePath;
    this.awsStorageType = awsStorageType;
    this.backups = backups;
    this.newest = newest;
  }

  /** The newest version for a kind of scope. */
  static ApiVersion newest(ScopeKind kind) {
    return kind == ScopeKind.PROJECT ? PROJECTS : SPACES;
  }

  ScopeKind scopeKind() {
    return scopeKind;
  }

  /** Whether requests may have a {@code backupConfiguration}. */
  boolean offersBackups() {
    return backups;
  }

  /** Whether it offers update, clone and list versions, and the version {@code latest}. */
  boolean isNewest() {
    return newest;
  }

  /** The storage type that requests for AWS must have. */
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
}
