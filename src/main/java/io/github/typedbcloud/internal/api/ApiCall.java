package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.error.FailedCall;
import io.github.typedbcloud.internal.http.Authorization;
import io.github.typedbcloud.internal.http.HttpRequest;
import io.github.typedbcloud.internal.json.Json;
import io.github.typedbcloud.model.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of the API: everything but the access token.
 *
 * @param <T> what a success returns
 * @param operation the operation
 * @param path the percent-encoded path below the base URL
 * @param scope the project or space; null for the token exchange
 * @param clusterId the cluster that it is about; null for none
 * @param body the JSON body; null for none
 * @param decoder reads the body of a success
 */
public record ApiCall<T>(
    Operation operation,
    String path,
    @Nullable Scope scope,
    @Nullable String clusterId,
    @Nullable Map<String, Object> body,
    Decoder<T> decoder) {

  /** The same call with another result. */
  public <R> ApiCall<R> withDecoder(Decoder<R> otherDecoder) {
    return new ApiCall<>(operation, path, scope, clusterId, body, otherDecoder);
  }

  /**
   * The request of one attempt.
   *
   * @param tag for the interceptors of the user; null for none
   */
  public HttpRequest toHttpRequest(
      Authorization authorization, Map<String, String> headers, @Nullable Object tag) {
    return new HttpRequest(
        operation.method(),
        path,
        authorization,
        operation == Operation.EXCHANGE_TOKEN ? "text/plain, application/json" : "application/json",
        headers,
        body == null ? null : Json.write(body),
        tag);
  }

  /** The ID of the cluster in the response: the one in the body, where that has one. */
  public String resultId() {
    return resultId(body, clusterId == null ? "" : clusterId);
  }

  static String resultId(@Nullable Map<String, Object> body, String clusterId) {
    return body != null && body.get("id") instanceof String newId ? newId : clusterId;
  }

  /** The path with names in place of the scope and the cluster. */
  public String pathTemplate() {
    return scope == null || operation == Operation.VERSIONS
        ? path
        : operation.pathTemplate(ApiVersion.of(scope));
  }

  /** Whether a success shows that the project or space exists. */
  public boolean isInScope() {
    return scope != null && operation != Operation.VERSIONS;
  }

  /** What it is about, for messages. */
  public String target() {
    return switch (operation) {
      case EXCHANGE_TOKEN -> "the client's credentials";
      case VERSIONS -> "the versions of TypeDB";
      case LIST -> "the clusters in " + scope;
      default -> "cluster '" + clusterId + "' in " + scope;
    };
  }

  /** This call as exceptions describe it. */
  public FailedCall describe() {
    return new FailedCall(operation.title(), operation.method(), path, target());
  }
}
