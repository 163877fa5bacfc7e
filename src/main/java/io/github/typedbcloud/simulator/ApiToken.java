package io.github.typedbcloud.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that can be exchanged for access tokens.
 *
 * @param scope where the level applies; null for every project and space
 * @param accessTokenLifetime how long its access tokens are valid; null for the simulator's default
 */
record ApiToken(
    String clientId,
    String clientSecret,
    AccessLevel level,
    @Nullable CloudScope scope,
    @Nullable Duration accessTokenLifetime) {

  private static final int SECRET_BYTES = 24;

  ApiToken {
    checkedClientId(clientId);
    if (clientSecret.isBlank()) {
      throw new IllegalArgumentException(
          "The client secret of \"%s\" must not be blank.".formatted(clientId));
    }
    if (accessTokenLifetime != null) {
      Durations.positive(accessTokenLifetime);
    }
  }

  /** With the default lifetime of access tokens. */
  ApiToken(String clientId, String clientSecret, AccessLevel level, @Nullable CloudScope scope) {
    this(clientId, clientSecret, level, scope, null);
  }

  /** An API token with the level admin everywhere and a random secret. */
  static ApiToken admin(String clientId) {
    return new ApiToken(clientId, randomSecret(), AccessLevel.ADMIN, null);
  }

  static String randomSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  /** Requires that an API token can have this client ID. */
  static String checkedClientId(String clientId) {
    if (clientId.isBlank() || clientId.contains(":")) {
      throw new IllegalArgumentException(
          "The client ID \"%s\" is invalid; it must not be blank or contain a colon."
              .formatted(clientId));
    }
    return clientId;
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
