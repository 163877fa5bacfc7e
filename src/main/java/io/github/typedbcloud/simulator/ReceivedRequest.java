package io.github.typedbcloud.simulator;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One request that reached a {@link TypeDBCloudSimulator}, as far as it has come; without secrets.
 *
 * @param operation what it asked for; empty when its method and path ask for nothing that there is
 * @param path as it was sent, percent-encoding and all, without the query; at most its first 1,000
 *     characters
 * @param body as it was sent, at most its first 1,000 characters
 * @param processed whether the service has processed it, with whatever success; false while it
 *     waits for that and when a {@link Fault} kept it from being processed
 * @param status of the answer; empty before there is one and when a {@link Fault} loses it
 * @param answer the body of the answer, at most its first 1,000 bytes; {@code ***} for an access
 *     token, empty as long as {@code status} is
 */
public record ReceivedRequest(
    Optional<Operation> operation,
    String method,
    String path,
    String body,
    boolean processed,
    OptionalInt status,
    String answer) {

  /** For people: what was asked and what was answered, with both bodies. */
  @Override
  public String toString() {
    return method
        + " "
        + path
        + (body.isEmpty() ? "" : " " + body)
        + " -> "
        + (status.isPresent() ? status.getAsInt() : "no answer")
        + (answer.isEmpty() ? "" : " " + answer);
  }
}
