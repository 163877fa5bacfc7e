package io.github.typedbcloud.internal.http;

import java.io.IOException;

/** Turns the body of a successful answer into what the caller gets. */
@FunctionalInterface
public interface Decoder<T> {

  /**
   * Decodes a body.
   *
   * @throws IOException when it is not of the documented format
   * @throws IllegalArgumentException when it is other JSON than documented
   */
  T decode(byte[] body) throws IOException;
}
