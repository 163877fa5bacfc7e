package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.error.FailedCall;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of the API, ready to be authorised and sent.
 *
 * @param operation which operation
 * @param path the percent-encoded path below the base URL
 * @param target what it is about, for people
 * @param body the JSON body; null for none
 */
public record ApiRequest(
    Operation operation, String path, String target, @Nullable Map<String, Object> body) {

  /** How an exception tells of this call. */
  public FailedCall describe() {
    return new FailedCall(operation.title(), operation.method(), path, target);
  }
}
