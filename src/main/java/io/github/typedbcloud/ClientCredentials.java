package io.github.typedbcloud;

import java.util.Objects;

/**
 * The two parts of an API token, for a supplier of credentials. Immutable; it prints without the
 * secret.
 *
 * @param clientId without a colon
 * @param clientSecret the secret
 */
public record ClientCredentials(String clientId, String clientSecret) {

  /** Refuses null; what else is wrong with them is told when they are used. */
  public ClientCredentials {
    Objects.requireNonNull(clientId, "clientId must not be null");
    Objects.requireNonNull(clientSecret, "clientSecret must not be null");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ClientCredentials[clientId=" + clientId + ", clientSecret=***]";
  }
}
