package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.error.FailedCall;
import io.github.typedbcloud.model.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of the API, ready to be authorised and sent.
 *
 * @param operation which operation
 * @param path the percent-encoded path below the base URL
 * @param scope where; null for what belongs to none
 * @param clusterId the cluster it is about; null for none
 * @param body the JSON body; null for none
 */
public record ApiRequest(
    Operation operation,
    String path,
    @Nullable Scope scope,
    @Nullable String clusterId,
    @Nullable Map<String, Object> body) {

  /** What it is about, for people. */
  public String target() {
    return switch (operation) {
      case EXCHANGE_TOKEN -> "the client's credentials";
      case VERSIONS -> "the versions of TypeDB";
      case LIST -> "the clusters in " + scope;
      default -> "cluster '" + clusterId + "' in " + scope;
    };
  }

  /** How an exception tells of this call. */
  public FailedCall describe() {
    return new FailedCall(operation.title(), operation.method(), path, target());
  }
}
