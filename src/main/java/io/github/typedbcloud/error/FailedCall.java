package io.github.typedbcloud.error;

import io.github.typedbcloud.internal.text.CleanText;
import java.io.Serializable;

/**
 * The request that an exception is about.
 *
 * @param operation the operation's name, for example {@code deploy}
 * @param method the HTTP method
 * @param path the path as sent, percent-encoded
 * @param target what the request was about, human-readable: {@code cluster 'api-cluster' in project
 *     my-org/default}
 */
public record FailedCall(String operation, String method, String path, String target)
    implements Serializable {

  private static final int MAX_PRINTED = 500;

  /**
   * The start of an exception's message: {@code deploy of cluster 'a' in project my-org/default}.
   * The HTTP request is in {@link #method} and {@link #path}.
   */
  @Override
  public String toString() {
    return operation + " of " + CleanText.of(target, MAX_PRINTED);
  }
}
