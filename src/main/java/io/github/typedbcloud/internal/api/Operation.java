package io.github.typedbcloud.internal.api;

/** The operations of the API, with what the reference says of each. */
public enum Operation {
  EXCHANGE_TOKEN("token exchange", "POST", "none", true, false),
  DEPLOY("deploy", "POST", "write", false, false),
  GET("get", "GET", "read", true, false),
  LIST("list", "GET", "read", true, false),
  UPDATE("update", "PATCH", "write", false, true),
  SUSPEND("suspend", "POST", "write", false, false),
  RESUME("resume", "POST", "write", false, false),
  CLONE("clone", "POST", "write", false, true),
  DESTROY("destroy", "DELETE", "admin", false, false),
  VERSIONS("versions", "GET", "any", true, true);

  private final String title;
  private final String method;
  private final String accessLevel;
  private final boolean repeatable;
  private final boolean spacesOnly;

  Operation(
      String title, String method, String accessLevel, boolean repeatable, boolean spacesOnly) {
    this.title = title;
    this.method = method;
    this.accessLevel = accessLevel;
    this.repeatable = repeatable;
    this.spacesOnly = spacesOnly;
  }

  /** Its name in the public interface. */
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

  /** Whether doing it twice changes no more than doing it once; a write is never repeated. */
  public boolean repeatable() {
    return repeatable;
  }

  /** Whether the API of projects lacks it. */
  boolean spacesOnly() {
    return spacesOnly;
  }
}
