package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.internal.text.KnownSecrets;
import io.github.typedbcloud.internal.text.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * The value of an {@code Authorization} header. Two are equal if they have the same value.
 *
 * @param header the whole value
 * @param known the secrets of the client, with those of this value
 */
public record Authorization(String header, KnownSecrets known) {

  /** The client's credentials as they are: the service does not expect base64. */
  public static Authorization basic(String clientId, String clientSecret) {
    String credentials = clientId + ":" + clientSecret;
    return new Authorization(
        "Basic " + credentials, new KnownSecrets(Secrets.of(clientId, clientSecret)));
  }

  /**
   * An access token.
   *
   * @param known the secrets of the client, to which the token is added
   */
  public static Authorization bearer(String token, KnownSecrets known) {
    known.add(Secrets.of(token));
    return new Authorization("Bearer " + token, known);
  }

  /** The same value, with the secrets of the client, to which its own are added. */
  public Authorization with(KnownSecrets others) {
    others.add(known.current());
    return new Authorization(header, others);
  }

  /** What no message about the request may show. */
  public Secrets secrets() {
    return known.current();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Authorization authorization && header.equals(authorization.header);
  }

  @Override
  public int hashCode() {
    return header.hashCode();
  }

  @Override
  public String toString() {
    return Secrets.MASK;
  }
}
