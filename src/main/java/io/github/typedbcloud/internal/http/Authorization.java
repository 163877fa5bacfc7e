package io.github.typedbcloud.internal.http;

import java.io.IOException;
import java.util.List;

/**
 * The value of an {@code Authorization} header.
 *
 * @param header the whole value
 * @param secrets the parts of it that must never be shown
 */
public record Authorization(String header, List<String> secrets) {

  private static final String MASK = "***";

  /** The client's credentials, raw: the service does not want them in base64. */
  public static Authorization basic(String clientId, String clientSecret) {
    String credentials = clientId + ":" + clientSecret;
    return new Authorization("Basic " + credentials, List.of(credentials, clientSecret));
  }

  /** An access token. */
  public static Authorization bearer(String token) {
    return new Authorization("Bearer " + token, List.of(token));
  }

  /** Masks the secrets where a text, such as an error body, repeats them. */
  public String redact(String text) {
    String redacted = text;
    for (String secret : secrets) {
      redacted = redacted.replace(secret, MASK);
    }
    return redacted;
  }

  /** The same failure, or one of the same message with the secrets masked where it holds any. */
  Exception redact(Exception failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String message = each.getMessage();
      if (message != null && !redact(message).equals(message)) {
        IOException masked = new IOException(redact(failure.toString()));
        masked.setStackTrace(failure.getStackTrace());
        return masked;
      }
    }
    return failure;
  }

  @Override
  public String toString() {
    return MASK;
  }
}
