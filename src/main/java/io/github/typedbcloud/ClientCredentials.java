package io.github.typedbcloud;

import io.github.typedbcloud.internal.auth.Credentials;

/**
 * The two parts of an API token, for a supplier of credentials. Immutable.
 *
 * @param clientId without a colon
 * @param clientSecret the secret
 */
public record ClientCredentials(String clientId, String clientSecret) {

  /** Validates that both parts are non-null; they are validated further when they are used. */
  public ClientCredentials {
    Credentials.requireNonNull("clientId", clientId);
    Credentials.requireNonNull("clientSecret", clientSecret);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ClientCredentials[clientId=" + clientId + ", clientSecret=***]";
  }
}
