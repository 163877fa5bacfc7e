package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.http.Authorization;

/** Supplies the credentials of each token exchange. Thread-safe. */
@FunctionalInterface
public interface CredentialsSource {

  /**
   * The current credentials.
   *
   * @throws RuntimeException when there are none
   */
  Authorization get();
}
