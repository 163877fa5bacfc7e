package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.http.Authorization;

/** Where the credentials of each exchange come from. Thread-safe. */
@FunctionalInterface
public interface CredentialsSource {

  /**
   * The credentials as they are now.
   *
   * @throws RuntimeException when there are none
   */
  Authorization get();
}
