package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.http.Authorization;
import java.util.Map;

/** The two parts of an API token, checked. No message here repeats either. */
public final class Credentials {

  private Credentials() {}

  /**
   * The header that the token exchange wants.
   *
   * @throws IllegalArgumentException when a part cannot stand in it
   */
  public static Authorization of(String clientId, String clientSecret) {
    requireHeaderText("client ID", clientId);
    requireHeaderText("client secret", clientSecret);
    if (clientId.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "The client ID holds a colon, which ends it on the wire; were ID and secret given as one"
              + " text?");
    }
    return Authorization.basic(clientId, clientSecret);
  }

  /**
   * The same, from the variables of an environment.
   *
   * @throws IllegalStateException naming the variables that are missing
   * @throws IllegalArgumentException when a part cannot stand in the header
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
              + "; make an API token in the console of TypeDB Cloud and set both.");
    }
    return of(id, secret);
  }

  private static void requireHeaderText(String what, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("The " + what + " is empty.");
    }
    if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " has white space, a line break or a character outside ASCII; was it copied with"
              + " more than it is?");
    }
  }
}
