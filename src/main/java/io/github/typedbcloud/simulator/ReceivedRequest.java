package io.github.typedbcloud.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request that reached a {@link TypeDBCloudSimulator}.
 *
 * <p>It has no secrets: the secrets of the API tokens that existed when it was received, also in
 * base64, percent-encoded or escaped in JSON, and the credentials of the request itself are {@code
 * ***} wherever they occur, if they have at least 4 characters.
 *
 * @param number counts the requests from 1, from the start or since the requests were cleared
 * @param receivedAt when it was received, by the clock of the simulator; the epoch when that has no
 *     date
 * @param operation the operation; empty when the method and path match none
 * @param apiVersion {@code projects}, {@code earlySpaces} or {@code spaces}; empty when the method
 *     and path match no operation
 * @param method the HTTP method
 * @param path the percent-encoded path without the query, at most its first 1,000 characters
 * @param clusterId the ID of the cluster in the path; empty when there is none
 * @param headers the headers, by their names in lower case, at most 4,000 characters; several
 *     values are joined by commas, and those of {@code authorization}, {@code cookie} and {@code
 *     proxy-authorization} are {@code ***}
 * @param body the body, at most its first 1,000 characters
 * @param processed whether the service processed it, with success or not; false while it waits, and
 *     when a {@link Fault} kept it from being processed
 * @param status the status code of the response; empty before there is one, and when a {@link
 *     Fault} loses it
 * @param response the body of the response, at most its first 1,000 characters; {@code ***} for an
 *     access token, empty while {@code status} is
 * @param faults the faults that were applied, in the order of their rules
 * @param duration the time, by the system clock, until the response was ready to be sent or lost;
 *     empty before
 */
public record ReceivedRequest(
    long number,
    Instant receivedAt,
    Optional<Operation> operation,
    String apiVersion,
    String method,
    String path,
    String clusterId,
    Map<String, String> headers,
    String body,
    boolean processed,
    OptionalInt status,
    String response,
    List<String> faults,
    Optional<Duration> duration) {

  /** Copies the headers and the faults. */
  public ReceivedRequest {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    faults = List.copyOf(faults);
  }

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
