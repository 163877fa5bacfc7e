package io.github.typedbcloud.retry;

import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.retry.FaultCase.Kind;
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
      case PROCESSED -> write ? success(true, turn) : success(false, turn + 1);
      // The whole time of a read is gone; a write has some left to find out.
      case HANGING -> write ? success(true, turn) : failure(cell, turn);
      case LATE -> write ? new FaultExpectation(null, true, turn, turn + 1) : failure(cell, turn);
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
      case PROCESSED -> write ? success(true, 1) : failure(cell, ALL);
      case HANGING -> write ? success(true, 1) : failure(cell, 1);
      case LATE -> write ? new FaultExpectation(null, true, 1, 2) : failure(cell, 1);
      case REJECTED -> rejected(cell, 1);
      case REVOKED -> failure(cell, 1);
    };
  }

  /** Of a write: nothing can be read, so it is not sent again unless it is known to be undone. */
  private static FaultExpectation everywhere(FaultCell cell) {
    return switch (cell.fault().kind) {
      case UNPROCESSED -> new FaultExpectation(OutcomeUnknownException.class, false, 1, 1);
      case PROCESSED, HANGING, LATE ->
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
      case HARMLESS, UNPROCESSED, PROCESSED, THROTTLED -> true;
      case EXPIRED -> isHarmlessToExchange(fault);
      case REVOKED, REJECTED, HANGING, LATE -> false;
    };
  }

  private static boolean isHarmlessToExchange(FaultCase fault) {
    return fault.kind == Kind.HARMLESS || fault == FaultCase.EXPIRED_TOKEN;
  }

  private static FaultExpectation success(boolean write, int requests) {
    return new FaultExpectation(null, write, requests, requests);
  }

  private static FaultExpectation failure(FaultCell cell, int requests) {
    return new FaultExpectation(cell.fault().exception, false, requests, requests);
  }

  private static FaultExpectation rejected(FaultCell cell, int requests) {
    boolean absent = cell.fault() == FaultCase.STATUS_404 && cell.call().name().endsWith("_FIND");
    return absent ? success(false, requests) : failure(cell, requests);
  }
}
