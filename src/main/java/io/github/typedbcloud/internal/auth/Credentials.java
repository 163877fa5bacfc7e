package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.http.Authorization;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Validates the two parts of an API token. No message repeats either of them. */
public final class Credentials {

  private Credentials() {}

  /**
   * The header of a token exchange.
   *
   * @throws NullPointerException naming the part that is null
   * @throws IllegalArgumentException when a header cannot carry a part
   */
  public static Authorization of(String clientId, String clientSecret) {
    requireNonNull("clientId", clientId);
    requireNonNull("clientSecret", clientSecret);
    requireHeaderText("client ID", clientId);
    requireHeaderText("client secret", clientSecret);
    if (clientId.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "The client ID contains a colon, which separates it from the secret in the request; pass"
              + " ID and secret as two strings.");
    }
    return Authorization.basic(clientId, clientSecret);
  }

  /**
   * The same, from the variables of an environment.
   *
   * @throws IllegalStateException naming the variables that are missing
   * @throws IllegalArgumentException when a header cannot carry a part
   */
  public static Authorization fromEnvironment(
      Map<String, String> environment, String idVariable, String secretVariable) {
    return fromVariables("The environment", environment, idVariable, secretVariable);
  }

  static Authorization fromVariables(
      String where, Map<String, String> environment, String idVariable, String secretVariable) {
    String id = environment.getOrDefault(idVariable, "");
    String secret = environment.getOrDefault(secretVariable, "");
    if (id.isEmpty() || secret.isEmpty()) {
      throw new IllegalStateException(
          where
              + " does not set "
              + (id.isEmpty() ? idVariable : "")
              + (id.isEmpty() && secret.isEmpty() ? " and " : "")
              + (secret.isEmpty() ? secretVariable : "")
              + "; create an API token in the console of TypeDB Cloud and set both.");
    }
    return of(id, secret);
  }

  /** Most often an environment variable that is not set. */
  public static <T> T requireNonNull(String name, @Nullable T value) {
    return Objects.requireNonNull(
        value,
        () -> name + " must not be null: is the environment variable or setting it is from unset?");
  }

  private static void requireHeaderText(String what, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("The " + what + " is empty.");
    }
    if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " contains white space, a line break or a character outside ASCII; copy it again,"
              + " without anything around it.");
    }
  }
}
