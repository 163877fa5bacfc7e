package io.github.typedbcloud.error;

import java.io.Serializable;

/**
 * The call that an exception tells of.
 *
 * @param operation the operation's name, for example {@code deploy}
 * @param method the HTTP method
 * @param path the path as sent, percent-encoded
 * @param target what the call was about, for people: {@code cluster 'api-cluster' in project
 *     my-org/default}
 */
public record FailedCall(String operation, String method, String path, String target)
    implements Serializable {

  /** For people: {@code deploy of cluster 'a' in project my-org/default (POST /api/…)}. */
  @Override
  public String toString() {
    return operation + " of " + target + " (" + method + " " + path + ")";
  }
}
