package io.github.typedbcloud.internal.api;

import org.jspecify.annotations.Nullable;

/**
 * The operations of the API, one row each, as the API reference documents them. A new operation
 * starts here.
 *
 * <p>Path templates are relative to the scope and name the cluster as <code>{id}</code>; those of
 * operations outside a scope are absolute, or null where the path depends on the API version.
 */
public enum Operation {
  EXCHANGE_TOKEN("token exchange", "POST", null, "none", true, false),
  DEPLOY("deploy", "POST", "/clusters/deploy", "write", false, false),
  GET("get", "GET", "/clusters/{id}", "read", true, false),
  LIST("list", "GET", "/clusters", "read", true, false),
  UPDATE("update", "PATCH", "/clusters/{id}", "write", false, true),
  SUSPEND("suspend", "POST", "/clusters/{id}/suspend", "write", false, false),
  RESUME("resume", "POST", "/clusters/{id}/resume", "write", false, false),
  CLONE("clone", "POST", "/clusters/{id}/clone", "write", false, true),
  DESTROY("destroy", "DELETE", "/clusters/{id}", "admin", false, false),
  VERSIONS("versions", "GET", "/api/v1/cluster-versions", "any", true, true);

  private static final String ID = "{id}";

  private final String title;
  private final String method;
  private final String beforeId;
  private final String afterId;
  private final String accessLevel;
  private final boolean isRead;
  private final boolean spacesOnly;

  Operation(
      String title,
      String method,
      @Nullable String pathTemplate,
      String accessLevel,
      boolean isRead,
      boolean spacesOnly) {
    String template = pathTemplate == null ? "" : pathTemplate;
    int id = template.indexOf(ID);
    this.title = title;
    this.method = method;
    this.beforeId = id < 0 ? template : template.substring(0, id);
    this.afterId = id < 0 ? "" : template.substring(id + ID.length());
    this.accessLevel = accessLevel;
    this.isRead = isRead;
    this.spacesOnly = spacesOnly;
  }

  /** The name of its method in the public interface. */
  public String title() {
    return title;
  }

  /** The HTTP method. */
  public String method() {
    return method;
  }

  /** The access level that the API token needs. */
  public String accessLevel() {
    return accessLevel;
  }

  /** Whether it changes nothing, so that a retry is always safe. */
  public boolean isRead() {
    return isRead;
  }

  boolean isOfferedBy(ApiVersion version) {
    return version == ApiVersion.SPACES || !spacesOnly;
  }

  /** The path of an operation in a scope, with names in place of the scope and the cluster. */
  String pathTemplate(ApiVersion version) {
    String path = version.scopeTemplate() + beforeId;
    return path.endsWith("/") ? path + ID + afterId : path;
  }

  /** The path of an operation that names no cluster in it. */
  String path(String scopePath) {
    return scopePath.concat(beforeId);
  }

  /** The path of an operation on a cluster, whose ID is already percent-encoded. */
  String path(String scopePath, String encodedId) {
    return scopePath + beforeId + encodedId + afterId;
  }
}
