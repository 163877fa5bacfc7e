package io.github.typedbcloud.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that can be exchanged for access tokens.
 *
 * @param scope where the level holds; null for every project and space
 */
record ApiToken(
    String clientId, String clientSecret, AccessLevel level, @Nullable CloudScope scope) {

  ApiToken {
    if (clientId.isBlank() || clientId.contains(":")) {
      throw new IllegalArgumentException(
          "A client ID is not blank and has no colon, which ends it in the header; got \"%s\"."
              .formatted(clientId));
    }
    if (clientSecret.isBlank()) {
      throw new IllegalArgumentException(
          "The client secret of \"%s\" is blank; give one.".formatted(clientId));
    }
  }

  boolean allows(AccessLevel needed, CloudScope where) {
    return level.includes(needed) && (scope == null || scope.equals(where));
  }

  boolean hasSecret(String secret) {
    return MessageDigest.isEqual(
        clientSecret.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "ApiToken[***, %s on %s]"
        .formatted(level.text(), scope == null ? "every project and space" : scope);
  }
}
