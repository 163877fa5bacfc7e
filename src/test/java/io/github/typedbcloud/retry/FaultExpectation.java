package io.github.typedbcloud.retry;

import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.retry.FaultCase.Kind;
import io.github.typedbcloud.retry.FaultCell.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the client promises of one cell, worked out from what the fault does alone.
 *
 * @param exception the exact type that is thrown; null for success
 * @param done whether a write is done in the end, once however often it was sent
 * @param requests how many requests for the operation come, at least
 * @param mostRequests and at most
 */
record FaultExpectation(
    @Nullable Class<? extends TypeDBCloudException> exception,
    boolean done,
    int requests,
    int mostRequests) {

  /** The attempts that a call has. */
  private static final int ALL = 4;

  static FaultExpectation of(FaultCell cell) {
    boolean write = !cell.call().isRead();
    return switch (cell.place()) {
      case NEXT -> next(cell, write, 1);
      case SECOND -> next(cell, write, 2);
      case ALWAYS -> always(cell, write);
      case EVERYWHERE -> write ? everywhere(cell) : always(cell, false);
      case EXCHANGE_NEXT -> onExchange(cell, write, isFixedByRetry(cell.fault()));
      case EXCHANGE_ALWAYS -> onExchange(cell, write, isHarmlessToExchange(cell.fault()));
    };
  }

  /** The fault happens to one request, before which there were others that were lost. */
  private static FaultExpectation next(FaultCell cell, boolean write, int turn) {
    Kind kind = cell.fault().kind;
    return switch (kind) {
      case HARMLESS -> success(write, turn);
      // Sent again, after a write was read.
      case UNPROCESSED, THROTTLED, EXPIRED -> success(write, turn + 1);
      // Read and found.
      case PROCESSED -> write ? found(cell, turn) : success(false, turn + 1);
      // Not found, sent again, and found.
      case NOT_VISIBLE -> success(write, turn + 1);
      case APPLIED_LATE -> success(write, write ? turn + 1 : turn);
      // One attempt times out; a read is sent again, and a write is found when it is read.
      case HANGING -> write ? success(true, turn) : success(false, turn + 1);
      case LATE -> new FaultExpectation(null, write, write ? turn : turn + 1, turn + 1);
      // A rejection may be caused by the first request.
      case REJECTED, REVOKED ->
          write && turn > 1
              ? new FaultExpectation(OutcomeUnknownException.class, false, turn, turn)
              : rejected(cell, turn);
    };
  }

  private static FaultExpectation always(FaultCell cell, boolean write) {
    Kind kind = cell.fault().kind;
    return switch (kind) {
      case HARMLESS -> success(write, 1);
      // It may be applied late, for all that the client can see.
      case UNPROCESSED ->
          write
              ? new FaultExpectation(OutcomeUnknownException.class, false, ALL, ALL)
              : failure(cell, ALL);
      case THROTTLED -> failure(cell, ALL);
      case EXPIRED -> failure(cell, 2);
      case PROCESSED -> write ? found(cell, 1) : failure(cell, ALL);
      case NOT_VISIBLE -> write ? new FaultExpectation(null, true, 2, ALL) : failure(cell, ALL);
      case APPLIED_LATE -> write ? new FaultExpectation(null, true, 2, ALL) : success(false, 1);
      case HANGING -> write ? success(true, 1) : timedOut(cell);
      case LATE -> write ? new FaultExpectation(null, true, 1, 2) : timedOut(cell);
      case REJECTED -> rejected(cell, 1);
      case REVOKED -> failure(cell, 1);
    };
  }

  /** Of a write: nothing can be read, so it is not sent again unless it is known to be undone. */
  private static FaultExpectation everywhere(FaultCell cell) {
    return switch (cell.fault().kind) {
      case UNPROCESSED -> new FaultExpectation(OutcomeUnknownException.class, false, 1, 1);
      case PROCESSED, NOT_VISIBLE, HANGING, LATE ->
          new FaultExpectation(OutcomeUnknownException.class, true, 1, 1);
      default -> always(cell, true);
    };
  }

  private static FaultExpectation onExchange(FaultCell cell, boolean write, boolean passes) {
    return passes
        ? success(write, 1)
        : new FaultExpectation(cell.fault().exceptionOfExchange(), false, 0, 0);
  }

  /** Whether another exchange mends it. */
  private static boolean isFixedByRetry(FaultCase fault) {
    return switch (fault.kind) {
      case HARMLESS, UNPROCESSED, PROCESSED, NOT_VISIBLE, APPLIED_LATE, THROTTLED -> true;
      case EXPIRED -> isHarmlessToExchange(fault);
      case HANGING, LATE -> true;
      case REVOKED, REJECTED -> false;
    };
  }

  private static boolean isHarmlessToExchange(FaultCase fault) {
    return fault.kind == Kind.HARMLESS
        || fault.kind == Kind.APPLIED_LATE
        || fault == FaultCase.EXPIRED_TOKEN;
  }

  /** A write that is read after it was processed. */
  private static FaultExpectation found(FaultCell cell, int turn) {
    boolean creates = List.of("deploy", "clone").contains(cell.call().operation());
    boolean isToldApart =
        switch (cell.fault()) {
          // The new cluster looks older than the call, as somebody else's would.
          case DATE_AHEAD_LOST -> false;
          // Its age is not known: it is the call's if the read before this attempt did not show it.
          case DATE_BEHIND_LOST, DATE_MISSING_LOST -> turn > 1;
          default -> true;
        };
    return new FaultExpectation(
        creates && !isToldApart ? OutcomeUnknownException.class : null, true, turn, turn);
  }

  private static FaultExpectation success(boolean write, int requests) {
    return new FaultExpectation(null, write, requests, requests);
  }

  private static FaultExpectation failure(FaultCell cell, int requests) {
    return new FaultExpectation(cell.fault().exception, false, requests, requests);
  }

  /** Each attempt has a third of the deadline, less the pauses. */
  private static FaultExpectation timedOut(FaultCell cell) {
    return new FaultExpectation(cell.fault().exception, false, 2, 3);
  }

  private static FaultExpectation rejected(FaultCell cell, int requests) {
    // The scope is read too, and exists.
    return isAbsent(cell) && cell.place() != Place.EVERYWHERE
        ? success(false, requests)
        : failure(cell, requests);
  }

  /** How many other requests than its own a read makes. */
  static int otherRequestsOfRead(FaultCell cell) {
    boolean isSent = cell.place() != Place.EXCHANGE_NEXT && cell.place() != Place.EXCHANGE_ALWAYS;
    return isSent && isAbsent(cell) ? 1 : 0;
  }

  /** Whether the service says that the cluster to be found does not exist. */
  private static boolean isAbsent(FaultCell cell) {
    return cell.fault() == FaultCase.STATUS_404 && cell.call().name().endsWith("_FIND");
  }
}
