package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * An access token as the body of a token exchange holds it.
 *
 * @param value the token
 * @param lifetime from its issue to its expiry
 */
record ParsedToken(String value, Duration lifetime) {

  /** The documented lifetime, for tokens that do not hold their own. */
  static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);

  /** The upper limit of a lifetime that a token holds. */
  static final Duration MAX_LIFETIME = Duration.ofDays(1);

  private static final int MAX_CHARACTERS = 16 * 1024;

  /**
   * Parses a token, which may be surrounded by white space or by the quotes of a JSON string.
   *
   * @throws IOException when the body is anything else; the message quotes nothing of it
   */
  static ParsedToken parse(byte[] body) throws IOException {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1).strip();
    }
    if (text.isEmpty()) {
      throw new IOException("it contains no access token");
    }
    if (text.length() > MAX_CHARACTERS || !isPlain(text)) {
      throw new IOException("it is not an access token alone");
    }
    return new ParsedToken(text, lifetime(text));
  }

  /** Whether a header can carry it, and it is neither markup nor JSON. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || "\"<>{}".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** From the claims of a JWT when it has both times; the signature is not checked. */
  private static Duration lifetime(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return DEFAULT_LIFETIME;
    }
    try {
      Object claims = Json.read(Base64.getUrlDecoder().decode(parts[1]));
      if (claims instanceof Map<?, ?> map
          && map.get("exp") instanceof Number expiry
          && map.get("iat") instanceof Number issue) {
        double seconds = expiry.doubleValue() - issue.doubleValue();
        if (seconds >= MAX_LIFETIME.toSeconds()) {
          return MAX_LIFETIME;
        }
        if (seconds >= 1) {
          return Duration.ofMillis((long) (seconds * 1000));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // Not a JWT; the API does not require one.
    }
    return DEFAULT_LIFETIME;
  }

  @Override
  public String toString() {
    return "***";
  }
}
