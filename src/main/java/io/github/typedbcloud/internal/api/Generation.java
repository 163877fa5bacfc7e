package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.model.Scope;

/** The generations of the API; a scope belongs to exactly one. */
public enum Generation {
  PROJECTS("/api/auth"),
  SPACES("/api/v1/auth");

  private final String authPath;

  Generation(String authPath) {
    this.authPath = authPath;
  }

  /** The generation that a scope is spoken to in. */
  public static Generation of(Scope scope) {
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
