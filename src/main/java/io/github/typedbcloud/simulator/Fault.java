package io.github.typedbcloud.simulator;

import io.github.typedbcloud.internal.httpserver.HttpResponse;
import io.github.typedbcloud.internal.httpserver.ResponseDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One way in which a call can fail, to be injected with {@link Faults}. Immutable.
 *
 * <p>Each fault defines whether the simulator processes the request, which a client cannot see when
 * a response is lost. {@link #afterProcessing} changes a fault that skips processing into one that
 * processes the request first. A request that the service rejects counts as processed.
 *
 * <p>Faults combine: by several rules that select the same request, or as one with {@link #and}.
 * {@link Faults} documents their order and which ones conflict.
 *
 * <p>The delays of requests and responses use the system clock, whatever source of time the
 * simulator has, because the socket timeouts of clients do. They end early when the client closes
 * its end of the connection and when the simulator is closed. Late writes and stale reads use the
 * simulator's source of time.
 */
public sealed interface Fault permits Fault.Response, FaultPlan {

  /** Closes the connection without a response. The request is not processed. */
  static Fault loseRequest() {
    return FaultPlan.unprocessed("loseRequest()").with(ResponseDelivery.LOST);
  }

  /** Processes the request, then closes the connection without a response. */
  static Fault loseResponse() {
    return FaultPlan.processed("loseResponse()").with(ResponseDelivery.LOST);
  }

  /** Resets the connection without a response. The request is not processed. */
  static Fault resetConnection() {
    return FaultPlan.unprocessed("resetConnection()").with(ResponseDelivery.RESET);
  }

  /** Sends bytes that are not HTTP, then closes the connection. The request is not processed. */
  static Fault garbage() {
    return FaultPlan.unprocessed("garbage()").with(ResponseDelivery.GARBAGE);
  }

  /**
   * Delays the request before it is processed as usual. It is processed even when the client
   * disconnects, as by a real service.
   *
   * @param duration zero or more
   */
  static Fault delayRequest(Duration duration) {
    Objects.requireNonNull(duration, "duration must not be null");
    return FaultPlan.processed("delayRequest(" + duration + ")")
        .delayedBefore(Durations.notNegative(duration));
  }

  /**
   * Processes the request at once and delays its response.
   *
   * @param duration zero or more
   */
  static Fault delayResponse(Duration duration) {
    Objects.requireNonNull(duration, "duration must not be null");
    return FaultPlan.processed("delayResponse(" + duration + ")")
        .delayedAfter(Durations.notNegative(duration));
  }

  /**
   * Processes the request and truncates the response: the status, the headers with the length of
   * the whole body and the first bytes of the body are sent, then the connection closes. A shorter
   * body is sent whole.
   *
   * @param bytes how much of the body is sent; zero or more
   */
  static Fault truncateBody(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "A body cannot be cut after %s bytes; the number must be 0 or more.".formatted(bytes));
    }
    return FaultPlan.processed("truncateBody(" + bytes + ")").with(ResponseDelivery.cut(bytes));
  }

  /**
   * Processes the request and sends the response in small pieces, including its head. With {@link
   * #truncateBody}, the part that is sent is sent so.
   *
   * @param bytesPerStep one or more
   * @param pause the pause between two pieces; zero or more
   */
  static Fault throttle(int bytesPerStep, Duration pause) {
    Objects.requireNonNull(pause, "pause must not be null");
    if (bytesPerStep < 1) {
      throw new IllegalArgumentException(
          "A response cannot be sent in steps of %s bytes; the number must be 1 or more."
              .formatted(bytesPerStep));
    }
    Duration checked = Durations.notNegative(pause);
    return FaultPlan.processed("throttle(" + bytesPerStep + ", " + pause + ")")
        .throttled(delivery -> delivery.slowly(bytesPerStep, checked));
  }

  /**
   * Sends a custom response, without a body unless one is set. The request is not processed.
   *
   * @param status 200 to 599
   */
  static Response respond(int status) {
    return Response.of(status);
  }

  /**
   * Processes the request and replaces the status of every cluster in the response and of its
   * servers. Errors do not change.
   *
   * <p>Applies to the operations of projects and spaces only, whose responses have clusters; other
   * requests are not counted.
   *
   * @param status any string, typically one that no client knows
   */
  static Fault clusterStatus(String status) {
    Objects.requireNonNull(status, "status must not be null");
    return FaultPlan.processed("clusterStatus(" + status + ")")
        .withClusters(ResponseTransform.status(status));
  }

  /**
   * Processes the request and adds a field to each object in a JSON response: each cluster, the
   * error, the list of versions. An existing field of this name is replaced.
   *
   * @param name the name of the field
   * @param jsonText its value, as JSON
   * @throws IllegalArgumentException when the value is invalid JSON
   */
  static Fault extraField(String name, String jsonText) {
    Objects.requireNonNull(name, "name must not be null");
    Objects.requireNonNull(jsonText, "jsonText must not be null");
    return FaultPlan.processed("extraField(" + name + ")")
        .with(ResponseTransform.extraField(name, jsonText));
  }

  /**
   * Expires the access token of the request just before the request is processed. This request and
   * all later ones with that token fail with HTTP 401.
   *
   * <p>Applies to all requests except token exchanges, which have no access token and are not
   * counted.
   */
  static Fault expireToken() {
    return FaultPlan.processed("expireToken()").with(TokenEnd.ACCESS_TOKEN);
  }

  /**
   * Revokes the API token of the request and expires all its access tokens, just before the request
   * is processed. The request fails with HTTP 401, and later token exchanges fail with HTTP 400. A
   * token exchange itself fails with HTTP 400. {@link TypeDBCloudSimulator#addApiToken} can add the
   * API token again.
   */
  static Fault revokeToken() {
    return FaultPlan.processed("revokeToken()").with(TokenEnd.API_TOKEN);
  }

  /**
   * Accepts and validates a write, and applies it only after the delay, on the simulator's source
   * of time. The response is the usual one, at once; combine this with another fault, such as
   * {@code respond(504)} or {@code resetConnection()}, to lose or replace it. The write is applied
   * even when the other fault would have kept the request from being processed.
   *
   * <p>Until it is applied, reads do not show the write, but it is in progress: another deploy,
   * clone or rename to its new ID fails with HTTP 409, and another suspend, resume, update or
   * destroy of its cluster with HTTP 400. {@code createdAt} is when the cluster is created, also in
   * the response. A write that has become impossible by then is dropped.
   *
   * <p>Applies to writes only; other requests are not counted.
   *
   * @param delay zero or more
   */
  static Fault applyLate(Duration delay) {
    Objects.requireNonNull(delay, "delay must not be null");
    return FaultPlan.processed("applyLate(" + delay + ")")
        .appliedLate(Durations.notNegative(delay));
  }

  /**
   * Get and list show the state of some time ago, on the simulator's source of time, including from
   * before this fault was added. Writes use the current state. At most the last 10,000 changes of
   * clusters are known.
   *
   * <p>Applies to get and list only; other requests are not counted.
   *
   * @param lag zero or more
   */
  static Fault staleReads(Duration lag) {
    Objects.requireNonNull(lag, "lag must not be null");
    return FaultPlan.processed("staleReads(" + lag + ")")
        .with(new Staleness(Durations.notNegative(lag)));
  }

  /**
   * Get and list show the state from just before the last write to their project or space, whenever
   * that was. Without any write they show the current state. The rule ends after this number of
   * selected reads, even when it was added with {@code always}.
   *
   * <p>Applies to get and list only; other requests are not counted.
   *
   * @param reads one or more
   */
  static Fault staleReads(int reads) {
    if (reads < 1) {
      throw new IllegalArgumentException(
          "The number of stale reads is " + reads + "; it must be 1 or more.");
    }
    return FaultPlan.processed("staleReads(" + reads + ")")
        .with(Staleness.BEFORE_LAST_WRITE)
        .atMost(reads);
  }

  /**
   * Processes the request and sends a {@code Date} header that is off, as of a server whose clock
   * is. Only this header changes: {@code createdAt} and access tokens stay right. It also applies
   * to a custom response, unless that sets the header itself.
   *
   * @param offset positive for a date in the future, negative for one in the past
   */
  static Fault dateOffset(Duration offset) {
    Objects.requireNonNull(offset, "offset must not be null");
    Durations.limited(offset);
    return FaultPlan.processed("dateOffset(" + offset + ")")
        .dated(response -> response.dateOffset(offset));
  }

  /**
   * Processes the request and sends no {@code Date} header, as a server without a clock. It also
   * applies to a custom response, unless that sets the header itself.
   */
  static Fault withoutDate() {
    return FaultPlan.processed("withoutDate()").dated(HttpResponse::withoutDate);
  }

  /**
   * Runs an action after the delays of the request and before the request is processed, such as
   * what another client does meanwhile; see {@link SecondClient}.
   *
   * <p>The action runs on the thread of the connection and holds no lock, so it may use the
   * simulator in any way, and concurrently with actions of other requests. It is part of the
   * request: the client waits for it. If it throws, the connection is closed without a response,
   * and the exception goes to the thread's uncaught exception handler, which prints it by default.
   */
  static Fault before(Runnable action) {
    Objects.requireNonNull(action, "action must not be null");
    return FaultPlan.processed("before(action)").runningBefore(action);
  }

  /**
   * Runs an action after the request was processed and before its response is delayed and sent.
   * Otherwise as {@link #before}. The action runs even when a fault kept the request from being
   * processed, and when the service rejected it.
   */
  static Fault after(Runnable action) {
    Objects.requireNonNull(action, "action must not be null");
    return FaultPlan.processed("after(action)").runningAfter(action);
  }

  /**
   * Responds with HTTP 404 as a gateway does that has no route to the service: {@code
   * {"message":"no Route matched with those values"}}, without the error code of the service. The
   * request is not processed. {@code respond(404)} is a gateway's empty response.
   */
  static Response gatewayNotFound() {
    return respond(404)
        .body(
            "application/json; charset=utf-8",
            "{\"message\":\"no Route matched with those values\"}");
  }

  /**
   * Returns both faults as one, applied to requests to which both can apply. Useful with {@code
   * randomly} and {@code nth}; otherwise two rules do the same.
   *
   * @throws IllegalArgumentException when they conflict, as described at {@link Faults}, or there
   *     is no operation to which both apply
   */
  default Fault and(Fault other) {
    Objects.requireNonNull(other, "other must not be null");
    FaultPlan first = FaultPlan.of(this);
    FaultPlan second = FaultPlan.of(other);
    if (first.conflictsWith(second)) {
      throw new IllegalArgumentException(
          "%s and %s conflict: both determine the same part of a response or of its processing."
              .formatted(first, second));
    }
    FaultPlan both = first.combinedWith(second);
    if (both.operations().isEmpty()) {
      throw new ImpossibleFaultException(
          """
          %s and %s apply to no common operation: the first to %s, the second to %s. \
          Add two rules instead."""
              .formatted(first, second, first.operations(), second.operations()));
    }
    return both;
  }

  /**
   * Returns the same fault, but with the request processed first. Faults that process the request
   * anyway are returned as they are.
   */
  Fault afterProcessing();

  /**
   * A custom response in place of the service's, such as that of a gateway, a rate limit or an
   * outage. Immutable: every method returns a new response. Created by {@link Fault#respond}.
   */
  final class Response implements Fault {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    /** The headers that frame a response. A wrong one would break the next response as well. */
    private static final Set<String> FRAMING =
        Set.of("connection", "content-length", "transfer-encoding");

    private final boolean processes;
    private final HttpResponse response;

    private Response(boolean processes, HttpResponse response) {
      this.processes = processes;
      this.response = response;
    }

    static Response of(int status) {
      if (status < 200 || status > 599) {
        throw new IllegalArgumentException(
            "The status code " + status + " is invalid; it must be from 200 to 599.");
      }
      return new Response(false, HttpResponse.of(status));
    }

    /**
     * Sets a header. It replaces one of the same name, including {@code Date}.
     *
     * @param name not {@code Connection}, {@code Content-Length} or {@code Transfer-Encoding}
     * @param value ISO 8859-1 characters without line ends
     * @throws IllegalArgumentException when the name or the value cannot be sent
     */
    public Response header(String name, String value) {
      Objects.requireNonNull(name, "name must not be null");
      Objects.requireNonNull(value, "value must not be null");
      if (!NAME.matcher(name).matches() || FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "The header \"%s\" cannot be set: it is not a valid name, or it frames the response."
                .formatted(name));
      }
      if (!VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "The value of the header \"%s\" has a line end or a character that cannot be sent."
                .formatted(name));
      }
      return new Response(processes, response.header(name, value));
    }

    /**
     * Sets the body, sent as UTF-8. Responses with the status 204 or 304 are sent without it.
     *
     * @param contentType such as {@code text/html; charset=utf-8}
     */
    public Response body(String contentType, String text) {
      Objects.requireNonNull(contentType, "contentType must not be null");
      Objects.requireNonNull(text, "text must not be null");
      return body(contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sets the body, which is copied. Responses with the status 204 or 304 are sent without it.
     *
     * @param contentType such as {@code application/octet-stream}
     */
    public Response body(String contentType, byte[] bytes) {
      Objects.requireNonNull(contentType, "contentType must not be null");
      Objects.requireNonNull(bytes, "bytes must not be null");
      Response typed = header("Content-Type", contentType);
      return new Response(processes, typed.response.body(contentType, bytes));
    }

    /**
     * The same response, but the request is processed first, as behind a gateway that timed out.
     */
    @Override
    public Response afterProcessing() {
      return new Response(true, response);
    }

    FaultPlan plan() {
      String name = "respond(" + response.status() + ")";
      FaultPlan unprocessed = FaultPlan.unprocessed(name).with(response);
      return processes ? unprocessed.afterProcessing() : unprocessed;
    }

    @Override
    public String toString() {
      return plan().toString();
    }
  }
}
