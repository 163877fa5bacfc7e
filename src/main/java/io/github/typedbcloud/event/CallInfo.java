package io.github.typedbcloud.event;

import io.github.typedbcloud.model.Scope;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operation. All events of a call carry an equal one, which no other call of the
 * client equals.
 *
 * @param number counts the calls of the client, from 1
 * @param operation {@code deploy}, {@code get}, {@code list}, {@code update}, {@code suspend},
 *     {@code resume}, {@code clone}, {@code destroy} or {@code versions}; {@code find} is a {@code
 *     get}, and the polls of waits are {@code get} or {@code list}
 * @param scope where
 * @param clusterId the cluster; null for {@code list} and {@code versions}. Unbounded, so it suits
 *     logs and traces, not the tags of a metric
 */
public record CallInfo(long number, String operation, Scope scope, @Nullable String clusterId) {

  /** Refuses null where it has no meaning. */
  public CallInfo {
    Objects.requireNonNull(operation, "operation must not be null");
    Objects.requireNonNull(scope, "scope must not be null");
  }

  /** For people, as in {@code deploy of cluster 'a' in space my-team/default}. */
  @Override
  public String toString() {
    return operation + (clusterId == null ? " in " : " of cluster '" + clusterId + "' in ") + scope;
  }
}
