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
 * One way in which a call can go wrong, for {@link Faults} to let happen. Immutable.
 *
 * <p>A fault says whether the simulator processes the request, which is what a client cannot see
 * when an response gets lost; {@link #afterProcessing} turns a fault that keeps the request from
 * being processed into one that does not. A request that the service refuses counts as processed.
 *
 * <p>All lengths of time are by the machine's clock, whatever source of time the simulator has,
 * because the timeouts of a client's sockets are. They end early when the client closes its end of
 * the connection and when the simulator is closed.
 */
public sealed interface Fault permits Fault.Response, FaultPlan {

  /** The connection closes without an response. The request is not processed. */
  static Fault loseRequest() {
    return FaultPlan.unprocessed("loseRequest()").with(ResponseDelivery.LOST);
  }

  /** The request is processed, then the connection closes without an response. */
  static Fault loseResponse() {
    return FaultPlan.processed("loseResponse()").with(ResponseDelivery.LOST);
  }

  /** The connection is reset without an response. The request is not processed. */
  static Fault reset() {
    return FaultPlan.unprocessed("reset()").with(ResponseDelivery.RESET);
  }

  /** Bytes that are no HTTP, then the connection closes. The request is not processed. */
  static Fault garbage() {
    return FaultPlan.unprocessed("garbage()").with(ResponseDelivery.GARBAGE);
  }

  /**
   * The request waits before it is processed and answered as ever. It is processed also when the
   * client does not wait for it, as a real service would.
   *
   * @param duration zero or more
   */
  static Fault delay(Duration duration) {
    return FaultPlan.processed("delay(" + duration + ")").delayedBefore(notNegative(duration));
  }

  /**
   * The request is processed at once, and its response waits.
   *
   * @param duration zero or more
   */
  static Fault delayResponse(Duration duration) {
    return FaultPlan.processed("delayResponse(" + duration + ")")
        .delayedAfter(notNegative(duration));
  }

  /**
   * The request is processed, and the response breaks off: status, headers with the length of the
   * whole body, so many bytes of the body, then the connection closes. A body that is not longer
   * comes whole.
   *
   * @param bytes zero or more
   */
  static Fault cutBody(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "A body cannot be cut after %s bytes; give 0 or more.".formatted(bytes));
    }
    return FaultPlan.processed("cutBody(" + bytes + ")").with(ResponseDelivery.cut(bytes));
  }

  /**
   * The request is processed, and the response comes in small pieces, head and all.
   *
   * @param bytesPerStep one or more
   * @param pause between two pieces; zero or more
   */
  static Fault sendSlowly(int bytesPerStep, Duration pause) {
    if (bytesPerStep < 1) {
      throw new IllegalArgumentException(
          "An response cannot be sent in steps of %s bytes; give 1 or more."
              .formatted(bytesPerStep));
    }
    return FaultPlan.processed("sendSlowly(" + bytesPerStep + ", " + pause + ")")
        .with(ResponseDelivery.slowly(bytesPerStep, notNegative(pause)));
  }

  /**
   * An response of your own, without a body until one is given. The request is not processed.
   *
   * @param status 200 to 599
   */
  static Response respond(int status) {
    return Response.of(status);
  }

  /**
   * The request is processed, and every cluster in the response and each of its servers show this
   * status. Other answers stay as they are.
   *
   * @param status any text, most likely one that no client knows
   */
  static Fault status(String status) {
    Objects.requireNonNull(status, "status");
    return FaultPlan.processed("status(" + status + ")").with(ResponseTransform.status(status));
  }

  /**
   * The request is processed, and the objects in an response of JSON (each cluster, the error, the
   * list of versions) have this field besides, or in place of their own of this name.
   *
   * @param name of the field
   * @param jsonText its value, as JSON
   * @throws IllegalArgumentException when that is not JSON
   */
  static Fault extraField(String name, String jsonText) {
    Objects.requireNonNull(name, "name");
    return FaultPlan.processed("extraField(" + name + ")")
        .with(ResponseTransform.extraField(name, jsonText));
  }

  /**
   * The access token of the request is ended just before the request is processed, which so answers
   * 401, as does every later one with that token. A token exchange is not affected.
   */
  static Fault expiredToken() {
    return FaultPlan.processed("expiredToken()").with(TokenEnd.ACCESS_TOKEN);
  }

  /**
   * The API token behind the request is revoked and all its access tokens are ended, just before
   * the request is processed: it answers 401, and the token exchange answers 400 from then on. On a
   * token exchange it is the API token to be exchanged, and the response is that 400. {@link
   * TypeDBCloudSimulator#addApiToken} can bring it back.
   */
  static Fault revokedToken() {
    return FaultPlan.processed("revokedToken()").with(TokenEnd.API_TOKEN);
  }

  /**
   * The same fault, but the request is processed before it shows. Faults that process the request
   * anyway stay as they are.
   */
  Fault afterProcessing();

  private static Duration notNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(duration + " is negative; give zero or more.");
    }
    return duration;
  }

  /**
   * An response of your own in place of the service's: that of a gateway, of a limit on requests,
   * of a service in trouble. Immutable: every method answers a new one. Made by {@link
   * Fault#respond}.
   */
  final class Response implements Fault {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    /** What frames an response. A wrong one would break the next response as well. */
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
            status + " is no status of an response; give one from 200 to 599.");
      }
      return new Response(false, HttpResponse.of(status));
    }

    /**
     * With this header, which replaces one of the same name, {@code Date} included.
     *
     * @param name not {@code Connection}, {@code Content-Length} or {@code Transfer-Encoding}
     * @param value characters of Latin 1 without line ends
     * @throws IllegalArgumentException when the name or the value cannot be sent
     */
    public Response header(String name, String value) {
      if (!NAME.matcher(name).matches() || FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "The header \"%s\" cannot be set; give a name of letters, digits and hyphens that does not frame the response."
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
     * With this body in UTF-8. Answers with the status 204 or 304 are sent without it.
     *
     * @param contentType like {@code text/html; charset=utf-8}
     */
    public Response body(String contentType, String text) {
      return body(contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * With this body, of which a copy is taken. Answers with the status 204 or 304 are sent without
     * it.
     *
     * @param contentType like {@code application/octet-stream}
     */
    public Response body(String contentType, byte[] bytes) {
      Response typed = header("Content-Type", contentType);
      return new Response(processes, typed.response.body(contentType, bytes));
    }

    /** The same response, but the request is processed first: a gateway that did not wait. */
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
