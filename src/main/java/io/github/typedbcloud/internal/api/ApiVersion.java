package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.model.Scope;

/** The generations of the API; a scope belongs to exactly one. */
public enum ApiVersion {
  PROJECTS("/api/auth"),
  SPACES("/api/v1/auth");

  private final String authPath;

  ApiVersion(String authPath) {
    this.authPath = authPath;
  }

  /** The generation that a scope is spoken to in. */
  public static ApiVersion of(Scope scope) {
    return scope instanceof Scope.Project ? PROJECTS : SPACES;
  }

  /** The call that exchanges the credentials for an access token. */
  public ApiRequest tokenExchange() {
    return new ApiRequest(Operation.EXCHANGE_TOKEN, authPath, null, null, null);
  }

  boolean has(Operation operation) {
    return this == SPACES || !operation.spacesOnly();
  }
}
