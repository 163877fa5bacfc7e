package io.github.typedbcloud.simulator;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Writes access tokens in the form of a JWT. Their signature is random, so it cannot be verified.
 */
final class AccessTokenText {

  /** As long as the signature that the header names, HMAC with SHA-256. */
  private static final int SIGNATURE_BYTES = 32;

  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  private final SecureRandom random = new SecureRandom();

  /**
   * Returns a new, unique access token.
   *
   * @param lifetime becomes {@code exp - iat}, which are whole seconds; rounded up
   */
  String next(Instant issuedAt, Duration lifetime) {
    long iat = issuedAt.getEpochSecond();
    long exp = iat + lifetime.plus(Duration.ofNanos(999_999_999)).toSeconds();
    String payload = SimulatorJson.write(SimulatorJson.object().put("iat", iat).put("exp", exp));
    byte[] signature = new byte[SIGNATURE_BYTES];
    random.nextBytes(signature);
    return encode(HEADER) + "." + encode(payload) + "." + encode(signature);
  }

  private static String encode(String json) {
    return encode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
