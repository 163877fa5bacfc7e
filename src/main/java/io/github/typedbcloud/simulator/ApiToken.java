package io.github.typedbcloud.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that can be exchanged for access tokens.
 *
 * @param scope where the level applies; null for every project and space
 */
record ApiToken(
    String clientId, String clientSecret, AccessLevel level, @Nullable CloudScope scope) {

  private static final int SECRET_BYTES = 24;

  ApiToken {
    if (clientId.isBlank() || clientId.contains(":")) {
      throw new IllegalArgumentException(
          "The client ID \"%s\" is invalid; it must not be blank or contain a colon."
              .formatted(clientId));
    }
    if (clientSecret.isBlank()) {
      throw new IllegalArgumentException(
          "The client secret of \"%s\" must not be blank.".formatted(clientId));
    }
  }

  /** An API token with the level admin everywhere and a random secret. */
  static ApiToken admin(String clientId) {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return new ApiToken(clientId, HexFormat.of().formatHex(secret), AccessLevel.ADMIN, null);
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
