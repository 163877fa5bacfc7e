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

  /** Whether they never change, so that rejected ones need not be compared with new ones. */
  default boolean isFixed() {
    return false;
  }

  /** Credentials that never change. */
  static CredentialsSource fixed(Authorization credentials) {
    return new CredentialsSource() {
      @Override
      public Authorization get() {
        return credentials;
      }

      @Override
      public boolean isFixed() {
        return true;
      }
    };
  }
}
