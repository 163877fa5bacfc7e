package io.github.typedbcloud.simulator;

import org.jspecify.annotations.Nullable;

/**
 * One request as it came over the wire.
 *
 * @param rawPath the path as it was sent, without the query
 * @param authorization the {@code Authorization} header, or null
 */
record ApiRequest(String method, String rawPath, @Nullable String authorization, String body) {

  /** Leaves out the header, which is a secret, and the body, which may be long. */
  @Override
  public String toString() {
    return method + " " + rawPath;
  }
}
