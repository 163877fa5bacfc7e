package io.github.typedbcloud.simulator;

import java.util.EnumSet;
import java.util.Set;

/**
 * The versions of the API, one row each, oldest first. The two versions for spaces serve the same
 * spaces, and every access token is valid for all versions.
 */
enum ApiVersion {
  /** Early 2025. */
  PROJECTS(
      ScopeKind.PROJECT, "/api/auth", "/api/org/{owner}/projects/{name}", "gp2", Set.of()),
  /** Mid-2025. */
  EARLY_SPACES(
      ScopeKind.SPACE,
      "/api/auth",
      "/api/team/{owner}/spaces/{name}",
      "gp2",
      EnumSet.of(Feature.BACKUPS)),
  /** Today's reference. */
  SPACES(
      ScopeKind.SPACE,
      "/api/v1/auth",
      "/api/v1/team/{owner}/spaces/{name}",
      "gp2-csi",
      EnumSet.allOf(Feature.class));

  /** What not every version offers. */
  enum Feature {
    /** The field {@code backupConfiguration} in requests. */
    BACKUPS,
    /** The version {@code latest} in requests. */
    LATEST,
    /** Update, clone and list versions. */
    UPDATE_CLONE_VERSIONS
  }

  private final ScopeKind scopeKind;
  private final String authPath;
  private final String scopePath;
  private final String awsStorageType;
  private final Set<Feature> features;

  ApiVersion(
      ScopeKind scopeKind,
      String authPath,
      String scopePath,
      String awsStorageType,
      Set<Feature> features) {
    this.scopeKind = scopeKind;
    this.authPath = authPath;
    this.scopePath = scopePath;
    this.awsStorageType = awsStorageType;
    this.features = Set.copyOf(features);
  }

  /** The newest version for a kind of scope. */
  static ApiVersion newest(ScopeKind kind) {
    return kind == ScopeKind.PROJECT ? PROJECTS : SPACES;
  }

  ScopeKind scopeKind() {
    return scopeKind;
  }

  boolean offers(Feature feature) {
    return features.contains(feature);
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
