package io.github.typedbcloud.simulator;

import org.jspecify.annotations.Nullable;

/**
 * The operations of the API, one row each. In a path, <code>{scope}</code> stands for {@code
 * /api/org/{organization}/projects/{project}}, {@code /api/team/{team}/spaces/{space}} or {@code
 * /api/v1/team/{team}/spaces/{space}}, and <code>{auth}</code> for {@code /api/auth} or {@code
 * /api/v1/auth}.
 */
public enum Operation {
  /** {@code POST /api/auth} and {@code POST /api/v1/auth}. */
  EXCHANGE_TOKEN("POST", "{auth}", null, false),
  /** {@code GET /api/v1/cluster-versions}. */
  LIST_VERSIONS("GET", "/api/v1/cluster-versions", null, true),
  /** {@code POST {scope}/clusters/deploy}. */
  DEPLOY("POST", "{scope}/clusters/deploy", AccessLevel.WRITE, false),
  /** {@code GET {scope}/clusters/{id}}. */
  GET("GET", "{scope}/clusters/{cluster}", AccessLevel.READ, false),
  /** {@code GET {scope}/clusters}. */
  LIST("GET", "{scope}/clusters", AccessLevel.READ, false),
  /** {@code PATCH {scope}/clusters/{id}}, in spaces only. */
  UPDATE("PATCH", "{scope}/clusters/{cluster}", AccessLevel.WRITE, true),
  /** {@code POST {scope}/clusters/{id}/suspend}. */
  SUSPEND("POST", "{scope}/clusters/{cluster}/suspend", AccessLevel.WRITE, false),
  /** {@code POST {scope}/clusters/{id}/resume}. */
  RESUME("POST", "{scope}/clusters/{cluster}/resume", AccessLevel.WRITE, false),
  /** {@code POST {scope}/clusters/{id}/clone}, in spaces only. */
  CLONE("POST", "{scope}/clusters/{cluster}/clone", AccessLevel.WRITE, true),
  /** {@code DELETE {scope}/clusters/{id}}. */
  DESTROY("DELETE", "{scope}/clusters/{cluster}", AccessLevel.ADMIN, false);

  private final String method;
  private final String pathTemplate;
  private final @Nullable AccessLevel level;
  private final boolean newestOnly;

  Operation(String method, String pathTemplate, @Nullable AccessLevel level, boolean newestOnly) {
    this.method = method;
    this.pathTemplate = pathTemplate;
    this.level = level;
    this.newestOnly = newestOnly;
  }

  String method() {
    return method;
  }

  /** The access level that it needs on its scope; null for operations without a scope. */
  @Nullable AccessLevel level() {
    return level;
  }

  /** Whether its path has a scope, and its response clusters of that. */
  boolean hasScope() {
    return level != null;
  }

  /** Whether it shows clusters. */
  boolean isRead() {
    return level == AccessLevel.READ;
  }

  /** Whether it changes clusters. */
  boolean isWrite() {
    return level != null && level != AccessLevel.READ;
  }

  /** Whether its path has the ID of a cluster. */
  boolean hasClusterInPath() {
    return pathTemplate.contains("{cluster}");
  }

  /** Whether its body has the ID of a new or renamed cluster; all operations with a body do. */
  boolean hasIdInBody() {
    return this == DEPLOY || this == CLONE || this == UPDATE;
  }

  boolean isOfferedBy(ApiVersion version) {
    return !newestOnly || version.hasAllOperations();
  }

  /** The path in a version of the API; the names in braces stand for any non-empty segment. */
  String path(ApiVersion version) {
    return pathTemplate
        .replace("{auth}", version.authPath())
        .replace("{scope}", version.scopePath());
  }
}
