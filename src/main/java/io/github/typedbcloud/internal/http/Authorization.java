package io.github.typedbcloud.internal.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The value of an {@code Authorization} header.
 *
 * @param header the whole value
 * @param secrets the parts of it that must never be shown
 */
public record Authorization(String header, List<String> secrets) {

  private static final String MASK = "***";

  /** The client's credentials as they are: the service does not expect base64. */
  public static Authorization basic(String clientId, String clientSecret) {
    String credentials = clientId + ":" + clientSecret;
    return new Authorization("Basic " + credentials, List.of(credentials, clientSecret));
  }

  /** An access token; the credentials that it was exchanged for stay secret too. */
  public static Authorization bearer(String token, Authorization credentials) {
    List<String> secrets = new ArrayList<>(credentials.secrets());
    secrets.add(token);
    return new Authorization("Bearer " + token, List.copyOf(secrets));
  }

  /** Whether a string contains a secret. */
  public boolean occursIn(String text) {
    return secrets.stream().anyMatch(text::contains);
  }

  /** Masks the secrets in a string, such as an error body. */
  public String redact(String text) {
    String redacted = text;
    for (String secret : secrets) {
      redacted = redacted.replace(secret, MASK);
    }
    return redacted;
  }

  @Override
  public String toString() {
    return MASK;
  }
}
