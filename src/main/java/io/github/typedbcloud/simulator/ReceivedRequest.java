package io.github.typedbcloud.simulator;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request that reached a {@link TypeDBCloudSimulator}, without secrets.
 *
 * @param operation the operation; empty when the method and path match none
 * @param method the HTTP method
 * @param path the percent-encoded path without the query, at most its first 1,000 characters
 * @param body the body, at most its first 1,000 characters
 * @param processed whether the service processed it, with success or not; false while it waits, and
 *     when a {@link Fault} kept it from being processed
 * @param status the status code of the response; empty before there is one, and when a {@link
 *     Fault} loses it
 * @param response the body of the response, at most its first 1,000 bytes; {@code ***} for an
 *     access token, empty while {@code status} is
 */
public record ReceivedRequest(
    Optional<Operation> operation,
    String method,
    String path,
    String body,
    boolean processed,
    OptionalInt status,
    String response) {

  /** Human-readable form: request and response, with both bodies. */
  @Override
  public String toString() {
    return method
        + " "
        + path
        + (body.isEmpty() ? "" : " " + body)
        + " -> "
        + (status.isPresent() ? status.getAsInt() : "no response")
        + (response.isEmpty() ? "" : " " + response);
  }
}
