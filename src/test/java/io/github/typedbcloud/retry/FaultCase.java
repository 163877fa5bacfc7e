package io.github.typedbcloud.retry;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.RateLimitException;
import io.github.typedbcloud.error.ServerErrorException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Every kind of fault, and what a user is to see of it when it does not pass. */
enum FaultCase {
  LOSE_REQUEST(Fault.loseRequest(), Kind.UNPROCESSED, TransportException.class),
  RESET(Fault.resetConnection(), Kind.UNPROCESSED, TransportException.class),
  RESET_AFTER_PROCESSING(
      Fault.resetConnection().afterProcessing(), Kind.PROCESSED, TransportException.class),
  GARBAGE(Fault.garbage(), Kind.UNPROCESSED, TransportException.class),
  GARBAGE_AFTER_PROCESSING(
      Fault.garbage().afterProcessing(), Kind.PROCESSED, TransportException.class),
  LOSE_RESPONSE(Fault.loseResponse(), Kind.PROCESSED, TransportException.class),
  CUT_BODY_TO_NOTHING(Fault.truncateBody(0), Kind.PROCESSED, UnreadableResponseException.class),
  CUT_BODY(Fault.truncateBody(5), Kind.PROCESSED, UnreadableResponseException.class),
  HANG_BEFORE_PROCESSING(
      Fault.delayRequest(Duration.ofHours(1)), Kind.LATE, TransportException.class),
  HANG_BEFORE_ANSWERING(
      Fault.delayResponse(Duration.ofHours(1)), Kind.HANGING, TransportException.class),
  DELAY(Fault.delayRequest(Duration.ofMillis(20)), Kind.HARMLESS, null),
  DELAY_ANSWER(Fault.delayResponse(Duration.ofMillis(20)), Kind.HARMLESS, null),
  SEND_SLOWLY(Fault.throttle(40, Duration.ofMillis(1)), Kind.HARMLESS, null),
  UNKNOWN_STATUS(Fault.clusterStatus("hibernating"), Kind.HARMLESS, null),
  UNKNOWN_FIELD(Fault.extraField("mood", "{\"of\":[\"the\",1]}"), Kind.HARMLESS, null),
  EXPIRED_TOKEN(Fault.expireToken(), Kind.EXPIRED, UnauthorizedException.class),
  REVOKED_TOKEN(Fault.revokeToken(), Kind.REVOKED, UnauthorizedException.class),
  PAGE(page(200), Kind.UNPROCESSED, UnreadableResponseException.class),
  PAGE_AFTER_PROCESSING(
      page(200).afterProcessing(), Kind.PROCESSED, UnreadableResponseException.class),
  NO_CONTENT(
      Fault.respond(204).afterProcessing(), Kind.PROCESSED, UnreadableResponseException.class),
  STATUS_301(
      Fault.respond(301).header("Location", "http://127.0.0.1:1/"),
      Kind.REJECTED,
      ApiException.class),
  STATUS_400(error(400), Kind.REJECTED, ApiException.class),
  STATUS_401(error(401), Kind.EXPIRED, UnauthorizedException.class),
  STATUS_403(error(403), Kind.REJECTED, ForbiddenException.class),
  STATUS_404(error(404), Kind.REJECTED, NotFoundException.class),
  STATUS_404_OF_A_PROXY(page(404), Kind.REJECTED, ApiException.class),
  STATUS_408(page(408), Kind.UNPROCESSED, ApiException.class),
  STATUS_409(error(409), Kind.REJECTED, ConflictException.class),
  STATUS_418(page(418), Kind.REJECTED, ApiException.class),
  STATUS_425(page(425), Kind.THROTTLED, ApiException.class),
  STATUS_429(
      error(429, Fault.respond(429).header("Retry-After", "2")),
      Kind.THROTTLED,
      RateLimitException.class),
  STATUS_500(error(500), Kind.UNPROCESSED, ServerErrorException.class),
  STATUS_500_AFTER_PROCESSING(
      error(500).afterProcessing(), Kind.PROCESSED, ServerErrorException.class),
  STATUS_502(page(502), Kind.UNPROCESSED, ServerErrorException.class),
  STATUS_503(
      page(503, Fault.respond(503).header("Retry-After", "1")),
      Kind.UNPROCESSED,
      ServerErrorException.class),
  STATUS_504(page(504), Kind.UNPROCESSED, ServerErrorException.class),
  STATUS_504_AFTER_PROCESSING(
      page(504).afterProcessing(), Kind.PROCESSED, ServerErrorException.class),
  STATUS_599(page(599), Kind.UNPROCESSED, ServerErrorException.class),
  GATEWAY_404(Fault.gatewayNotFound(), Kind.REJECTED, ApiException.class),
  APPLIED_LATE_504(late().and(page(504)), Kind.APPLIED_LATE, null),
  APPLIED_LATE_LOST(late().and(Fault.loseResponse()), Kind.APPLIED_LATE, null),
  STALE_READS(stale(), Kind.HARMLESS, null, stale()),
  STALE_READS_LOST(Fault.loseResponse(), Kind.NOT_VISIBLE, TransportException.class, stale()),
  DATE_BEHIND_LOST(
      Fault.loseResponse(), Kind.PROCESSED, TransportException.class, date(Duration.ofMinutes(-1))),
  DATE_AHEAD_LOST(
      Fault.loseResponse(), Kind.PROCESSED, TransportException.class, date(Duration.ofMinutes(1))),
  DATE_MISSING_LOST(
      Fault.loseResponse(), Kind.PROCESSED, TransportException.class, Fault.withoutDate());

  /** What becomes of a request, and what a client can know of it. */
  enum Kind {
    /** It succeeds. */
    HARMLESS,
    /** It is not processed, and the response does not say so. */
    UNPROCESSED,
    /** It is processed, and the response does not say so. */
    PROCESSED,
    /** The same, and the next reads do not show it either. */
    NOT_VISIBLE,
    /** The same for a write, because it is applied soon; other requests succeed. */
    APPLIED_LATE,
    /** It is processed, and the connection stays open and silent. */
    HANGING,
    /** It is processed when the client has left. */
    LATE,
    /** It is not processed, and the response says so: retry later. */
    THROTTLED,
    /** It is not processed, and the response says so: rejected. */
    REJECTED,
    /** Its access token is rejected. */
    EXPIRED,
    /** Its access token is rejected, and there is no other. */
    REVOKED;

    boolean hangs() {
      return this == LATE || this == HANGING;
    }

    /** Whether the simulator is as before once the call and its connection have ended. */
    boolean leavesNothingBehind() {
      return !hangs() && this != REVOKED;
    }
  }

  /** What to set on the simulator. */
  @SuppressWarnings("ImmutableEnumChecker") // it is immutable, and says so
  final Fault fault;

  /** What happens to every request but token exchanges besides; null for nothing. */
  @SuppressWarnings("ImmutableEnumChecker") // as above
  final @Nullable Fault always;

  final Kind kind;

  /** What a read throws that meets it at every attempt; null for nothing. */
  final Class<? extends TypeDBCloudException> exception;

  FaultCase(Fault fault, Kind kind, Class<? extends TypeDBCloudException> exception) {
    this(fault, kind, exception, null);
  }

  FaultCase(
      Fault fault,
      Kind kind,
      Class<? extends TypeDBCloudException> exception,
      @Nullable Fault always) {
    this.fault = fault;
    this.always = always;
    this.kind = kind;
    this.exception = exception;
  }

  /** Whether the service's requests for an operation can meet the fault. */
  boolean appliesTo(Operation operation) {
    boolean read = operation == Operation.GET || operation == Operation.LIST;
    boolean versions = operation == Operation.LIST_VERSIONS;
    boolean exchange = operation == Operation.EXCHANGE_TOKEN;
    return switch (this) {
      case EXPIRED_TOKEN -> !exchange;
      case UNKNOWN_STATUS -> !exchange && !versions;
      case STALE_READS -> read;
      case APPLIED_LATE_504, APPLIED_LATE_LOST -> !exchange && !versions && !read;
      default -> true;
    };
  }

  /** What a call throws whose token exchange meets it at every attempt. */
  Class<? extends TypeDBCloudException> exceptionOfExchange() {
    return switch (this) {
      case STATUS_400, STATUS_401, STATUS_403, REVOKED_TOKEN -> UnauthorizedException.class;
      case STATUS_404, STATUS_409 -> ApiException.class;
      default -> exception;
    };
  }

  private static Fault late() {
    return Fault.applyLate(Duration.ofSeconds(2));
  }

  private static Fault stale() {
    return Fault.staleReads(Duration.ofSeconds(3));
  }

  private static Fault date(Duration offset) {
    return Fault.dateOffset(offset);
  }

  /** As the reference shows errors. */
  private static Fault error(int status) {
    return error(status, Fault.respond(status));
  }

  private static Fault error(int status, Fault.Response response) {
    return response.body(
        "application/json", "{\"code\":\"FAULT_" + status + "\",\"message\":\"as set\"}");
  }

  /** A response as gateways send it. */
  private static Fault page(int status) {
    return page(status, Fault.respond(status));
  }

  private static Fault page(int status, Fault.Response response) {
    return response.body("text/html", "<html><h1>" + status + "</h1></html>");
  }
}
