package io.github.typedbcloud.internal.api;

import java.io.IOException;

/** Decodes the body of a successful response. */
@FunctionalInterface
public interface Decoder<T> {

  /**
   * Decodes a body.
   *
   * @throws IOException when it is not JSON, or not complete
   * @throws IllegalArgumentException when it is not the documented JSON
   */
  T decode(byte[] body) throws IOException;
}
