package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.internal.version.LibraryVersion;

/** The {@code User-Agent} header. */
final class UserAgent {

  static final String VALUE =
      "typedb-cloud-client-java/"
          + LibraryVersion.VALUE
          + " (Java "
          + Runtime.version().feature()
          + ")";

  private UserAgent() {}
}
