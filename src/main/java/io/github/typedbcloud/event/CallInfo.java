package io.github.typedbcloud.event;

import io.github.typedbcloud.internal.text.CleanText;
import io.github.typedbcloud.model.Scope;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a call. Equal in all events of one call, and different for every call of the process.
 *
 * @param number the number of the call in the process, from 1
 * @param operation {@code deploy}, {@code get}, {@code list}, {@code update}, {@code suspend},
 *     {@code resume}, {@code clone}, {@code destroy} or {@code versions}; {@code find} is a {@code
 *     get}, and the polls of waits are {@code get} or {@code list}
 * @param scope the project or space
 * @param clusterId the cluster; null for {@code list} and {@code versions}. Has unbounded values,
 *     so it suits logs and traces, not the tags of a metric
 * @param baseUrl of the service, without a trailing slash
 * @param waitInfo the wait whose poll it is; null for other calls. Of the waits that share a poll,
 *     one of those whose calls have the longest timeout
 */
public record CallInfo(
    long number,
    String operation,
    Scope scope,
    @Nullable String clusterId,
    URI baseUrl,
    @Nullable WaitInfo waitInfo) {

  /** Validates that required components are non-null. */
  public CallInfo {
    Objects.requireNonNull(operation, "operation must not be null");
    Objects.requireNonNull(scope, "scope must not be null");
    Objects.requireNonNull(baseUrl, "baseUrl must not be null");
  }

  /** Human-readable form: {@code deploy of cluster 'a' in space my-team/default}. */
  @Override
  public String toString() {
    String cluster =
        clusterId == null
            ? ""
            : " of cluster '" + CleanText.of(clusterId, CleanText.MAX_VALUE) + "'";
    return operation + cluster + " in " + scope;
  }
}
